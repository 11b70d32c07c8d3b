import FoundationEssentials
import Marketplace
import Screen

/// A row of money: what a group comes to in one currency.
public struct MoneyLine: Identifiable, Sendable {
    public let row: MoneyAnswer.Row
    public let grouping: MoneyAnswer.Grouping
    /// The group for people; nil where names were not read.
    public let name: String?

    public var id: String { "\(row.group.sign) \(row.currency ?? "")" }
    public var figures: MoneyAnswer.Figures? { row.figures }

    /// - Parameter name: The name of an account; nil when it was not read.
    public init(_ row: MoneyAnswer.Row, _ grouping: MoneyAnswer.Grouping, name: (Account.ID) -> String?) {
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
            case .all: "TOTAL \(row.currency ?? "")"
            }
    }

    /// An amount in the row's currency.
    public func money(_ amount: (MoneyAnswer.Figures) -> Decimal?) -> Money? {
        figures.flatMap { figures in amount(figures).map { Money($0, figures.month.currency) } }
    }

    public var rate: Money? { money { $0.month.rate } }
    /// Nil where no cost is reported.
    public var cost: Money? { money { $0.month.withCost == 0 ? nil : $0.month.cost } }
    public var margin: Margin? { figures?.month.margin }
    public var committed: Money? { money { $0.committed } }

    /// The part of the group that stands for it in filters of subscriptions.
    public var key: String? {
        switch row.group {
        case .customer(let id), .reseller(let id): id.rawValue
        case .vendor(let name): name
        case .product(let mpn, _): mpn
        case .term(let term, let billing): termAndBilling(term: term, billing: billing)
        case .several, .unknown, .unpriced, .unread, .all: nil
        }
    }

    /// As people read it.
    public var spokenName: String {
        if let name { return name }
        switch row.group {
        case .customer(let id), .reseller(let id): return "account \(id)"
        default: return key ?? ""
        }
    }

    /// `164 of 171`: those in the row, and those that may be; `164+` where nobody can say how many.
    public var readWords: String {
        func count(_ number: Int) -> String { Decimal(number).grouped(fractionDigits: 0) }
        let read = figures?.month.subscriptions ?? 0
        guard let unread = row.unread else { return count(read) + "+" }
        return "\(count(read)) of \(count(read + unread + (figures == nil ? row.withoutRate : 0)))"
    }
}

/// How wide the amounts of money are, so that rows and their totals stand below each other.
public struct MoneyWidths: Equatable, Sendable {
    public var (read, rate, cost, margin, committed) = (10, 12, 9, 9, 9)

    public init() {}

    /// Makes place for what a sum comes to, and for every smaller one.
    public mutating func fit(_ line: MoneyLine) {
        func width(_ money: Money?, _ text: (Money) -> String) -> Int {
            money.map { TerminalText.width(of: text($0)) } ?? 0
        }
        read = max(read, line.readWords.utf8.count)
        rate = max(rate, width(line.rate) { $0.description })
        cost = max(cost, width(line.cost) { $0.bare })
        margin = max(margin, width(line.margin?.amount) { $0.bare })
        committed = max(committed, width(line.committed) { $0.bare })
    }
}

extension ListColumn where Row == MoneyLine {
    /// The columns of money.
    /// - Parameter grouping: What the rows are; nil where only values are asked for.
    public static func money(
        _ grouping: MoneyAnswer.Grouping? = nil, _ widths: MoneyWidths = MoneyWidths()
    ) -> [ListColumn<MoneyLine>] {
        [
            ListColumn(
                "name",
                .init(grouping?.rawValue.uppercased() ?? "", .name(20, 34), .first(1)) { line in
                    (line?.spokenName ?? "", line?.row.group == .all ? .strong : .plain)
                },
                .text { $0.spokenName }),
            // Products of one name are told apart by it.
            ListColumn(
                "key",
                grouping == .product
                    ? .init("MPN", .whole(10), .then(0)) { line in
                        line.map { ($0.key == $0.name ? "" : $0.key ?? "", .plain) } ?? ("", .plain)
                    } : nil, .text { $0.key ?? "" }),
            ListColumn("currency", nil, .text { $0.row.currency ?? "" }),
            ListColumn(
                "subscriptions",
                .init("READ", .whole(widths.read), .first(5), alignment: .right) { line in
                    (line?.readWords ?? "", line?.row.unread == 0 ? .faint : .warning)
                }, .number { $0.figures?.month.subscriptions ?? 0 }, isSearched: false),
            amount("rate", "RATE/MO", widths.rate, .first(2), \.rate) { ($0.description, .plain) },
            amount("cost", "COST/MO", widths.cost, .then(1), \.cost) { ($0.bare, .plain) },
            ListColumn(
                "margin",
                .init("MARGIN", .whole(widths.margin), .first(3), alignment: .right) { line in
                    guard let margin = line?.margin else { return ("", .plain) }
                    return (margin.amount.bare, margin.style)
                }, .money { $0.margin?.amount }, isSearched: false),
            // In a text the percent sign would not be compared.
            ListColumn(
                "margin-percent",
                .init("%", .whole(7), .first(4), alignment: .right) { line in
                    (line?.margin?.share ?? "", line?.margin?.style ?? .plain)
                }, .money { $0.margin?.percent.map { Money($0, "%") } }, isSearched: false),
            amount("committed", "COMMITTED", widths.committed, .then(2), \.committed) { ($0.bare, .plain) },
        ]
    }

    private static func amount(
        _ name: String, _ title: String, _ width: Int, _ rank: ColumnLayout.Rank,
        _ money: @escaping @Sendable (MoneyLine) -> Money?, _ text: @escaping @Sendable (Money) -> (String, Style)
    ) -> ListColumn<MoneyLine> {
        ListColumn(
            name, .init(title, .whole(width), rank, alignment: .right) { $0.flatMap(money).map(text) ?? ("", .plain) },
            .money(money), isSearched: false)
    }
}
