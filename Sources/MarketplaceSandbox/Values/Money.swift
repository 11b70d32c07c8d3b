/// An amount with its currency's ISO 4217 code.
struct Money: Hashable, Sendable {
    var amount: Amount
    var currency: String
}
