/// A JSON object of a request with the path that led to it, so that a complaint can name the field.
struct Fields {
    var value: JSONValue
    var path: String

    func name(_ field: String) -> String {
        path.isEmpty ? field : path + "." + field
    }

    /// Whether the field is there and not null.
    func has(_ field: String) -> Bool {
        raw(field) != nil
    }

    func raw(_ field: String) -> JSONValue? {
        let found = value[field]
        return found == .null ? nil : found
    }

    func text(_ field: String) throws(Refusal) -> String? {
        guard let value = raw(field) else { return nil }
        guard case .string(let text) = value else { throw .badRequest("\(name(field)): must be a text") }
        return text
    }

    func requiredText(_ field: String) throws(Refusal) -> String {
        guard let text = try text(field), !text.isEmpty else { throw .missing(name(field)) }
        return text
    }

    func bool(_ field: String) throws(Refusal) -> Bool? {
        guard let value = raw(field) else { return nil }
        guard case .bool(let bool) = value else { throw .badRequest("\(name(field)): must be true or false") }
        return bool
    }

    /// A whole number of units, as a number or as decimal text such as `"2.0"` (REFERENCE 16, row 26).
    func quantity(_ field: String) throws(Refusal) -> Int? {
        let text: String
        switch raw(field) {
        case nil: return nil
        case .number(let number): text = number
        case .string(let string): text = string
        default: throw .badRequest("\(name(field)): must be a number")
        }
        guard let amount = Amount(text) else { throw .badRequest("\(name(field)): must be a number") }
        guard amount.units % 10_000 == 0 else { throw .badRequest("\(name(field)): must be a whole number") }
        let value = Int(amount.units / 10_000)
        guard (-10_000_000...10_000_000).contains(value) else { throw .badRequest("\(name(field)): is out of range") }
        return value
    }

    func period(_ field: String) throws(Refusal) -> Period? {
        guard let fields = try object(field) else { return nil }
        let type = try fields.requiredText("type")
        guard let unit = Period.Unit(rawValue: type) else {
            throw .badRequest("\(fields.name("type")): \(type) is not a period of this marketplace")
        }
        guard let duration = try fields.quantity("duration"), duration > 0 else {
            throw .badRequest("\(fields.name("duration")): must be a number above 0")
        }
        return Period(unit: unit, duration: duration)
    }

    func object(_ field: String) throws(Refusal) -> Fields? {
        guard let value = raw(field) else { return nil }
        guard case .object = value else { throw .badRequest("\(name(field)): must be an object") }
        return Fields(value: value, path: name(field))
    }

    /// The objects of a list; empty when the field is missing.
    func objects(_ field: String) throws(Refusal) -> [Fields] {
        guard let value = raw(field) else { return [] }
        guard case .array(let items) = value else { throw .badRequest("\(name(field)): must be a list") }
        var result: [Fields] = []
        for (index, item) in items.enumerated() {
            let path = "\(name(field))[\(index)]"
            guard case .object = item else { throw .badRequest("\(path): must be an object") }
            result.append(Fields(value: item, path: path))
        }
        return result
    }
}

extension Fields {
    func day(_ field: String) throws(Refusal) -> CalendarDay? {
        guard let text = try text(field) else { return nil }
        guard let day = CalendarDay(text) else { throw .badRequest("\(name(field)): must be a day (YYYY-MM-DD)") }
        return day
    }
}
