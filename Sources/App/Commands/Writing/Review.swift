import FoundationEssentials
import Marketplace
import MarketplaceClient

/// What a review shows, for people and for scripts.
struct Review: Sendable {
    var run: DryRun
    /// The customer or account; nil where it is still to come, or its name was not read.
    var customer: Account?
    /// What is not as it was when it was seen last.
    var differences: [String]
    /// Nil where it cannot be sent by an intent.
    var intent: StoredIntent?
    var command: WriteCommand
    var session: WriteSession

    /// The command that sends it, as an array of arguments.
    var next: [String] {
        guard let intent else { return [] }
        return ["souk"] + command.path + session.marketplaceWords + ["--intent", intent.id, "--yes"]
    }

    /// The names of the warnings that want an `--accept` each.
    var accepts: [String] {
        run.checks.filter { $0.verdict == .warning }.compactMap(\.name?.rawValue)
            .reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }

    var changes: [String] { run.intent.changes(since: run) }
}

/// The review as lines for people.
enum ReviewText {
    private static let indent = 12

    static func lines(_ review: Review) -> [String] {
        var lines: [String] = []
        func add(_ label: String, _ text: String) {
            let label = label + String(repeating: " ", count: max(1, indent - label.count))
            lines.append((label + text).plainLine)
        }
        let run = review.run
        add("REVIEW", "\(title(run.intent)); nothing is sent")
        add("as", review.session.place)
        for sentence in review.differences { add("changed", sentence) }
        if let customer = review.customer {
            add("for", "\(customer.title) \(customer.id), \(customer.status.word)")
        } else if let id = run.intent.customer {
            add("for", "customer \(id)")
        }
        for (place, text) in what(review).enumerated() { add(place == 0 ? "what" : "", text) }
        for line in run.priceAnswer?.lines ?? [] { add(line.label, line.text) }
        if let costs = costs(run) { add("costs", "\(costs) (asked \(run.at.utcTime) UTC)") }
        if let words = run.intent.commitment(since: run) { add("commits to", words) }
        if let words = run.intent.meaning { add("means", words) }
        add("undo", run.intent.undo(since: run))
        if let number = run.intent.poNumber, case .place = run.intent { add("PO number", number) }
        for check in run.checks where check.verdict != .passed {
            let name = check.name.map { " [--accept \($0.rawValue)]" } ?? ""
            switch check.verdict {
            case .refused: add("refused", check.text)
            case .warning: add("warning", check.text + name)
            case .note, .passed: add("note", check.text)
            }
        }
        let passed = run.checks.filter { $0.verdict == .passed }.map(\.text)
        if !passed.isEmpty { add("ok", passed.joined(separator: "; ")) }
        return lines
    }

    private static func title(_ intent: WriteIntent) -> String {
        switch intent {
        case .place(.sales): "new order"
        default: intent.name
        }
    }

    private static func what(_ review: Review) -> [String] {
        let run = review.run
        if case .place(.sales(let order)) = run.intent {
            var lines: [String] = []
            for line in order.lines {
                lines.append("\(line.quantity) x \(line.product.title)")
                lines.append(exact(line.product))
                lines += line.parameters.map { "\($0.name) \($0.isSecret ? "given, not shown" : $0.value)" }
            }
            return lines
        }
        if let lines = accountLines(run) { return lines }
        var lines = review.changes
        for product in run.subscription?.products ?? [] {
            let maker = product.vendor.isEmpty ? "" : " by \(product.vendor)"
            lines.append("\(product.title), \(product.mpn)\(maker)")
        }
        if let row = run.subscription?.subscription {
            let term = [
                row.subscriptionPeriod?.spoken, row.billingPeriod.map { "billed \($0.rhythm)" },
                row.autoRenews.map { "auto-renew \($0 ? "on" : "off")" },
            ].compactMap(\.self)
            let dates = row.namedDates.compactMap { name, date in
                date.flatMap { $0.standsForNone ? nil : "\(name.lowercased()) \($0.spoken)" }
            }
            lines.append((["subscription \(row.id)", row.status.word] + term + dates).joined(separator: ", "))
        }
        if let order = run.intent.order {
            let order = run.order ?? order
            let total = order.total.map { ", \($0)" } ?? ""
            lines.append("order \(order.number.isEmpty ? order.id.rawValue : order.number), \(order.kind.word)\(total)")
        }
        return lines
    }

    /// Everything that an account would be made with, or every contact person of the list that is sent; nil where the changes
    /// say all.
    private static func accountLines(_ run: DryRun) -> [String]? {
        switch run.intent {
        case .create(let draft):
            var lines = ["name \(draft.name)", "address \(draft.address.lines.joined(separator: ", "))"]
            if case .customerOf(let reseller) = draft.kind { lines.append("of reseller \(reseller)") }
            if case .reseller(let currency) = draft.kind { lines.append("sells in \(currency)") }
            lines += draft.contacts.map(words)
            lines.append("language \(draft.language)")
            if let id = draft.externalID { lines.append("external id \(id)") }
            if let tax = draft.taxRegistration { lines.append("tax number \(tax)") }
            return lines
        case .edit(let account, let changes):
            guard let contacts = changes.contacts else { return nil }
            let present = (run.account ?? account).contacts
            return ContactsDifference(from: present, to: contacts).lines.map { line in
                switch line {
                case .kept(let person): "\(words(NewContact(person), isNew: false)); kept"
                case .added(let contact): "\(words(contact)); added"
                case .removed(let person): "\(words(NewContact(person), isNew: false)); removed"
                case .changed(let before, let after):
                    "\(words(NewContact(before), isNew: false)) → \(words(after, isNew: false))"
                }
            }
        case .place, .withdraw, .creditCheck, .change, .schedule: return nil
        }
    }

    /// A contact person, and how a new administrator will log in; never the password itself.
    private static func words(_ contact: NewContact) -> String { words(contact, isNew: true) }

    private static func words(_ contact: NewContact, isNew: Bool) -> String {
        let person = contact.person
        let parts = [
            "\(person.role.word) \(person.name)", person.email, person.phoneNumber.description,
            contact.login.map { "login \($0)" }
                ?? (isNew && person.role == .administrator ? "a login made by the marketplace" : ""),
            contact.password == nil ? "" : "with the password that was given",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// `AUR-365-BP by aurora, 1 year, billed monthly, catalogue id CAT-000002`.
    static func exact(_ product: Product) -> String {
        let parts = [
            "\(product.mpn) by \(product.vendor)", product.subscriptionPeriod?.spoken ?? "term not reported",
            product.billingPeriod.map { "billed \($0.rhythm)" },
            product.hasCatalogueID ? "catalogue id \(product.id)" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    private static func costs(_ run: DryRun) -> String? {
        guard case .place(let order) = run.intent, let estimate = run.estimate else { return nil }
        guard let total = estimate.total else { return "the marketplace gave no price" }
        if case .sales(let sale) = order {
            let rhythms = Set(sale.lines.map { $0.product.billingPeriod?.rhythm ?? "" })
            if rhythms.count == 1, let rhythm = rhythms.first, !rhythm.isEmpty { return "\(total), billed \(rhythm)" }
            return "\(total)"
        }
        return "\(total) for this \(order.kind == .change ? "change" : "order")"
    }
}

extension WriteIntent {
    /// The order that it acts on, as it was read.
    fileprivate var order: Order? {
        switch self {
        case .withdraw(let order), .creditCheck(_, let order): order
        case .place, .change, .create, .edit, .schedule: nil
        }
    }
}
