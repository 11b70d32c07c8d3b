import Marketplace
import Rows
import Screen

/// What the page says and shows.
extension CostPage {
    // MARK: Words

    /// What is charged at once: the estimate, or why there is none.
    func atOnce(_ simulation: CostSimulation) -> (text: String, style: Style) {
        guard let draft = draft(simulation) else {
            if customer == nil { return ("no customer", .faint) }
            return (simulation.refusal == nil ? "no change" : "not sold", .faint)
        }
        return atOnce(draft)
    }

    /// The same of a switch.
    func atOnce(_ way: Way) -> (text: String, style: Style) { draft(way).map { atOnce($0) } ?? ("-", .faint) }

    private func atOnce(_ draft: OrderDraft) -> (text: String, style: Style) {
        switch estimates[draft] {
        case .success(let estimate): return (estimate.total?.description ?? "not reported", .strong)
        case .failure: return ("refused", .warning)
        case nil: return ("…", .faint)
        }
    }

    /// What there is to say of the offer on the cursor.
    private func notes(_ simulation: CostSimulation) -> [(text: String, style: Style)] {
        var notes: [(String, Style)] = []
        if let refusal = simulation.refusal { notes.append((refusal, .warning)) }
        if simulation.isHeld {
            notes.append(("The subscription holds this offer: its own prices, and Enter changes its units.", .plain))
        }
        if simulation.price == nil {
            let why =
                simulation.hasTiers
                ? "The price depends on the number of units: the estimate says it." : "No recurring price is reported."
            notes.append((why, .faint))
        }
        if !simulation.setup.isEmpty {
            notes.append(
                ("Charged once beside it: \(simulation.setup.map(\.description).joined(separator: ", ")).", .plain))
        }
        if let draft = draft(simulation), case .failure(let error)? = estimates[draft] {
            notes.append((error.message, .warning))
        }
        if customer == nil {
            notes.append(
                ("At once: choose a customer first, in the accounts; the marketplace estimates for one.", .faint))
        }
        return notes
    }

    private func notes(_ way: Way) -> [(text: String, style: Style)] {
        let units = detail?.quantity.map { "the \(counted($0, "unit")) held" } ?? "what is held"
        var notes: [(String, Style)] = [
            (
                "A switch to \(way.name), \(way.period.spoken), keeps \(units): \(way.target.effective.word), "
                    + "\(way.target.charging.word). Enter leads to its form.", .plain
            )
        ]
        guard let draft = draft(way) else { return notes }
        switch estimates[draft] {
        case .failure(let error): notes.append((error.message, .warning))
        case .success where way.simulation == nil:
            notes.append(("Its estimate names no offer of this MPN: a month of it is not known.", .faint))
        default: break
        }
        return notes
    }

    private func notes(_ row: Row) -> [(text: String, style: Style)] {
        switch row {
        case .offer(let offer): notes(offer)
        case .way(let way): notes(way)
        }
    }

    /// Why switches are missing that there may be; nil where none are.
    private var planNote: String? {
        guard let plan = detail?.plan, plans[plan]?.value == nil else { return nil }
        return plans[plan]?.failure?.message ?? "The plans it can be switched to are being read."
    }

    private static let explanation =
        "A month and the term are by the prices of the offers; at once is what the marketplace estimates. Nothing is ordered."

    private func customerWords(_ model: Model) -> String {
        customer.map { "for \(model.fullName(of: $0))" } ?? "for no customer yet"
    }

    private var emptiness: String {
        if let failure = offers.failure, offers.value == nil { return failure.message }
        return offers.value == nil ? "Reading the offers…" : "The catalogue has no offer with MPN \(mpn)."
    }

    // MARK: Drawing

    func draw(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        canvas.fill(rect)
        var head = Page(width: rect.width)
        head.heading("COST  \(title)  \(mpn)", right: "nothing is ordered")
        head.draw(on: &canvas, in: rect)
        let y = rect.y + 1
        canvas.write("units", x: rect.x + 3, y: y, style: .faint)
        field.draw(on: &canvas, x: rect.x + 9, y: y, width: 9, style: Style(.plain, underlined: true), focused: true)
        canvas.write(customerWords(model), x: rect.x + 20, y: y, width: rect.width - 21, style: .faint)
        let rows = rows
        let notesHeight = min(8, max(0, rect.height - 6))
        let list = Rect(x: rect.x, y: rect.y + 3, width: rect.width, height: max(0, rect.height - 3 - notesHeight))
        var foot = Page(width: rect.width)
        if rows.isEmpty {
            foot.paragraph(emptiness, style: .faint)
        } else {
            let offers = rows.map { OfferRow($0, self) }
            Self.table.draw(on: &canvas, in: list, count: rows.count, cursor: cursor, focused: true) { offers[$0] }
            for note in selected.map({ notes($0) }) ?? [] { foot.paragraph(note.text, style: note.style) }
            if let planNote { foot.paragraph(planNote, style: .faint) }
        }
        foot.paragraph(Self.explanation, style: .faint)
        foot.draw(
            on: &canvas, in: Rect(x: rect.x, y: rect.maxY - notesHeight, width: rect.width, height: notesHeight))
    }

    /// An offer or a switch as its row shows it.
    private struct OfferRow: Sendable {
        var vendor: String
        var term: String
        var mark: String
        var title: String
        /// Nil where no prices are known.
        var simulation: CostSimulation?
        var atOnce: String
        var style: Style

        init(_ row: Row, _ page: CostPage) {
            switch row {
            case .offer(let offer):
                let product = offer.product
                (vendor, title, simulation) = (product.vendor, product.title, offer)
                term = termAndBilling(term: product.subscriptionPeriod, billing: product.billingPeriod)
                mark = offer.isHeld ? "held" : ""
                (atOnce, style) = page.atOnce(offer)
            case .way(let way):
                vendor = page.detail?.products.first?.vendor ?? ""
                (title, mark, simulation) = (way.name, "switch", way.simulation)
                let billing = way.simulation?.product.billingPeriod ?? way.plan?.billingPeriod
                term = termAndBilling(term: way.period, billing: billing)
                (atOnce, style) = page.atOnce(way)
            }
        }
    }

    private static var table: Table<OfferRow> {
        typealias Column = Table<OfferRow>.Column
        @Sendable func money(_ money: Money?) -> (String, Style) {
            money.map { ($0.description, .plain) } ?? ("-", .faint)
        }
        let offer: [Column] = [
            Column("VENDOR", .name(6, 18), .first(1)) { ($0.vendor, .plain) },
            Column("TERM", .whole(5), .first(2)) { ($0.term, .plain) },
            Column("", .whole(6), .first(3)) { ($0.mark, .accent) },
        ]
        let amounts: [Column] = [
            Column("A MONTH", .whole(15), .first(4), alignment: .right) { money($0.simulation?.rate) },
            Column("OVER THE TERM", .whole(16), .first(5), alignment: .right) { money($0.simulation?.overTerm) },
            Column("AT ONCE", .whole(15), .first(6), alignment: .right) { ($0.atOnce, $0.style) },
            Column("COST/MO", .whole(15), .then(1), alignment: .right) { money($0.simulation?.monthlyCost) },
        ]
        let margins: [Column] = [
            Column("MARGIN/MO", .whole(15), .then(2), alignment: .right) { row in
                guard let margin = row.simulation?.margin else { return ("-", .faint) }
                return (margin.amount.description, margin.style)
            },
            Column("MARGIN", .whole(7), .then(3), alignment: .right) { row in
                guard let margin = row.simulation?.margin, let share = margin.share else { return ("-", .faint) }
                return (share, margin.style)
            },
            Column("PRODUCT", .product(20, 60), .then(4)) { ($0.title, .faint) },
        ]
        return Table(offer + amounts + margins)
    }

    // MARK: Linear mode

    func spoken(_ model: Model) -> [Sentence] {
        var sentences = [
            Sentence(.place, "Cost of \(title), \(mpn). Nothing is ordered."),
            Sentence(.extent, "\(field.text) units, \(customerWords(model))."),
        ]
        let rows = rows
        guard let place = rows.firstIndex(where: { $0.id == cursor.selected }) else {
            return sentences + [Sentence(.page, emptiness)]
        }
        let row = rows[place]
        var (parts, simulation): ([String], CostSimulation?)
        switch row {
        case .offer(let offer):
            let product = offer.product
            (parts, simulation) = ([product.vendor], offer)
            if let term = product.subscriptionPeriod { parts.append("term \(term.spoken)") }
            if let billing = product.billingPeriod { parts.append("billed \(billing.rhythm)") }
            if offer.isHeld { parts.append("held") }
        case .way(let way):
            (parts, simulation) = (["switch to \(way.name)", "term \(way.period.spoken)"], way.simulation)
        }
        parts.append(simulation?.rate.map { "\($0) a month" } ?? "a month not reported")
        if let term = simulation?.overTerm { parts.append("\(term) over the term") }
        parts.append("at once \(OfferRow(row, self).atOnce)")
        let words = parts.filter { !$0.isEmpty }.joined(separator: ", ")
        sentences.append(Sentence(.selected, "\(place + 1) of \(rows.count), selected: \(words)."))
        sentences.append(Sentence(.page, notes(row).map(\.text) + [Self.explanation]))
        return sentences
    }

    static let keys = [
        KeyHelp("digits", "the number of units", "units"), KeyHelp("Up Down", "up and down", "move"),
        KeyHelp("Enter", "to the form, with these values", "form"), KeyHelp("Esc", "close", "close"),
    ]
}
