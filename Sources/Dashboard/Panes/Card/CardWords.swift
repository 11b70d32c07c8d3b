import Marketplace
import Rows
import Screen

/// The blocks of the card in words, for a width.
struct CardWords {
    typealias Runs = CardBlock.Runs

    private let card: CustomerCard
    private let isAccountRead: Bool
    private let width: Int
    private let model: Model

    /// A width for reading aloud: nothing is cut or shortened.
    static let spoken = 10_000

    init(_ card: CustomerCard, isAccountRead: Bool, width: Int, _ model: Model) {
        (self.card, self.isAccountRead, self.width, self.model) = (card, isAccountRead, width, model)
    }

    private var isSpoken: Bool { width == Self.spoken }
    private func length(_ text: String) -> Int { TerminalText.width(of: text) }

    /// Text that ends at the right edge.
    private func right(_ text: String, _ style: Style) -> (x: Int, text: String, style: Style) {
        (max(1, width - 1 - length(text)), text, style)
    }

    // MARK: Who it is

    var name: CardBlock {
        let account = card.account
        let standing = card.standing
        let style = Style(account.status == .active ? .plain : .bad, strong: true)
        let title = "\(account.title)"
        let id = account.name.isEmpty ? "" : account.id.rawValue
        let free = width - 1 - length(standing) - 3 - length(id) - 2
        if length(title) <= free || isSpoken {
            let end = 1 + length(title) + 2
            return CardBlock(
                .name,
                head: [[(1, title, .strong), (end, id, .plain), right(standing, style)].filter { !$0.1.isEmpty }])
        }
        let cut = TerminalText.cut(title, to: max(10, width - 4 - length(id)))
        return CardBlock(
            .name,
            head: [[(1, cut, .strong), (1 + length(cut) + 2, id, .plain)], [(3, standing, style)]])
    }

    /// Who sells to it, its tax number, address and external id.
    var facts: CardBlock {
        let account = card.account
        var facts: [(label: String, value: String)] = []
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append((label, value)) }
        }
        if let vendor = account.vendorAccount { add("sold by", model.name(of: vendor)) }
        add("tax number", account.taxRegistration)
        add("address", account.address?.lines.joined(separator: ", "))
        add("your id", account.externalID)
        if isSpoken {
            return CardBlock(.facts, heights: facts.map { _ in 1 }) {
                [[(1, "\(facts[$0].label): \(facts[$0].value)", .plain)]]
            }
        }
        var rows: [Runs] = []
        let middle = width * 57 / 100
        var place = 0
        while place < facts.count {
            let (label, value) = facts[place]
            var runs: Runs = [(3, label, .faint), (15, value, .plain)]
            if width >= 70, place + 1 < facts.count, 15 + length(value) + 2 <= middle {
                let next = facts[place + 1]
                if middle + 12 + length(next.value) < width {
                    runs += [(middle, next.label, .faint), (middle + 12, next.value, .plain)]
                    place += 1
                }
            }
            rows.append(runs)
            place += 1
        }
        return CardBlock(.facts, heights: rows.map { _ in 1 }) { [rows[$0]] }
    }

    // MARK: Whom to call

    var contacts: CardBlock {
        let people = card.contacts
        guard !people.isEmpty else {
            return CardBlock(.contacts, "CALL", right: isAccountRead ? "no contact reported" : "being read")
        }
        func widest(_ text: (ContactPerson) -> String) -> Int { people.map { length(text($0.person)) }.max() ?? 0 }
        let nameWidth = min(widest(\.name), max(16, width - 50))
        let roleAt = 3 + nameWidth + 2
        let phoneAt = roleAt + widest(\.role.shortWord) + 2
        let emailAt = phoneAt + widest(\.phoneNumber.description) + 2
        let isOneLine = emailAt + widest(\.email) < width || isSpoken
        // A number is never cut: it takes the place of the role.
        let isTooNarrow = emailAt - 2 >= width
        return CardBlock(
            .contacts, "CALL",
            rows: people.map { contact in
                let person = contact.person
                let phone = person.phoneNumber.description
                let first: Runs = [
                    (3, TerminalText.cut(person.name, to: nameWidth), .plain), (roleAt, person.role.shortWord, .plain),
                    (phoneAt, phone.isEmpty ? "no telephone" : phone, phone.isEmpty ? .faint : .strong),
                ]
                if !isOneLine, isTooNarrow {
                    return (
                        .contact(contact.place),
                        [
                            [first[0], (roleAt, phone.isEmpty ? "no telephone" : phone, first[2].2)],
                            [(5, "\(person.role.shortWord)  \(person.email)", .plain)],
                        ]
                    )
                }
                let email: Runs = person.email.isEmpty ? [] : [(isOneLine ? emailAt : roleAt, person.email, .plain)]
                return (.contact(contact.place), isOneLine || email.isEmpty ? [first + email] : [first, email])
            })
    }

    // MARK: What it holds

    var holdings: CardBlock {
        guard let holdings = card.holdings else { return CardBlock(.holdings, "HOLDS", right: "being read") }
        var head: [Runs] = []
        let sums = card.sums.map(\.words)
        var right = sums.count == 1 ? sums[0] : ""
        // The heading must keep space for which rows are shown.
        if length(right) > width - 14 - (holdings.count > 12 ? 16 : 0), !isSpoken { right = "" }
        if right.isEmpty {
            head += sums.flatMap { TerminalText.wrap($0, width: max(20, width - 4)) }.map { [(3, $0, .plain)] }
        }
        if let lack = card.lackWords { head.append([(3, lack.capitalised, .warning)]) }
        if card.money.withoutRate > 0 {
            head.append([(3, "\(grouped(card.money.withoutRate)) without a price by the month", .faint)])
        }
        if card.ended > 0 { head.append([(3, "\(counted(card.ended, "subscription")) ended", .faint)]) }
        return CardBlock(
            .holdings, "HOLDS \(grouped(holdings.count))", right: right, head: head,
            lines: holdings.map { .holding($0.id) }, heights: holdings.map { _ in 1 }
        ) { [row(of: holdings[$0])] }
    }

    /// `ON HOLD  2  Zenix Zone Firewall 100  82.00  since …`.
    private func row(of holding: CustomerCard.Holding) -> Runs {
        let style = tone(of: holding)
        let title = holding.subscription.title
        let rate = holding.detail == nil ? "…" : holding.rate.map { card.sums.count > 1 ? "\($0)" : $0.bare } ?? ""
        if isSpoken {
            let units = holding.units.map { counted($0, "unit") } ?? ""
            return [
                (1, holding.word, style), (2, units, .plain), (3, title, .plain),
                (4, holding.rate.map { "\($0) a month" } ?? "", .plain), (5, holding.why, .plain),
            ].filter { !$0.1.isEmpty }
        }
        let isNarrow = width < 80
        let why = isNarrow ? holding.shortWhy : holding.why
        let whyWidth = isNarrow ? 19 : 27
        let rateWidth = (card.sums.map { length($0.total.bare) }.max() ?? 4) + (card.sums.count > 1 ? 4 : 0)
        let whyAt = width - 1 - whyWidth
        let rateAt = whyAt - 2 - rateWidth
        let units = holding.detail == nil ? "…" : holding.unitsWords
        return [
            (3, holding.word, style), (16 - length(units), units, .strong),
            (18, TerminalText.cutKeepingLastWord(title, to: max(4, rateAt - 19)), .plain),
            (rateAt + rateWidth - length(rate), rate, .plain), (whyAt, TerminalText.cut(why, to: whyWidth), .plain),
        ]
    }

    private func tone(of holding: CustomerCard.Holding) -> Style {
        switch holding.state {
        case .onHold: .bad
        case .pending, .ending: .warning
        case .turning, .renewing, .lasting, .other: .plain
        }
    }

    // MARK: Orders

    var orders: CardBlock {
        guard let orders = card.orders, let open = card.openOrders, let failed = card.failedOrders else {
            return CardBlock(.orders, "ORDERS", right: "being read")
        }
        let counts = "\(grouped(open)) open, \(grouped(failed)) failed"
        return CardBlock(
            .orders, width < 70 ? "ORDERS" : "ORDERS  \(counts)", right: width < 70 ? counts : "",
            rows: orders.map { (.order($0.id), lines(of: $0)) })
    }

    private func lines(of order: Order) -> [Runs] {
        let age = order.created.map { spokenAge(of: $0) } ?? ""
        let held = order.subscription.flatMap { id in card.holdings?.first { $0.id == id }?.subscription.title }
        let product = [order.unitsWords ?? "", order.productName ?? held ?? ""].filter { !$0.isEmpty }
            .joined(separator: " ")
        let status = order.status == .error ? "ERROR" : order.status.word
        let style: Style = order.status == .error ? .bad : .plain
        let total = order.total.map(\.description) ?? ""
        if isSpoken {
            let say = order.sayable.map { "say: \($0)" } ?? ""
            let parts = [order.label, status, order.reason ?? "", product, total, age, say]
            return [parts.filter { !$0.isEmpty }.enumerated().map { ($0.offset + 1, $0.element, .plain) }]
        }
        var lines: [Runs] = []
        if width < 70 {
            lines.append([(3, order.label, .strong), (13, status, style), right(age, .plain)])
            let what = [product, total].filter { !$0.isEmpty }.joined(separator: ", ")
            if !what.isEmpty { lines.append([(3, TerminalText.cut(what, to: width - 4), .plain)]) }
            if let reason = order.reason { lines.append([(3, "why", .faint), (8, reason, .plain)]) }
        } else {
            let state = [status, order.reason ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
            let what = [product, age].filter { !$0.isEmpty }.joined(separator: ", ")
            lines.append([
                (3, order.label, .strong),
                (13, TerminalText.cut(what, to: max(10, width - 16 - length(state))), .plain), right(state, style),
            ])
        }
        if let sayable = order.sayable {
            let at = width < 70 ? 8 : 18
            for (number, part) in TerminalText.wrap(sayable, width: max(20, width - at - 1)).enumerated() {
                lines.append((number == 0 ? [(at - 5, "SAY", .title)] : []) + [(at, part, .strong)])
            }
        }
        return lines
    }

    private func spokenAge(of moment: Instant) -> String {
        briefDuration(seconds: model.marketplaceNow.seconds(since: moment)) + (isSpoken ? " old" : "")
    }

    // MARK: What comes, and what was done

    var next: CardBlock {
        let next = card.next
        guard !next.isEmpty else { return CardBlock(.next) }
        return CardBlock(.next, "NEXT", lines: next.map { .next($0.id) }, heights: next.map { _ in 1 }) { place in
            let holding = next[place]
            let verb = holding.renews ? "renews" : "ends"
            let free = width - 17 - length(verb) - 2
            return [
                [
                    (3, holding.next?.spoken ?? "", .plain),
                    (16, TerminalText.cutKeepingLastWord(holding.subscription.title, to: max(4, free)), .plain),
                    right(verb, holding.renews ? .plain : .warning),
                ]
            ]
        }
    }

    var writes: CardBlock {
        let writes = Array(card.writes.prefix(Self.mostWrites))
        guard !writes.isEmpty else { return CardBlock(.writes) }
        return CardBlock(
            .writes, "FROM HERE", lines: writes.map { .write($0.id) }, heights: writes.map { _ in 1 }
        ) { place in
            let write = LatestWrite(writes[place], model)
            let what = [write.number, write.change, write.what].filter { !$0.isEmpty }.joined(separator: "  ")
            return [
                [
                    (3, write.time, .faint),
                    (11, TerminalText.cut(what, to: max(4, width - 14 - length(write.outcome))), .plain),
                    right(write.outcome, write.style),
                ]
            ]
        }
    }

    /// Older writes stand in the journal.
    private static let mostWrites = 5
}

extension CustomerCard.Holding {
    /// `28`, `27+` with more products; empty where none was reported.
    var unitsWords: String {
        guard let detail else { return "" }
        if let units { return grouped(units) }
        return detail.products.count > 1 ? (detail.products.first?.quantity.map { "\(grouped($0))+" } ?? "") : ""
    }

    /// When or why, where there is little space: its word says the rest.
    var shortWhy: String {
        switch state {
        case .ending, .turning, .renewing: day?.spoken ?? ""
        case .onHold: subscription.modified.map { "changed \($0.spoken)" } ?? ""
        case .pending, .lasting, .other: why
        }
    }
}
