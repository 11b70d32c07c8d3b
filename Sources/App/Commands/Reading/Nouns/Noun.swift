import Marketplace
import MarketplaceClient
import Rows

/// What can be listed and shown: customers, orders … All commands of a noun are made from what stands here.
protocol Noun: Sendable {
    associatedtype Row: Identifiable & Sendable where Row.ID: Hashable & Sendable
    /// What the marketplace itself is asked to filter by.
    associatedtype Query: Sendable

    static var words: NounWords { get }
    static var fields: [Field<Row>] { get }
    static var filters: [NounFilter<Query>] { get }
    /// Without any filter.
    static var everything: Query { get }
    /// Whether the rows name accounts by their ids, so that names are read beside them.
    static var names: NamedAccounts { get }
    /// Whether a row can have details of its own, which cost a call.
    static var hasDetails: Bool { get }
    /// Whether rows are checked here by a query of which the marketplace is asked a part only.
    static var checksRows: Bool { get }
    /// Whether the details of every row that passes are read in any case: they are what is asked for.
    static var needsDetails: Bool { get }
    /// How rows are sorted when the person does not say.
    static var ownOrder: [Rows.SortOrder] { get }
    /// Completes and checks a query once all its filters are set.
    static func complete(_ query: Query, today: CalendarDate) throws(CommandError) -> Query
    /// What is said of all rows together, also of those that are not printed; nil for nothing.
    static func summary(_ rows: [Row], _ query: Query, _ facts: Facts) -> ListSummary?
    /// The fields of its JSON.
    static var summaryFields: [FieldDefinition] { get }

    /// The columns that a pane of the dashboard filters and sorts these rows by.
    static func paneColumns(_ facts: Facts) -> [ListColumn<Row>]
    /// The lists that hold the rows.
    /// - Parameter limit: Rows of the first page, for who may stop after any page; nil for who reads them all.
    static func open(_ query: Query, _ client: Client, limit: Int?) -> [PageStream<Row>]
    /// Whether a row answers a query, as far as it says so.
    static func answers(_ row: Row, _ query: Query, _ client: Client) -> Bool
    static func id(of row: Row) -> String
    /// The day on which the row was changed, for `--resume`; nil where rows do not say.
    static func changed(_ row: Row) -> String?
    /// Whose rows these are when the query names one account; it is not repeated in every row of a table.
    static func owner(_ query: Query) -> Account.ID?

    static func readDetail(of row: Row, _ client: Client) async throws(MarketplaceError) -> Detail?
    /// Finds the row that `show` is about.
    static func find(_ argument: String, _ session: ReadSession) async throws -> (row: Row, details: [Detail])
}

extension Noun {
    static var names: NamedAccounts { .none }
    static var hasDetails: Bool { false }
    static var checksRows: Bool { false }
    static var needsDetails: Bool { false }
    static var ownOrder: [Rows.SortOrder] { [] }
    static func complete(_ query: Query, today: CalendarDate) throws(CommandError) -> Query { query }
    static func summary(_ rows: [Row], _ query: Query, _ facts: Facts) -> ListSummary? { nil }
    static var summaryFields: [FieldDefinition] { [] }
    static func changed(_ row: Row) -> String? { nil }
    static func owner(_ query: Query) -> Account.ID? { nil }
    static func readDetail(of row: Row, _ client: Client) async throws(MarketplaceError) -> Detail? { nil }

    /// The columns of filters and sort orders: those of the dashboard, and what more commands have.
    static func listColumns(_ facts: Facts) -> [ListColumn<Row>] {
        let printed = Set(columns.compactMap { $0.column?.name })
        // What panes read row by row and commands do not read would never be found.
        let shared = paneColumns(facts).filter { printed.contains($0.name) || !$0.isSparse }
        let names = Set(shared.map(\.name))
        return shared
            + fields.compactMap { field in
                field.column.flatMap { names.contains($0.name) ? nil : field.listColumn(facts) }
            }
    }

    /// The columns that can be printed.
    static var columns: [Field<Row>] { fields.filter { $0.column != nil } }

    /// The fields of a row in JSON.
    static var definitions: [FieldDefinition] { fields.compactMap(\.definition) }

    static func json(_ row: Row, _ facts: Facts) -> JSON {
        .object(
            fields.compactMap { field in
                guard let definition = field.definition, let value = field.value(row, facts).json else { return nil }
                return JSON.Member(name: definition.name, value: value)
            })
    }
}

/// What is said of all rows of a list together.
struct ListSummary: Sendable {
    var json: JSON
    /// As one line for people.
    var sentence: String
}

/// Of which accounts the names are read beside the rows.
enum NamedAccounts: Sendable { case none, customers, resellers }

/// How a noun is spoken of.
struct NounWords: Sendable {
    /// As it is typed.
    var plural: String
    var singular: String
    /// What `show` takes.
    var argument: String
    var listSummary: String
    var showSummary: String
    /// What the calls of `list` and `show` are: `p` is a page of 500 rows, `n` one of customers for their names.
    var listCalls: String
    var showCalls: String
    var examples: [String]
    var showExamples: [String]
    /// Whether only this machine is asked.
    var isLocal = false
    /// What rows are called, where the noun is not it.
    var rowName: String?

    /// What rows are called in sentences.
    var rows: String { rowName ?? plural }
}

/// A filter of the marketplace as an option of a command.
struct NounFilter<Query>: Sendable {
    enum Kind: Sendable {
        case text
        case day
        /// `30d`: so many days from today on.
        case daysAhead
        /// A moment, or a day: then its first or last moment.
        case moment(atEnd: Bool)
        case account(Account.Kind)
        /// A text of digits: an id.
        case id
    }

    var option: OptionDefinition
    var kind: Kind
    var apply: @Sendable (inout Query, FilterArgument) -> Void

    init(
        _ name: String, _ value: String, values: [String] = [], _ summary: String, _ kind: Kind = .text,
        apply: @escaping @Sendable (inout Query, FilterArgument) -> Void
    ) {
        option = OptionDefinition(name, value: value, values: values, summary)
        self.kind = kind
        self.apply = apply
    }
}

/// The value of a filter once it is understood.
enum FilterArgument: Sendable {
    case text(String)
    case day(CalendarDate)
    case moment(Instant)
    case account(Account.ID)

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var day: CalendarDate? { if case .day(let day) = self { day } else { nil } }
    var moment: Instant? { if case .moment(let moment) = self { moment } else { nil } }
    var account: Account.ID? { if case .account(let account) = self { account } else { nil } }
}

/// The pages of one list.
struct PageStream<Row: Sendable> {
    var next: () async throws -> RowPage<Row>?

    init(_ next: @escaping () async throws -> RowPage<Row>?) { self.next = next }

    init(_ pages: RowPages<Row>) where Row: Identifiable {
        var pages = pages
        next = { try await pages.next() }
    }

    /// The same pages with other rows made of their rows.
    func map<Other: Sendable>(_ transform: @escaping ([Row]) -> [Other]) -> PageStream<Other> {
        let next = next
        return PageStream<Other> {
            guard let page = try await next() else { return nil }
            return RowPage(
                rows: transform(page.rows), strangers: transform(page.strangers), problems: page.problems, total: nil,
                isLast: page.isLast, isComplete: page.isComplete)
        }
    }
}

/// What one more call said of a row.
enum Detail: Sendable {
    case account(Account)
    case subscription(SubscriptionDetail)
    case order(Order)
    case plan(PlanDetail)
    /// What the rule of its vendor lets be undone of a subscription; nil where there is no rule.
    case windows(SubscriptionWindows?, of: Subscription.ID)
}

extension Facts {
    mutating func take(_ detail: Detail) {
        switch detail {
        case .account(let account): entities.insertInFull(account)
        case .subscription(let detail): entities.insert(detail)
        case .order(let order): entities.insert(order)
        case .plan(let plan): entities.insert(plan, as: plan.plan.id)
        case .windows(let found, let id): windows.updateValue(found, forKey: id)
        }
    }
}
