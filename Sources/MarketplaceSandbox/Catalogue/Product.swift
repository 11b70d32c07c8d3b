/// What is sold together under one name: its items are offered for the same terms, and one service with one term is
/// one plan, so items of one plan that are ordered together end in one subscription (REFERENCE 8).
struct Service: Sendable {
    var vendor: String
    var code: String
    var title: String
    var terms: [Term]
    var items: [Item]
}

/// One thing of a service that can be ordered, before a term is chosen.
struct Item: Sendable {
    /// What an order of it does besides the usual, so that every end of an order can be seen.
    enum Behaviour: Sendable {
        case usual, slow, failing, timingOut, needsDomain
    }

    var mpn: String
    var name: String
    /// Price of a unit for a month of a yearly term, in euros.
    var monthly: Amount
    /// What the reseller keeps, in percent of the price.
    var margin = 15
    var minimum = 1
    var maximum: Int?
    var hasVolumePrices = false
    var setup: Amount?
    /// The item of the same service that must be in the same subscription.
    var needsItem: Int?
    var mpnNamesTerm = false
    var behaviour = Behaviour.usual
}

/// A catalogue row: an item for one term.
struct Product: Sendable {
    var row: Int
    var plan: Int
    var service: Service
    var itemIndex: Int
    var item: Item
    var term: Term
    /// The catalogue row of the item that must come with it.
    var needsRow: Int?

    var id: String { "CAT-" + Digits.padded(row + 1, 6) }
    var mpn: String { item.mpnNamesTerm ? item.mpn + term.suffix : item.mpn }
}
