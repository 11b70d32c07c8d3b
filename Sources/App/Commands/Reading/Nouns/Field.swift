import Marketplace
import Rows
import Screen

/// A field of the rows of a noun: JSON, tables, CSV, schemas and the columns of filters are all made from it.
struct Field<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    typealias Value = @Sendable (Row, Facts) -> FieldValue

    /// Nil for a column that JSON has in other fields.
    let definition: FieldDefinition?
    let column: Column?
    let value: Value

    /// How a field is a column.
    struct Column: Sendable {
        let name: String
        /// Whether it is printed in pipes and CSV unless columns are named.
        var isUsual = false
        /// Whether it is printed on a terminal unless columns are named.
        var isOnScreen = false
        var title: String
        var isRightAligned = false
        /// Only with `--details`.
        var needsDetails = false
        /// In place of the field's value, in pipes and CSV.
        var plain: Value?
        /// In place of the value's own words, on a terminal.
        var shown: (@Sendable (Row, Facts) -> (text: String, tone: Tone))?

        /// - Parameters:
        ///   - title: On a terminal; nil for the name in capitals.
        init(
            _ name: String, _ title: String? = nil, usual: Bool = false, screen: Bool = false, right: Bool = false,
            shown: (@Sendable (Row, Facts) -> (text: String, tone: Tone))? = nil, plain: Value? = nil
        ) {
            self.name = name
            self.title = title ?? name.uppercased()
            isUsual = usual
            isOnScreen = screen
            isRightAligned = right
            self.plain = plain
            self.shown = shown
        }
    }

    init(
        _ name: String, _ type: FieldType, null: Bool = true, _ presence: FieldDefinition.Presence = .always,
        _ column: Column? = nil, _ value: @escaping Value
    ) {
        definition = FieldDefinition(name, type, isNullable: null, presence: presence)
        var column = column
        if presence == .withDetails { column?.needsDetails = true }
        self.column = column
        self.value = value
    }

    /// A column that JSON has in other fields.
    init(_ column: Column, needsDetails: Bool = false, _ value: @escaping Value) {
        definition = nil
        var column = column
        column.needsDetails = needsDetails
        self.column = column
        self.value = value
    }

    /// The value in pipes, CSV and filters.
    func plainValue(_ row: Row, _ facts: Facts) -> FieldValue { (column?.plain ?? value)(row, facts) }

    func shown(_ row: Row, _ facts: Facts) -> (text: String, tone: Tone) {
        column?.shown?(row, facts) ?? plainValue(row, facts).spoken
    }

    /// As filters and sort orders see it, where no pane of the dashboard has such a column.
    func listColumn(_ facts: Facts) -> ListColumn<Row>? {
        guard let column else { return nil }
        let value: @Sendable (Row) -> FieldValue = { plainValue($0, facts) }
        let content: ListColumn<Row>.Content =
            switch column.plain == nil ? definition?.type : nil {
            case .integer: .number { if case .integer(let number) = value($0) { number } else { nil } }
            case .money: .money { if case .amount(let money) = value($0) { money } else { nil } }
            case .date: .date { if case .day(let date) = value($0) { date } else { nil } }
            case .moment: .instant { if case .instant(let moment) = value($0) { moment } else { nil } }
            case .id: .unique { value($0).plain }
            default: .text { value($0).plain }
            }
        return ListColumn(column.name, nil, content, isSearched: false)
    }
}

/// The fields of an object inside a row.
struct Shape<Whole>: Sendable {
    typealias Part = (definition: FieldDefinition, value: @Sendable (Whole) -> FieldValue)

    let parts: [Part]

    init(_ parts: [Part]) { self.parts = parts }

    var type: FieldType { .object(parts.map(\.definition)) }

    func object(_ whole: Whole) -> FieldValue {
        .members(parts.map { ($0.definition.name, $0.value(whole)) })
    }

    func list(_ wholes: [Whole]) -> FieldValue { .list(wholes.map(object)) }

    static func part(
        _ name: String, _ type: FieldType, null: Bool = true, _ value: @escaping @Sendable (Whole) -> FieldValue
    ) -> Part {
        (FieldDefinition(name, type, isNullable: null), value)
    }
}

/// What rows are shown with beside themselves: names of accounts, details, the day.
struct Facts: Sendable {
    var entities = EntityStore()
    /// Whether names of accounts were read.
    var hasNames = false
    /// Whether names of resellers were read.
    var hasResellers = false
    var now: Instant
    /// What vendors let be undone; nil where that is not asked for.
    var rules: VendorRules?
    /// What was found to be so of subscriptions; nil where there is no rule.
    var windows: [Subscription.ID: SubscriptionWindows?] = [:]

    init(now: Instant) { self.now = now }

    var today: CalendarDate { now.utcDate }

    /// The name of an account: absent when names were not read, null when there is none.
    func name(of account: Account.ID?) -> FieldValue {
        guard hasNames else { return .absent }
        return .text(account.flatMap { entities.accounts.name(of: $0) })
    }

    func reseller(of customer: Account.ID) -> Account.ID? { entities.accounts[customer]?.vendorAccount }
}
