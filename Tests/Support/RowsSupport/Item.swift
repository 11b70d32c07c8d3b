import FoundationEssentials
import Marketplace
import Rows
import TestSupport

/// A row with something of every kind, for tests of lists.
public struct Item: Identifiable, Sendable {
    public var id: String
    public var name: String
    public var owner: String
    public var state: String
    public var units: Int?
    public var price: Money?
    public var day: CalendarDate?
    public var moment: Instant?

    public init(
        id: String, name: String, owner: String, state: String, units: Int? = nil, price: Money? = nil,
        day: CalendarDate? = nil, moment: Instant? = nil
    ) {
        self.id = id
        self.name = name
        self.owner = owner
        self.state = state
        self.units = units
        self.price = price
        self.day = day
        self.moment = moment
    }

    public static let today = CalendarDate("2026-11-20")!
    public static let states = ["new", "busy", "done"]
    public static let owners = ["7": "Nordwind", "8": "Søn & Søn", "9": "Nord Ost"]

    /// - Parameter seats: The values of the sparse column, by the ids of their rows.
    public static func columns(_ seats: [String: Int] = [:]) -> [ListColumn<Item>] {
        [
            ListColumn("id", nil, .unique(\.id)), ListColumn("name", nil, .text(\.name)),
            ListColumn("owner", nil, .lookup(key: \.owner) { [owners[$0] ?? "account \($0)", $0] }),
            ListColumn("state", nil, .ranked { (states.firstIndex(of: $0.state) ?? 9, $0.state) }),
            ListColumn("units", nil, .number(\.units)), ListColumn("price", nil, .money(\.price)),
            ListColumn("day", nil, .date(\.day)), ListColumn("moment", nil, .instant(\.moment), isSearched: false),
            ListColumn("seats", nil, .sparse(kind: .number) { seats.map { ($0.key, .number($0.value)) } }),
        ]
    }

    public static var parser: FilterParser { FilterParser(columns: columns().map(\.filterColumn), today: today) }

    public static func some(_ count: Int, _ dice: inout Dice) -> [Item] {
        let words = ["Aurora", "Mail", "Pro", "Søn", "sonne", "365", "Zenix Wall", "作者"]
        var ids = Array(1000..<1000 + count * 3).map(String.init)
        ids.shuffle(using: &dice)
        return (0..<count).map { place in
            Item(
                id: ids[place], name: "\(dice.one(of: words)) \(dice.one(of: words))",
                owner: dice.one(of: ["7", "8", "9", "10"]), state: dice.one(of: states),
                units: dice.below(4) == 0 ? nil : dice.below(12),
                price: dice.below(4) == 0 ? nil : Money(Decimal(dice.below(40)) / 4, dice.one(of: ["EUR", "USD"])),
                day: dice.below(4) == 0 ? nil : today.adding(days: dice.below(60) - 30),
                moment: dice.below(4) == 0
                    ? nil : Instant(millisecondsSince1970: 1_795_183_452_000 + Int64(dice.below(9_000_000)) * 1000))
        }
    }
}
