import FoundationEssentials
import Marketplace
import MarketplaceClient
import Rows
import Screen

/// A row of `souk money`: what a group comes to in one currency.
struct MoneyLine: Identifiable, Sendable {
    let row: MoneyAnswer.Row
    let grouping: MoneyAnswer.Grouping
    /// The group for people; nil where names were not read.
    let name: String?

    var id: String { "\(row.group.sign) \(row.currency ?? "")" }
    var figures: MoneyAnswer.Figures? { row.figures }

    /// An amount in the row's currency.
    func money(_ amount: (MoneyAnswer.Figures) -> Decimal?) -> Money? {
        figures.flatMap { figures in amount(figures).map { Money($0, figures.month.currency) } }
    }

    /// The part of the group that stands for it in filters of subscriptions.
    var key: String? {
        switch row.group {
        case .customer(let id), .reseller(let id): id.rawValue
        case .vendor(let name): name
        case .product(let mpn, _): mpn
        case .term(let term, let billing): termAndBilling(term: term, billing: billing)
        case .several, .unknown, .unpriced, .unread: nil
        }
    }
}

/// Whose money is asked for.
struct MoneyQuery: Sendable {
    var customer: Account.ID?
    var reseller: Account.ID?
}

/// The fields and columns of `souk money`.
enum MoneyNoun: Noun {
    typealias Row = MoneyLine

    static let words = NounWords(
        plural: "money", singular: "group", argument: "GROUP",
        listSummary:
            "What subscriptions bring and cost a month, their margin, and what is committed until the terms end.",
        showSummary: "", listCalls: "p+n+d", showCalls: "",
        examples: [
            "souk money --by customer --max-calls 1600", "souk money --by vendor --customer 1000412",
            "souk money --by reseller --sort margin-percent --json",
        ], showExamples: [], rowName: "groups")

    static let filters: [NounFilter<MoneyQuery>] = [
        NounFilter("customer", "CUSTOMER", "Of this customer: id or name.", .account(.customer)) {
            $0.customer = $1.account
        },
        NounFilter("reseller", "RESELLER", "Of this reseller's customers: id or name.", .account(.reseller)) {
            $0.reseller = $1.account
        },
    ]

    static let everything = MoneyQuery()

    static let fields: [Field<MoneyLine>] = [
        Field("by", .word(MoneyAnswer.Grouping.allCases.map(\.rawValue)), null: false, .always, .init("by")) { row, _ in
            .plainWord(row.grouping.rawValue)
        },
        Field("key", .text, .always, .init("key", usual: true)) { row, _ in .text(row.key) },
        Field("name", .text, .whenRead, .init("name", usual: true, screen: true) { row, _ in (row.spokenName, .plain) })
        {
            row, _ in row.name.map { .string($0) } ?? .absent
        },
        Field("vendor", .text, .always, .init("vendor")) { row, _ in
            switch row.row.group {
            case .vendor(let vendor), .product(_, let vendor): .text(vendor.isEmpty ? nil : vendor)
            default: .null
            }
        },
        Field("currency", .text, .always, .init("currency")) { row, _ in .text(row.row.currency) },
        Field(
            "subscriptions", .integer, null: false, .always,
            .init("subscriptions", "READ", usual: true, screen: true, right: true) { row, _ in
                (row.readWords, row.row.unread == 0 ? .faint : .warning)
            }
        ) { row, _ in .integer(row.figures?.month.subscriptions ?? 0) },
        Field("unread", .integer, .always, .init("unread", usual: true)) { row, _ in .count(row.row.unread) },
        Field("withoutRate", .integer, null: false, .always, .init("without-rate")) { row, _ in
            .integer(row.row.withoutRate)
        },
        Field("rate", .money, .always, .init("rate", "RATE/MO", usual: true, screen: true, right: true)) { row, _ in
            .money(row.money { $0.month.rate })
        },
        Field("withCost", .integer, null: false, .always, .init("with-cost")) { row, _ in
            .integer(row.figures?.month.withCost ?? 0)
        },
        Field("cost", .money, .always, .init("cost", "COST/MO", usual: true, right: true)) { row, _ in
            .money(row.money { $0.month.withCost == 0 ? nil : $0.month.cost })
        },
        Field(
            "margin", .money, .always,
            .init("margin", usual: true, screen: true, right: true) { row, _ in
                (row.figures?.month.margin?.amount.bare ?? "", .plain)
            }
        ) { row, _ in
            .money(row.figures?.month.margin?.amount)
        },
        Field(
            "marginPercent", .decimal, .always,
            .init("margin-percent", "%", usual: true, screen: true, right: true) { row, _ in
                let margin = row.figures?.month.margin
                let isLow = margin?.percent.map { $0 < 5 } == true
                return (margin?.share ?? "", margin?.isLoss == true ? .bad : isLow ? .warning : .plain)
            }
        ) { row, _ in .number(row.figures?.month.margin?.percent) },
        Field(
            "committed", .money, .always,
            .init("committed", usual: true, screen: true, right: true) { row, _ in
                (row.money { $0.committed }?.bare ?? "", .plain)
            }
        ) { row, _ in
            .money(row.money { $0.committed })
        },
        Field("withoutEnd", .integer, null: false, .always, .init("without-end")) { row, _ in
            .integer(row.figures?.withoutEnd ?? 0)
        },
    ]

    static func paneColumns(_ facts: Facts) -> [ListColumn<MoneyLine>] {
        [
            ListColumn("name", nil, .text { $0.spokenName }),
            // In a text the percent sign would not be compared.
            ListColumn(
                "margin-percent", nil, .money { $0.figures?.month.margin?.percent.map { Money($0, "%") } },
                isSearched: false),
        ]
    }
    static func open(_ query: MoneyQuery, _ client: Client, limit: Int) -> [PageStream<MoneyLine>] { [] }
    static func answers(_ row: MoneyLine, _ query: MoneyQuery, _ client: Client) -> Bool { true }
    static func id(of row: MoneyLine) -> String { row.id }

    static func find(_ argument: String, _ session: ReadSession) async throws -> (row: MoneyLine, details: [Detail]) {
        throw CommandError(.notFound, "groups of money have no page of their own.", hint: "souk money lists them.")
    }
}

extension MoneyLine {
    /// As people read it.
    fileprivate var spokenName: String {
        if let name { return name }
        switch row.group {
        case .customer(let id), .reseller(let id): return "account \(id)"
        default: return key ?? ""
        }
    }

    /// `164 of 171`: those in the row, and those that may be; `164+` where nobody can say how many.
    fileprivate var readWords: String {
        func count(_ number: Int) -> String { Decimal(number).grouped(fractionDigits: 0) }
        let read = figures?.month.subscriptions ?? 0
        guard let unread = row.unread else { return count(read) + "+" }
        return "\(count(read)) of \(count(read + unread + (figures == nil ? row.withoutRate : 0)))"
    }

    /// - Parameter name: The name of an account; nil when it was not read.
    init(_ row: MoneyAnswer.Row, _ grouping: MoneyAnswer.Grouping, name: (Account.ID) -> String?) {
        self.row = row
        self.grouping = grouping
        self.name =
            switch row.group {
            case .customer(let id), .reseller(let id): name(id)
            case .vendor(let vendor): vendor
            case .product: row.title
            case .term(let term, let billing):
                (term?.spoken ?? "term not reported") + (billing.map { ", paid \($0.rhythm)" } ?? "")
            case .several: "several products together"
            case .unknown: "\(grouping.rawValue) not reported"
            case .unpriced: "no price by the month"
            case .unread: "not read"
            }
    }
}
