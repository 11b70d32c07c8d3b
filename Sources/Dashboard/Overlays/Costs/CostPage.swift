import Marketplace
import Rows
import Screen

/// What a number of units is asked the price of: a product, or what a subscription holds.
enum CostSubject: Equatable {
    case product(Product)
    case subscription(SubscriptionDetail)
}

/// What n units would cost, side by side for all offers with one MPN: a month and over the term by their prices, and at
/// once by an estimate. It asks questions only: nothing is written, and no form is begun before Enter.
struct CostPage {
    let subject: CostSubject
    /// Whose price it is; nil while no customer is in view.
    let customer: Account.ID?
    private(set) var field: TextField
    /// Whether nothing was typed: the first digit takes the place of the units that stand there.
    private var isFirst = true
    private(set) var offers = Snapshot<[Product]>()
    private(set) var cursor = ListCursor<Product.ID>()
    /// What was answered, by what was asked.
    private(set) var estimates: [OrderDraft: Result<Estimate, MarketplaceError>] = [:]
    /// What is being asked: one estimate at a time.
    private(set) var asked: OrderDraft?

    /// Estimates that are asked for at most, the offer on the cursor first.
    private static let mostAsked = 8
    private static let mostDigits = 6

    init(_ subject: CostSubject, _ model: Model) {
        self.subject = subject
        switch subject {
        case .product(let product):
            customer = model.customer
            let least = Int(product.minimumQuantity?.cut(fractionDigits: 0) ?? "1") ?? 1
            field = TextField(String(max(1, least)))
            cursor = ListCursor(selected: product.id)
        case .subscription(let detail):
            customer = detail.subscription.customer
            field = TextField(detail.products.first?.quantity.map(String.init) ?? "1")
        }
    }

    var mpn: String {
        switch subject {
        case .product(let product): product.mpn
        case .subscription(let detail): detail.products.first?.mpn ?? ""
        }
    }

    private var title: String {
        switch subject {
        case .product(let product): product.title
        case .subscription(let detail): detail.products.first?.title ?? detail.subscription.title
        }
    }

    var units: Int { Int(field.text) ?? 0 }

    // MARK: Offers

    /// The product as the subscription holds it, where this offer is the one it holds.
    private func held(_ product: Product) -> SubscriptionProduct? {
        guard case .subscription(let detail) = subject, let held = detail.products.first else { return nil }
        if let id = held.product { return id == product.id ? held : nil }
        let row = detail.subscription
        let isSame =
            held.vendor == product.vendor && row.subscriptionPeriod == product.subscriptionPeriod
            && row.billingPeriod == product.billingPeriod
        return isSame ? held : nil
    }

    /// What each offer would cost.
    var simulations: [CostSimulation] {
        (offers.value ?? []).map { CostSimulation($0, units: units, held: held($0)) }
    }

    private var selected: CostSimulation? { simulations.first { $0.id == cursor.selected } }

    private var products: ProductQuery { ProductQuery(mpn: mpn) }

    /// The order whose estimate says what an offer costs at once; nil where there is nothing to ask.
    func draft(_ simulation: CostSimulation) -> OrderDraft? {
        guard let customer, simulation.refusal == nil else { return nil }
        if let held = held(simulation.product), case .subscription(let detail) = subject {
            guard simulation.units != held.quantity else { return nil }
            return .change(ChangeOrder(of: detail, held, total: simulation.units, poNumber: "", waitsForRenewal: false))
        }
        let line = SalesOrder.Line(product: simulation.product, quantity: simulation.units, parameters: [])
        return .sales(SalesOrder(customer: customer, lines: [line], poNumber: ""))
    }

    // MARK: Events

    mutating func receive(_ event: Event) {
        switch event {
        case .products(let query, let latest) where query == products:
            let mpn = mpn
            offers = latest.map { $0.rows.filter { $0.mpn == mpn }.sorted(by: Product.precedes) }
            if cursor.selected == nil, let own = offers.value?.first(where: { held($0) != nil }) {
                cursor = ListCursor(selected: own.id)
            }
            cursor.settle(in: offers.value?.map(\.id) ?? [])
        case .estimated(let order, let result) where order == asked:
            estimates[order] = result
            asked = nil
        default: break
        }
    }

    /// The next estimate to ask for.
    mutating func nextQuestion() -> [Effect] {
        let simulations = simulations
        let first = simulations.filter { $0.id == cursor.selected } + simulations.filter { $0.id != cursor.selected }
        let drafts = first.prefix(Self.mostAsked).compactMap { draft($0) }
        if let asked, drafts.contains(asked) { return [] }
        asked = drafts.first { estimates[$0] == nil }
        return asked.map { [.estimate($0)] } ?? []
    }

    mutating func take(_ key: Key, _ model: Model, visible: Int) -> [Reaction] {
        switch key {
        case .escape, "q", "$": return [.close]
        case .enter: return open(model)
        case .character(let character) where character.isNumber && character.isASCII:
            if isFirst { field = TextField() }
            isFirst = false
            if field.characters.count < Self.mostDigits { _ = field.take(key) }
            return []
        case .backspace, .delete, .left, .right, .control("u"), .control("a"), .control("e"), .control("w"):
            isFirst = false
            _ = field.take(key)
            return []
        default: break
        }
        if let motion = ListCursor<Product.ID>.Motion(key) {
            cursor.move(motion, in: offers.value?.map(\.id) ?? [], visible: visible)
            return []
        }
        return [.say(Notice(.info, "\(key.name) does nothing here. Type the units; Enter orders, Esc closes."))]
    }

    /// To the form, with the values taken over. What the subscription holds is changed, all else is a new order.
    private func open(_ model: Model) -> [Reaction] {
        guard let selected else { return [.say(Notice(.info, "No offer is read yet."))] }
        if let refusal = selected.refusal { return [.say(Notice(.warning, refusal))] }
        if held(selected.product) != nil, case .subscription(let detail) = subject {
            let act = model.refusal(of: .units, on: detail.subscription)
            if let reason = model.readOnlyRefusal ?? act { return [.say(Notice(.warning, reason))] }
            let id = detail.subscription.id.rawValue
            return [.close, .open(.form(.units, ["subscription": id, "units": String(units)]))]
        }
        if let reason = model.readOnlyRefusal { return [.say(Notice(.warning, reason))] }
        return [
            .close, .open(.form(.order, OrderForm.fields(of: selected.product, units: units, customer: customer))),
        ]
    }
}

extension CostPage {
    // MARK: Words

    /// What is charged at once: the estimate, or why there is none.
    func atOnce(_ simulation: CostSimulation) -> (text: String, style: Style) {
        guard let draft = draft(simulation) else {
            if customer == nil { return ("no customer", .faint) }
            return (simulation.refusal == nil ? "no change" : "not sold", .faint)
        }
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
        let rows = simulations
        let notesHeight = min(8, max(0, rect.height - 6))
        let list = Rect(x: rect.x, y: rect.y + 3, width: rect.width, height: max(0, rect.height - 3 - notesHeight))
        var foot = Page(width: rect.width)
        if rows.isEmpty {
            foot.paragraph(emptiness, style: .faint)
        } else {
            let offers = rows.map { row in
                let (text, style) = atOnce(row)
                return OfferRow(simulation: row, atOnce: text, style: style)
            }
            Self.table.draw(on: &canvas, in: list, count: rows.count, cursor: cursor, focused: true) { offers[$0] }
            for note in selected.map({ notes($0) }) ?? [] { foot.paragraph(note.text, style: note.style) }
        }
        foot.paragraph(Self.explanation, style: .faint)
        foot.draw(
            on: &canvas, in: Rect(x: rect.x, y: rect.maxY - notesHeight, width: rect.width, height: notesHeight))
    }

    /// An offer as its row shows it.
    private struct OfferRow: Sendable {
        var simulation: CostSimulation
        var atOnce: String
        var style: Style
    }

    private static var table: Table<OfferRow> {
        typealias Column = Table<OfferRow>.Column
        @Sendable func money(_ money: Money?) -> (String, Style) {
            money.map { ($0.description, .plain) } ?? ("-", .faint)
        }
        let offer: [Column] = [
            Column("VENDOR", .name(6, 18), .first(1)) { ($0.simulation.product.vendor, .plain) },
            Column("TERM", .whole(5), .first(2)) { row in
                let product = row.simulation.product
                return (termAndBilling(term: product.subscriptionPeriod, billing: product.billingPeriod), .plain)
            },
            Column("", .whole(4), .first(3)) { ($0.simulation.isHeld ? "held" : "", .accent) },
        ]
        let amounts: [Column] = [
            Column("A MONTH", .whole(15), .first(4), alignment: .right) { money($0.simulation.rate) },
            Column("OVER THE TERM", .whole(16), .first(5), alignment: .right) { money($0.simulation.overTerm) },
            Column("AT ONCE", .whole(15), .first(6), alignment: .right) { ($0.atOnce, $0.style) },
            Column("COST/MO", .whole(15), .then(1), alignment: .right) { money($0.simulation.monthlyCost) },
        ]
        let margins: [Column] = [
            Column("MARGIN/MO", .whole(15), .then(2), alignment: .right) { row in
                guard let margin = row.simulation.margin else { return ("-", .faint) }
                return (margin.amount.description, margin.style)
            },
            Column("MARGIN", .whole(7), .then(3), alignment: .right) { row in
                guard let margin = row.simulation.margin, let share = margin.share else { return ("-", .faint) }
                return (share, margin.style)
            },
            Column("PRODUCT", .product(20, 60), .then(4)) { ($0.simulation.product.title, .faint) },
        ]
        return Table(offer + amounts + margins)
    }

    // MARK: Linear mode

    func spoken(_ model: Model) -> [Sentence] {
        var sentences = [
            Sentence(.place, "Cost of \(title), \(mpn). Nothing is ordered."),
            Sentence(.extent, "\(field.text) units, \(customerWords(model))."),
        ]
        let rows = simulations
        guard let place = rows.firstIndex(where: { $0.id == cursor.selected }) else {
            return sentences + [Sentence(.page, emptiness)]
        }
        let row = rows[place]
        let product = row.product
        var parts: [String] = [product.vendor]
        if let term = product.subscriptionPeriod { parts.append("term \(term.spoken)") }
        if let billing = product.billingPeriod { parts.append("billed \(billing.rhythm)") }
        if row.isHeld { parts.append("held") }
        parts.append(row.rate.map { "\($0) a month" } ?? "a month not reported")
        if let term = row.overTerm { parts.append("\(term) over the term") }
        parts.append("at once \(atOnce(row).text)")
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

extension CostPage: Overlay {
    var extent: OverlayExtent { .popup }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] {
        take(key, below.model, visible: max(1, below.bands.body.height - 12))
    }

    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] {
        receive(event)
        return []
    }

    mutating func advance(_ model: Model) -> [Effect] { nextQuestion() }

    func leave(_ model: Model) -> [Reaction] { asked == nil ? [] : [.effect(.stopAsking)] }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        draw(on: &canvas, in: bands.body, below.model)
    }
    func position(_ below: String) -> String {
        let count = offers.value?.count ?? 0
        return count == 0 ? "" : "\(grouped(cursor.index + 1)) of \(grouped(count))"
    }
    func hints(_ model: Model, all: Bool) -> [Hint]? { Self.keys.hints() }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { HelpOverlay.Section(title: "COST", rows: Self.keys) }
    func sentences(over below: Dashboard) -> [Sentence] { spoken(below.model) }
    func account(_ model: Model) -> Account.ID? { customer }
    func queries(_ model: Model) -> [DataQuery] { [.products(products)] }
    var asksQuestions: Bool { asked != nil }
    var isAwaiting: Bool { asked != nil }
    var readingID: String { "cost of \(mpn)" }
}

extension OrderForm {
    /// What the form begins with for so many units of one product.
    static func fields(of product: Product, units: Int, customer: Account.ID?) -> [String: String] {
        var fields = ["lines": "1", "line.1.mpn": product.mpn, "line.1.quantity": String(units)]
        fields["customer"] = customer?.rawValue
        fields["line.1.id"] = product.id.rawValue
        fields["line.1.vendor"] = product.vendor.isEmpty ? nil : product.vendor
        fields["line.1.term"] = product.subscriptionPeriod?.spoken
        fields["line.1.billing"] = product.billingPeriod?.spoken
        return fields
    }
}
