import FoundationEssentials
import Marketplace
import MarketplaceClient
import Rows
import Screen

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
            .money(row.rate)
        },
        Field("withCost", .integer, null: false, .always, .init("with-cost")) { row, _ in
            .integer(row.figures?.month.withCost ?? 0)
        },
        Field("cost", .money, .always, .init("cost", "COST/MO", usual: true, right: true)) { row, _ in
            .money(row.cost)
        },
        Field(
            "margin", .money, .always,
            .init("margin", usual: true, screen: true, right: true) { row, _ in
                (row.margin?.amount.bare ?? "", .plain)
            }
        ) { row, _ in
            .money(row.margin?.amount)
        },
        Field(
            "marginPercent", .decimal, .always,
            .init("margin-percent", "%", usual: true, screen: true, right: true) { row, _ in
                (row.margin?.share ?? "", row.margin?.style.tone ?? .plain)
            }
        ) { row, _ in .number(row.margin?.percent) },
        Field(
            "committed", .money, .always,
            .init("committed", usual: true, screen: true, right: true) { row, _ in
                (row.committed?.bare ?? "", .plain)
            }
        ) { row, _ in
            .money(row.committed)
        },
        Field("withoutEnd", .integer, null: false, .always, .init("without-end")) { row, _ in
            .integer(row.figures?.withoutEnd ?? 0)
        },
    ]

    static func paneColumns(_ facts: Facts) -> [ListColumn<MoneyLine>] { ListColumn.money() }
    static func open(_ query: MoneyQuery, _ client: Client, limit: Int?) -> [PageStream<MoneyLine>] { [] }
    static func answers(_ row: MoneyLine, _ query: MoneyQuery, _ client: Client) -> Bool { true }
    static func id(of row: MoneyLine) -> String { row.id }

    static func find(_ argument: String, _ session: ReadSession) async throws -> (row: MoneyLine, details: [Detail]) {
        throw CommandError(.notFound, "groups of money have no page of their own.", hint: "souk money lists them.")
    }
}
