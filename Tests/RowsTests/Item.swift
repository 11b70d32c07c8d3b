import FoundationEssentials
import Marketplace
import RowsSupport
import TestSupport

@testable import Rows

extension Item {
    /// A filter as somebody may type it.
    static func filter(_ dice: inout Dice) -> String {
        let terms = [
            "a", "au", "aur", "son", "pro", "!mail", "!pro", "~am", "~ar36", "owner:nord", "o:7", "owner=7", "state:b",
            "state=done", "!state=new", ">5", ">=5", "units<3", "!units>5", "units:4", "price>=5", "price<5EUR",
            "price:2.5", "day<2026-11-20", "day:2026-12", ">-5d", "moment>=2026-11-20", "\"x y\"", "10", "2026-1",
            "seats>3", "!seats=2", "作", "id:1",
        ]
        return (0...dice.below(3)).map { _ in dice.one(of: terms) }.joined(separator: " ")
    }

    /// Whether the row meets a term, by the plainest reading of the language.
    func meets(_ term: FilterTerm, _ seats: [String: Int]) -> Bool {
        let texts: [String: String] = [
            "id": id, "name": name, "owner": "\(Self.owners[owner] ?? "account \(owner)")\n\(owner)", "state": state,
            "day": day?.description ?? "", "seats": "",
        ]
        func columns(_ name: String?) -> [String] { name.map { [texts[$0] ?? ""] } ?? Array(texts.values) }
        func lines(_ text: String) -> [[UInt8]] {
            text.split(separator: "\n").flatMap { Folding.searchable(String($0)).split(separator: 10).map(Array.init) }
        }
        var answer: Bool?
        switch term.condition {
        case .holds(let words, let column):
            let wanted = String(decoding: words, as: UTF8.self)
            answer = columns(column).contains { text in
                lines(text).contains { String(decoding: $0, as: UTF8.self).contains(wanted) }
            }
        case .fuzzy(let letters, let column):
            answer = columns(column).contains { text in
                var rest = String(decoding: letters, as: UTF8.self)[...]
                // Dates are not searched for subsequences of letters.
                if text == day?.description { return false }
                for character in String(decoding: Array(lines(text).joined(separator: [10])), as: UTF8.self) {
                    if character == rest.first { rest = rest.dropFirst() }
                }
                return rest.isEmpty
            }
        case .line(let line, let column): answer = lines(texts[column] ?? "").contains(line)
        case .number(let sign, let wanted, let column):
            let number = column == "seats" ? seats[id] : units
            answer = number.map { sign.holds(Decimal($0), wanted) }
        case .money(let sign, let wanted, let currency, _):
            if let price, currency == nil || currency == price.currency { answer = sign.holds(price.amount, wanted) }
        case .date(let sign, let days, let column):
            answer = (column == "day" ? day : moment?.utcDate).map { sign.holds($0, days) }
        }
        return answer.map { $0 != term.isNegated } ?? false
    }

    /// What the column sorts by, as text that sorts alike; nil without a value.
    func rank(_ column: String, _ seats: [String: Int]) -> String? {
        func wide(_ number: Int) -> String { String(1_000_000_000_000_000 + number) }
        switch column {
        case "id": return wide(Int(id) ?? 0)
        case "name": return String(decoding: Folding.searchable(name), as: UTF8.self)
        case "owner":
            return String(decoding: Folding.searchable(Self.owners[owner] ?? "account \(owner)"), as: UTF8.self) + "\n"
                + owner
        case "state": return wide(Self.states.firstIndex(of: state) ?? 9)
        case "units": return units.map(wide)
        case "price": return price.map { $0.currency + wide(Int(($0.amount * 4).description) ?? 0) }
        case "day": return day.map { wide(Int($0.daysSince1970)) }
        case "moment": return moment.map { wide(Int($0.millisecondsSince1970)) }
        case "seats": return seats[id].map(wide)
        default: return nil
        }
    }
}
