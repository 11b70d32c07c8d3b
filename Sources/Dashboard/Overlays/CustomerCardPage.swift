import Marketplace
import Screen

/// The card of a customer over the view, with the keys of every view.
struct CustomerCardPage: PanePage {
    var list: CustomerCardPane

    init(of id: Account.ID) { list = CustomerCardPane(of: id) }

    var keyPlace: KeyPlace { .card }
    var readingID: String { "card \(list.id)" }

    func account(_ model: Model) -> Account.ID? { list.id }

    mutating func advance(_ model: Model) -> [Effect] {
        list.settle(model)
        return []
    }

    mutating func layout(in bands: Bands, _ model: Model) {
        let area = PaneArea(main: bands.body)
        guard list.area != area else { return }
        list.layout(area)
        list.settle(model)
    }

    func sentences(over below: Dashboard) -> [Sentence] {
        below.sentences(of: list, place: "Customer card, \(list.subject(below.model) ?? "")")
    }
}

extension Dashboard {
    /// The customer whose card `i` opens: the one that the row names, or the one in view.
    var customerNamed: Account.ID? { pane.namedAccount(model) ?? model.scope }

    /// Why `i` opens nothing here; nil when it opens a card.
    var cardRefusal: String? {
        if overlays.top is CustomerCardPage { return "This is the card." }
        guard let id = customerNamed else { return "No customer is named here." }
        switch model.accounts[id]?.kind {
        case .reseller: return "\(model.name(of: id)) is a reseller; the card shows customers."
        case .provider: return "\(model.name(of: id)) is the provider; the card shows customers."
        case .customer, nil: return nil
        }
    }

    mutating func openCard(of id: Account.ID) { overlays.open(CustomerCardPage(of: id)) }

    /// Opens the card as it was left, with the cursor where it was.
    mutating func reopenCard(of id: Account.ID) {
        overlays.open(lastCard.flatMap { $0.list.id == id ? $0 : nil } ?? CustomerCardPage(of: id))
    }
}

extension HomePane {
    /// The customer of the lane on the cursor, where it has one alone.
    func namedAccount(_ model: Model) -> Account.ID? {
        guard let first = rows.first?.customer, rows.allSatisfy({ $0.customer == first }) else { return nil }
        return first
    }
}
