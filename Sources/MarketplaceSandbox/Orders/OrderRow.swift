/// The compact part of an order, of which there may be a million.
struct OrderRow {
    enum Kind: UInt8, CaseIterable, Sendable {
        case sales, change, renewal, cancellation, migration

        var text: String {
            switch self {
            case .sales: "sales"
            case .change: "change"
            case .renewal: "renewal"
            case .cancellation: "cancellation"
            case .migration: "migration"
            }
        }

        init?(text: String) {
            guard let kind = Kind.allCases.first(where: { $0.text == text }) else { return nil }
            self = kind
        }

        /// The letters that an order number begins with (REFERENCE 10.3).
        var prefix: String {
            switch self {
            case .sales, .migration: "SO"
            case .change: "CH"
            case .renewal: "RN"
            case .cancellation: "CL"
            }
        }
    }

    enum Status: UInt8, CaseIterable, Sendable {
        case submitted, processing, error, completed, cancelled

        var text: String {
            switch self {
            case .submitted: "submitted"
            case .processing: "processing"
            case .error: "error"
            case .completed: "completed"
            case .cancelled: "cancelled"
            }
        }

        init?(text: String) {
            guard let status = Status.allCases.first(where: { $0.text == text }) else { return nil }
            self = status
        }
    }

    /// The two letters of billing behind a status (REFERENCE 10.4).
    enum Code: String, CaseIterable, Sendable {
        case paid = "PD"
        case waitingForPayment = "WP"
        case provisioning = "LO"
        case waiting = "AS"
        case completed = "CP"
        case failed = "PF"
        case cancelled = "CL"

        var status: Status {
            switch self {
            case .paid, .waitingForPayment: .submitted
            case .provisioning, .waiting: .processing
            case .completed: .completed
            case .failed: .error
            case .cancelled: .cancelled
            }
        }

        /// Whether its status has no other code.
        var isOnlyOne: Bool {
            Code.allCases.count { $0.status == status } == 1
        }

        var words: String {
            switch self {
            case .paid: "Paid"
            case .waitingForPayment: "Waiting for payment"
            case .provisioning: "Provisioning is in progress"
            case .waiting: "Accepted, waiting for its date"
            case .completed: "Completed"
            case .failed: "Provisioning failed"
            case .cancelled: "Cancelled"
            }
        }
    }

    /// Place of the subscription; several when a sales order has made several, then this is the first.
    var subscription: Int32
    var customer: Int32
    var created: Moment
    var provisioningSeconds: Int32?
    /// As the answer has it: units bought, the signed difference of a change, its new total when scheduled.
    var quantity: Int32
    var kind: Kind
    var code: Code
    var isScheduled: Bool
}
