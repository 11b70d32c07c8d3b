import Marketplace

extension JournalRecord {
    /// One line of a journal file, without its line break.
    var line: String {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        func add(_ name: String, _ text: String?) { add(name, text.map(JSONValue.string)) }
        func add(_ name: String, _ texts: [String]?) { add(name, texts.map { .array($0.map(JSONValue.string)) }) }
        add("id", id)
        add("at", at.description)
        switch event {
        case .intended(let intent):
            add("event", "intended")
            add("profile", intent.profile)
            add("place", intent.place)
            add("user", intent.user)
            add("takenOver", intent.isTakenOver ? .bool(true) : nil)
            add("method", intent.method)
            add("path", intent.path)
            add("name", intent.name)
            add("customer", intent.customer?.rawValue)
            add("subscription", intent.subscription?.rawValue)
            add("poNumber", intent.poNumber)
            add("request", (try? JSONValue(parsing: Array(intent.request.utf8))) ?? .string(intent.request))
            add("changes", intent.changes.isEmpty ? nil : intent.changes)
            add("group", intent.group)
            add("known", intent.known)
        case .ended(.taken(let made)):
            add("event", "taken")
            add("made", made)
        case .ended(.refused(let reason)):
            add("event", "refused")
            add("reason", reason)
        case .ended(.unknown(let reason)):
            add("event", "unknown")
            add("reason", reason)
        case .checked(let warning):
            add("event", "checked")
            add("warning", warning)
        case .noticed(let warning):
            add("event", "noticed")
            add("warning", warning)
        // The line itself stays where it is.
        case .damaged: add("event", "damaged")
        }
        add("correlationID", correlationID)
        add("settledBy", settledBy)
        add("secondsAhead", secondsAhead.map { .number(String($0)) } as JSONValue?)
        add("accepted", isAccepted ? JSONValue.bool(true) : nil)
        return JournalLine.text(of: members)
    }

    /// Nil when it is of a kind that this version does not know.
    init?(_ json: JSONValue) {
        guard let id = json["id"].filledText, let at = json["at"].instant else { return nil }
        let event: Event
        switch json["event"].text {
        case "intended":
            guard let intent = Intent(json) else { return nil }
            event = .intended(intent)
        case "taken": event = .ended(.taken(id: json["made"].text))
        case "refused": event = .ended(.refused(reason: json["reason"].text ?? ""))
        case "unknown": event = .ended(.unknown(reason: json["reason"].text ?? ""))
        case "checked": event = .checked(warning: json["warning"].text)
        case "noticed": event = .noticed(json["warning"].text ?? "")
        default: return nil
        }
        self.init(
            id: id, at: at, event: event, correlationID: json["correlationID"].filledText,
            settledBy: json["settledBy"].filledText,
            secondsAhead: json["secondsAhead"].text.flatMap { Double($0) }, isAccepted: json["accepted"].truth ?? false)
    }
}

extension JournalRecord.Intent {
    fileprivate init?(_ json: JSONValue) {
        guard let method = json["method"].text, let path = json["path"].text else { return nil }
        let request = json["request"]
        self.init(
            profile: json["profile"].text ?? "", place: json["place"].filledText, user: json["user"].filledText,
            isTakenOver: json["takenOver"].truth ?? false, method: method, path: path, name: json["name"].filledText,
            customer: json["customer"].identifier(), subscription: json["subscription"].identifier(),
            poNumber: json["poNumber"].text, request: request.text ?? request.encoded,
            changes: json["changes"].elements.compactMap(\.text), group: json["group"].filledText,
            known: json["known"].isNull ? nil : json["known"].elements.compactMap(\.text))
    }
}
