/// Makes an answer what a fault says it is.
struct Spoiler: Sendable {
    let seed: UInt64
    /// Counts requests, so that each is spoiled in its own way.
    let request: Int

    /// The answer that a fault sends instead of the marketplace's.
    static func replacement(_ kind: FaultRule.Kind, _ refusal: (Refusal) -> Answer) -> Answer? {
        switch kind {
        case .status(let status, .html): return .page(status)
        case .status(let status, let body):
            var headers: [(name: String, value: String)] = []
            if status == 429 { headers.append((name: "Retry-After", value: "13")) }
            return refusal(
                Refusal(
                    source: body == .gateway ? .gateway : .platform, status: status,
                    message: status == 429 ? RateLimit.message(seconds: 13) : Answer.reason(status), headers: headers))
        case .html(let status): return .page(status)
        case .empty(let status): return Answer(status: status, body: [])
        default: return nil
        }
    }

    /// The marketplace's answer, spoiled.
    func spoiled(_ answer: Answer, _ kind: FaultRule.Kind) -> Answer {
        var answer = answer
        switch kind {
        case .delay(let seconds): answer.delay += seconds
        case .cut(let count): answer.body = Array(answer.body.prefix(count ?? answer.body.count / 2))
        case .duplicateRows: edit(&answer) { json in json.withRows { rows in rows + rows.prefix(1) } }
        case .oddTypes: edit(&answer) { json in oddly(json) }
        case .wrongCharset:
            answer.body = String(decoding: answer.body, as: UTF8.self).unicodeScalars.map {
                $0.value < 0x100 ? UInt8($0.value) : UInt8(ascii: "?")
            }
        case .gzipBroken:
            answer.headers.append((name: "Content-Encoding", value: "gzip"))
            answer.body = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF] + answer.body.prefix(64)
        default: break
        }
        return answer
    }

    private func edit(_ answer: inout Answer, _ change: (JSONValue) -> JSONValue) {
        guard answer.content == .json, let json = JSONValue(answer.body) else { return }
        var writer = JSONWriter()
        writer.value(change(json))
        answer.body = writer.bytes
    }

    /// The page that a list shows when that many rows have come in at its top since it was first asked for.
    static func shifted(_ answer: Answer, by count: Int, offset: Int) -> Answer {
        guard answer.status == 200, let json = JSONValue(answer.body), var pagination = json["pagination"],
            case .number(let text)? = pagination["total"], let total = Int(text)
        else { return answer }
        pagination = pagination.setting("offset", .number(String(offset)))
            .setting("total", .number(String(total + count)))
        var writer = JSONWriter()
        writer.value(json.setting("pagination", pagination))
        var answer = answer
        answer.body = writer.bytes
        return answer
    }

    // MARK: Odd types

    private func oddly(_ json: JSONValue) -> JSONValue {
        var dice = Dice(seed: seed, .fault, -1 - request)
        guard case .array(let rows)? = json["data"] else { return odd(json, &dice) }
        var result = rows.map { odd($0, &dice) }
        if result.count > 1 { result[dice.roll(result.count)] = .string("row") }
        return json.setting("data", .array(result))
    }

    private func odd(_ value: JSONValue, _ dice: inout Dice) -> JSONValue {
        guard case .object(let members) = value else { return value }
        var result: [JSONValue.Member] = []
        for member in members {
            var member = member
            if dice.perMille(250) { member.value = oddField(member, &dice) }
            result.append(member)
        }
        result.append(.init(name: "newSince", value: .object([.init(name: "version", value: .number("1.17"))])))
        return .object(result)
    }

    private func oddField(_ member: JSONValue.Member, _ dice: inout Dice) -> JSONValue {
        switch member.value {
        case .number(let text): return .string(text)
        case .bool(let value): return .string(value ? "true" : "false")
        case .string(let text) where IDSpace.number(text) != nil: return .number(text)
        case .string where ["status", "type", "statusCode", "billingModel"].contains(member.name):
            return .string("somethingNew")
        case .string, .null: return .null
        case .array, .object: return dice.perMille(500) ? .null : odd(member.value, &dice)
        }
    }
}

extension JSONValue {
    /// The object with another value for that name.
    func setting(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.name == name ? Member(name: name, value: value) : $0 })
    }

    /// The list answer with other rows.
    fileprivate func withRows(_ change: ([JSONValue]) -> [JSONValue]) -> JSONValue {
        guard case .array(let rows)? = self["data"] else { return self }
        return setting("data", .array(change(rows)))
    }
}
