/// A report of the panel's generators (REFERENCE 12).
struct Report: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case periodic, daily, monthly, onetime
        case onInvoice = "on_invoice"
    }

    enum Format: String, CaseIterable, Sendable {
        case json, xml, csv, xlsx
    }

    enum Status: String, CaseIterable, Sendable {
        case submitted, processing, error, completed
    }

    var id: String
    /// The place of the reseller whose report it is; nil for the provider's.
    var owner: Int?
    var name: String
    var customization: String?
    var status: Status
    var kind: Kind
    var format: Format
    var created: Moment
    var start: Moment
    var end: Moment
}
