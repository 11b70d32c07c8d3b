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
            add("known", intent.existing)
            add("endedOn", intent.endedOn?.description)
            add("intent", intent.intentID)
        case .ended(.taken(let made)):
            add("event", "taken")
            add("made", made)
        case .ended(.refused(let reason)):
            add("event", "refused")
            add("reason", reason)
        case .ended(.unknown(let reason)):
            add("event", "unknown")
            add("reason", reason)
        case .checked(let verification):
            add("event", "checked")
            add("verdict", verification.verdict.rawValue)
            add("order", verification.order)
            add("subscription", verification.subscription?.rawValue)
            add("parts", verification.parts.isEmpty ? nil : .array(verification.parts.map(\.json)))
            add("reason", verification.reason)
            add("warning", verification.warning)
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
        case "checked": event = .checked(Verification(json))
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
            existing: json["known"].isNull ? nil : json["known"].elements.compactMap(\.text),
            endedOn: json["endedOn"].date, intentID: json["intent"].filledText)
    }
}

extension Verification {
    /// Older versions wrote a warning alone, or nothing where all was as it should be.
    fileprivate init(_ json: JSONValue) {
        let warning = json["warning"].filledText
        let verdict =
            json["verdict"].text.flatMap { Verdict(rawValue: $0) } ?? (warning == nil ? .met : .differs)
        let parts = json["parts"].elements.compactMap(Part.init)
        self.init(
            verdict, order: json["order"].filledText, subscription: json["subscription"].identifier(), parts: parts,
            reason: json["reason"].text, writtenWords: verdict == .differs && parts.isEmpty ? warning : nil)
    }
}

extension Verification.Part {
    fileprivate var json: JSONValue {
        .object([
            "asked": .string(asked), "found": found.map(JSONValue.string), "kind": .string(kind.rawValue),
            "met": .bool(isMet), "product": product.map(JSONValue.string),
        ])
    }

    fileprivate init?(_ json: JSONValue) {
        guard let kind = json["kind"].text.flatMap({ Kind(rawValue: $0) }), let asked = json["asked"].text,
            let isMet = json["met"].truth
        else { return nil }
        self.init(kind, of: json["product"].text, asked: asked, found: json["found"].text, isMet: isMet)
    }
}
