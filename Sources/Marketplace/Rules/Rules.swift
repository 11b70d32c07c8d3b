/// The rule book: what may be done to what, in which state, with which orders open. Pure functions of values, in one
/// place for keys, forms, reviews, bulk rows, dry runs and commands alike.
///
/// What is refused here, the marketplace refuses as well (REFERENCE 7, 10 and 11). Where its behaviour is not documented, a
/// word more is asked for: only the marketplace knows everything that may speak against a write.
public enum Rules {
    /// What forbids every write of a profile.
    public static func objection(isReadOnly: Bool) -> Objection? { isReadOnly ? .refused(.readOnly) : nil }

    /// Whether an order can be withdrawn (REFERENCE 10.4 and 16, row 17).
    public static func objections(toWithdrawing order: Order) -> [Objection] {
        switch order.status {
        case .completed: [.refused(.orderIsCompleted(order))]
        case .cancelled: [.refused(.orderIsWithdrawn(order))]
        case .other: [.warned(.unknownOrderStatus(order))]
        case .submitted, .processing, .error: []
        }
    }

    /// Whether the credit check of an order can be switched: as long as the order can still be processed, one in error
    /// too, which may be carried out again (REFERENCE 10.4).
    /// - Parameter wanted: On or off; nil while that is not chosen yet.
    public static func objections(toCreditCheck wanted: Bool?, of order: Order) -> [Objection] {
        switch order.status {
        case .completed, .cancelled: return [.refused(.orderHasEnded(order))]
        case .submitted, .processing, .error, .other: break
        }
        if let wanted, order.checksCredit == wanted { return [.refused(.creditCheckIsAlready(order, on: wanted))] }
        if case .other = order.status { return [.warned(.unknownOrderStatus(order))] }
        return []
    }
}
