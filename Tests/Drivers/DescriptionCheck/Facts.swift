import FoundationEssentials

/// What a value holds, by the places where the wire has it: `products[0].unitPrice.amount` → `8.15`. What it does not hold
/// has no entry, nor has an empty list; other lists also have their `count`.
struct Facts: Equatable {
    private(set) var texts: [String: String] = [:]

    init() {}

    init(_ build: (inout Facts) -> Void) { build(&self) }

    mutating func add(_ name: String, _ value: (some CustomStringConvertible)?) {
        guard let text = value?.description, !text.isEmpty else { return }
        texts[name] = text
    }

    mutating func add(_ name: String, _ part: Facts?) {
        for (place, text) in part?.texts ?? [:] {
            texts[place.hasPrefix("[") ? name + place : "\(name).\(place)"] = text
        }
    }

    mutating func add(_ name: String, _ list: [Facts]) { add(name, Facts(list: list)) }

    mutating func add(all other: Facts) { texts.merge(other.texts) { $1 } }

    private init(list: [Facts]) {
        if !list.isEmpty { texts["count"] = String(list.count) }
        for (index, element) in list.enumerated() { add("[\(index)]", element) }
    }
}

/// An example of the description, read by another reader than the client's.
enum Shown: Decodable {
    case null
    case truth(Bool)
    case number(Decimal)
    case text(String)
    case list([Shown])
    case object([String: Shown])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? container.decode(Decimal.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([Shown].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: Shown].self))
        }
    }

    subscript(name: String) -> Shown {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }

    var facts: Facts {
        Facts { facts in
            switch self {
            case .object(let members):
                for (name, member) in members { facts.add(name, member) }
            case .null, .truth, .number, .text, .list: break
            }
        }
    }
}

extension Facts {
    fileprivate mutating func add(_ name: String, _ shown: Shown) {
        switch shown {
        case .null: break
        case .truth(let value): add(name, value)
        case .number(let value): add(name, value)
        case .text(let value): add(name, value)
        case .list(let elements):
            add(
                name,
                elements.map { element in
                    if case .object = element { element.facts } else { Facts { $0.add("value", element) } }
                })
        case .object: add(name, shown.facts)
        }
    }
}

/// Compares what an example says with what the client reports, exceptions granted.
struct Comparison {
    /// Places, with `[]` for any row, that the client does not keep, and why.
    static let unkept = [
        "pagination.offset": "the pages are put together",
        "pagination.limit": "the pages are put together",
        "data[].billingModel of Subscription": "a row that is kept a hundred thousand times; the detail has it",
        "data[].prices[].model": "the estimate is asked for what an order costs",
        "data[].costs[].model": "the estimate is asked for what an order costs",
        "data[].mpn of Verdict": "verdicts are told by the name of the parameter",
        "data[].vendor of Verdict": "verdicts are told by the name of the parameter",
        "pagination.total of Verdict": "there is one verdict for each parameter that was sent",
        "data[].draftRequestId": "every validation is a question of its own",
        "data[].parameters[].value": "the person has just typed it",
        "details[].mpn": "the description of the charge names the product",
        "details[].productId": "the description of the charge names the product",
        "details[].duration.type": "the description of the charge names the days",
        "details[].duration.duration": "the description of the charge names the days",
        "type of Estimate": "it is that of the order that was asked about",
        "customerId of Estimate": "it is that of the order that was asked about",
        "token": "the requests that follow carry it, which the server looks at",
        "expiresInSeconds": "the requests that follow carry it, which the server looks at",
    ]

    /// Places where the client reports something though the answer does not, and why.
    static let assumed = [
        "data[].subscriptionPeriods[].trial": "a term is no trial unless it is called one",
        "data[].subscriptionPeriods[].active": "a term can be had unless it is called closed",
        "subscriptionPeriods[].trial": "a term is no trial unless it is called one",
        "subscriptionPeriods[].active": "a term can be had unless it is called closed",
        "data[].resellerId": "it stands in the address that was asked",
        "subscriptionId": "a line of the order names it",
        "data[].parameters[].result": "accepted unless an error is told",
    ]

    /// What is reported, as the exceptions name it.
    let kind: String
    private(set) var used: Set<String> = []

    init(kind: String) { self.kind = kind }

    /// The differences, as sentences.
    mutating func differences(shown: Facts, told: Facts) -> [String] {
        var differences: [String] = []
        for (place, text) in shown.texts.sorted(by: { $0.key < $1.key }) {
            if let answer = told.texts[place] {
                if !Self.agree(text, answer, at: place) {
                    differences.append("\(place) is \(text), and the client says \(answer)")
                }
            } else if !isException(place, in: Self.unkept) {
                differences.append("\(place) is \(text), and the client does not tell it")
            }
        }
        for (place, text) in told.texts.sorted(by: { $0.key < $1.key })
        where shown.texts[place] == nil && !isException(place, in: Self.assumed) {
            differences.append("\(place) is not told, and the client says \(text)")
        }
        return differences
    }

    private mutating func isException(_ place: String, in exceptions: [String: String]) -> Bool {
        let pattern = place.replacing(#/\[\d+\]/#) { _ in "[]" }
        for key in [pattern, "\(pattern) of \(kind)"] where exceptions[key] != nil {
            used.insert(key)
            return true
        }
        return false
    }

    private static func agree(_ shown: String, _ told: String, at place: String) -> Bool {
        if shown == told { return true }
        // The documentation writes formats in both cases (REFERENCE 12).
        if place.hasSuffix("format") { return shown.lowercased() == told.lowercased() }
        guard let first = Decimal(string: shown), let second = Decimal(string: told) else { return false }
        return first == second && !shown.contains("-") && !shown.contains(":")
    }
}
