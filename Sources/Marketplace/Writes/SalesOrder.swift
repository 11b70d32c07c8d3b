/// What a person asks to buy: the body of a sales order, before the marketplace has seen it (REFERENCE 10.1).
public struct SalesOrder: Hashable, Codable, Sendable {
    public struct Line: Hashable, Codable, Sendable {
        /// The chosen catalogue row. Its id, MPN, vendor and both periods are sent, so no MPN is ambiguous.
        public var product: Product
        /// Units to buy; at least 1.
        public var quantity: Int
        public var parameters: [Parameter]

        public init(product: Product, quantity: Int, parameters: [Parameter] = []) {
            self.product = product
            self.quantity = quantity
            self.parameters = parameters
        }
    }

    public var customer: Account.ID
    public var lines: [Line]
    /// The caller's reference; the only handle by which an order can be recognised after a time-out.
    public var poNumber: String
    public var alignment: EndDateAlignment?

    public init(customer: Account.ID, lines: [Line], poNumber: String, alignment: EndDateAlignment? = nil) {
        self.customer = customer
        self.lines = lines
        self.poNumber = poNumber
        self.alignment = alignment
    }

    public var totalQuantity: Int { lines.reduce(0) { $0 + $1.quantity } }
}

/// What an order would cost, as the marketplace computed it without placing anything (REFERENCE 10.6).
public struct Estimate: Hashable, Codable, Sendable {
    public var total: Money?
    public var lines: [OrderLine]
    public var charges: [OrderCharge]

    public init(total: Money?, lines: [OrderLine] = [], charges: [OrderCharge] = []) {
        self.total = total
        self.lines = lines
        self.charges = charges
    }
}

/// The marketplace's verdict on one order parameter (REFERENCE 12).
public struct ParameterVerdict: Hashable, Sendable {
    public var name: String
    public var isAccepted: Bool
    public var message: String?
    public var choices: [String]

    public init(name: String, isAccepted: Bool, message: String? = nil, choices: [String] = []) {
        self.name = name
        self.isAccepted = isAccepted
        self.message = message
        self.choices = choices
    }
}
