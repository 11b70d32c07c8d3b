import Marketplace

/// A JSON object that is being put together: missing values are left out, names are sorted, amounts are texts.
struct JSONObject {
    private var members: [(name: String, json: String)] = []

    mutating func set(_ name: String, _ text: String?) { set(name, json: text.map(JSONText.quoted)) }

    mutating func set(_ name: String, _ number: Int?) { set(name, json: number.map { "\($0)" }) }

    mutating func set(_ name: String, _ flag: Bool?) { set(name, json: flag.map { "\($0)" }) }

    mutating func set(_ name: String, _ money: Money?) {
        guard let money else { return }
        var object = JSONObject()
        object.set("amount", "\(money.amount)")
        object.set("currency", money.currency)
        set(name, json: object.text)
    }

    mutating func set(_ name: String, _ texts: [String]) { set(name, array: texts.map(JSONText.quoted)) }

    /// - Parameter array: JSON texts.
    mutating func set(_ name: String, array: [String]) { set(name, json: "[" + array.joined(separator: ",") + "]") }

    /// - Parameter json: A JSON text.
    mutating func set(_ name: String, json: String?) { if let json { members.append((name, json)) } }

    var text: String {
        let sorted = members.sorted { $0.name < $1.name }
        return "{" + sorted.map { JSONText.quoted($0.name) + ":" + $0.json }.joined(separator: ",") + "}"
    }
}
