import Marketplace

extension JournalRecord {
    /// One line of a journal file, without its line break.
    var line: String {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add("id", .string(id))
        add("at", .string(at.description))
        switch event {
        case .intended(let intent):
            add("event", .string("intended"))
            add("profile", .string(intent.profile))
            add("method", .string(intent.method))
            add("path", .string(intent.path))
            add("customer", (intent.customer?.rawValue).map(JSONValue.string))
            add("poNumber", intent.poNumber.map(JSONValue.string))
            add("request", (try? JSONValue(parsing: Array(intent.request.utf8))) ?? .string(intent.request))
        case .ended(.taken(let made)):
            add("event", .string("taken"))
            add("made", made.map(JSONValue.string))
        case .ended(.refused(let reason)):
            add("event", .string("refused"))
            add("reason", .string(reason))
        case .ended(.unknown(let reason, let correlationID)):
            add("event", .string("unknown"))
            add("reason", .string(reason))
            add("correlationID", correlationID.map(JSONValue.string))
        }
        return JSONValue.object(members).encoded
    }

    /// Nil when the line is torn, or of a kind that this version does not know.
    init?(line: some Collection<UInt8>) {
        guard let json = try? JSONValue(parsing: Array(line)), let id = json["id"].filledText,
            let at = json["at"].instant
        else { return nil }
        let event: Event
        switch json["event"].text {
        case "intended":
            guard let method = json["method"].text, let path = json["path"].text else { return nil }
            let request = json["request"]
            event = .intended(
                Intent(
                    profile: json["profile"].text ?? "", method: method, path: path,
                    customer: json["customer"].identifier(), poNumber: json["poNumber"].text,
                    request: request.text ?? request.encoded))
        case "taken": event = .ended(.taken(id: json["made"].text))
        case "refused": event = .ended(.refused(reason: json["reason"].text ?? ""))
        case "unknown":
            event = .ended(.unknown(reason: json["reason"].text ?? "", correlationID: json["correlationID"].text))
        default: return nil
        }
        self.init(id: id, at: at, event: event)
    }
}
