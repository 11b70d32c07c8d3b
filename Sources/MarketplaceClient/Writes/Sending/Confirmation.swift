import Marketplace

/// What the body of a success proves of the write that it answers. Gateways and caches have answered with another order,
/// with a page, or with nothing: *taken* is a claim of this program, and needs an answer about this very write.
enum Confirmation: Hashable, Sendable {
    /// It is about this write, and what was asked for is there. `made` is the id of the order, account or subscription.
    case confirmed(made: String?)
    /// It is about this write, and what was asked for is not there, or not yet. Whole sentences.
    case notYet(reason: String)
    /// It is about something else, or does not say what about. Whole sentences.
    case unproven(reason: String)
}

extension AskedWrite {
    /// - Parameters:
    ///   - path: Components below the base URL to which the write was sent.
    ///   - sought: What the journal holds of the write besides its request.
    func confirmation(by json: JSONValue, path: [String], _ sought: Sought) -> Confirmation {
        guard case .object = json else { return .unproven(reason: "The answer is about nothing.") }
        switch self {
        case .order(let order): return order.confirmation(by: json, sought)
        case .withdrawal(let id):
            guard let order = Order(json), order.id == id else { return .other(than: "order \(id)", json) }
            return order.status == .cancelled ? .confirmed(made: id.rawValue) : .notYet(reason: order.stillOpen)
        case .creditCheck(let checks, let id):
            guard let order = Order(json), order.id == id else { return .other(than: "order \(id)", json) }
            return .of(order.checksCredit.map { $0 == checks }, "order \(id)", made: id.rawValue)
        case .subscription(let id, let body), .specialPrices(let id, let body):
            guard json["id"].filledText == id.rawValue else { return .other(than: "subscription \(id)", json) }
            return .of(Self.agrees(json, with: body), "subscription \(id)", made: id.rawValue)
        case .account(let key, let body):
            guard json["id"].filledText == key.id.rawValue else { return .other(than: "account \(key.id)", json) }
            return .of(Account.agrees(json, with: body), "account \(key.id)", made: key.id.rawValue)
        case .newAccount(let kind, let body): return Account.confirmation(by: json, of: kind, body, path, sought)
        case .report(let body):
            let agrees =
                json["name"].filledText != nil && json["name"].text == body["name"].text
                && (json["startDate"].instant == nil || json["startDate"].instant == body["startDate"].instant)
            guard agrees, let id = json["id"].filledText else { return .other(than: "this report", json) }
            return .confirmed(made: id)
        case .other:
            guard let id = json["id"].filledText, path.last == id else {
                return .unproven(
                    reason: "What the answer says of this request, the program cannot judge. Look at the marketplace's "
                        + "panel before you send it again.")
            }
            return .confirmed(made: id)
        }
    }

    /// Whether a subscription is as `body` asked for it: nil when it does not show all of what was asked.
    static func agrees(_ json: JSONValue, with body: JSONValue) -> Bool? {
        var shown: [Bool?] = []
        if let renews = body["renewalStatus"].truth { shown.append(json["renewalStatus"].truth.map { $0 == renews }) }
        if case .object = body["attributes"] {
            let attributes = json["attributes"]
            shown.append(
                attributes.isNull
                    ? nil : body["attributes"].attributes.allSatisfy { attributes.attributes[$0.key] == $0.value })
        }
        for price in body["products"].elements {
            let product = json["products"].elements.first { product in
                [("mpn", price["mpn"].filledText), ("id", price["id"].filledText)].allSatisfy {
                    $0.1 == nil || product[$0.0].text == $0.1
                }
            }
            for name in ["unitPrice", "unitCost", "unitProviderCost"] {
                guard let asked = price[name].tieredMoney else { continue }
                let found = product?[name].tieredMoney
                // What the provider pays is not shown to everybody.
                if name == "unitProviderCost", found == nil, !shown.isEmpty { continue }
                shown.append(found.map { $0.isSame(as: asked) })
            }
        }
        return shown.isEmpty ? nil : Bool.all(shown)
    }
}

extension AskedOrder {
    fileprivate func confirmation(by json: JSONValue, _ sought: Sought) -> Confirmation {
        guard let order = Order(json), order.id.isMarketplaces else {
            return .unproven(reason: "The answer holds no order.")
        }
        if sought.existing?.contains(order.id.rawValue) == true || sought.claimed.contains(order.id.rawValue) {
            return .unproven(reason: "The answer is about order \(order.shownNumber), which was there before.")
        }
        if let created = order.created, let earliest = sought.earliest, created < earliest.adding(seconds: -86_400) {
            return .unproven(
                reason: "The answer is about order \(order.shownNumber) of \(created.spoken) UTC, which is older.")
        }
        switch resemblance(to: order) {
        case .same: return .confirmed(made: order.id.rawValue)
        case .possible where poNumber == nil && sought.isLater(order.created) == true:
            // There is nothing more that it could agree in.
            return .confirmed(made: order.id.rawValue)
        case .possible(let reason):
            return .unproven(reason: "The answer is about order \(order.shownNumber), which \(reason).")
        case .other: return .unproven(reason: "The answer is about another order, \(order.shownNumber).")
        }
    }
}

extension Account {
    fileprivate static func confirmation(
        by json: JSONValue, of kind: Kind, _ body: JSONValue, _ path: [String], _ sought: Sought
    ) -> Confirmation {
        guard let account = Account(json, kind: kind), account.id.isMarketplaces,
            sought.existing?.contains(account.id.rawValue) != true, !sought.claimed.contains(account.id.rawValue)
        else { return .other(than: "a new account", json) }
        let emails = body["contactPersons"].elements.compactMap { $0["email"].filledText?.lowercased() }
        let isIt =
            account.name == body["name"].text
            && (account.externalID == nil || account.externalID == body["externalId"].filledText)
            && (account.contacts.isEmpty || emails.isEmpty
                || account.contacts.contains { emails.contains($0.email.lowercased()) })
            && (path.count < 3 || account.vendorAccount.map { $0.rawValue == path[1] } ?? true)
        guard isIt else { return .other(than: "this account", json) }
        return .confirmed(made: account.id.rawValue)
    }

    /// Whether an account is as `body` asked for it: nil when it does not show all of what was asked.
    static func agrees(_ json: JSONValue, with body: JSONValue) -> Bool? {
        guard case .object(let members) = body else { return nil }
        return Bool.all(
            members.map { member in
                let shown = json[member.name]
                // An empty member may be left out.
                if shown.isNull, member.value.isNull || member.value.text == "" { return true }
                if shown.isNull { return nil }
                return switch member.name {
                case "contactPersons": ContactPerson.all(in: member.value) == ContactPerson.all(in: shown)
                case "address": hasSameAddress(member.value, shown)
                default: (member.value.text ?? "") == (shown.text ?? "")
                }
            })
    }

    private static func hasSameAddress(_ asked: JSONValue, _ found: JSONValue) -> Bool {
        guard case .object(let members) = asked else { return false }
        return members.allSatisfy { ($0.value.text ?? "") == (found[$0.name].text ?? "") }
    }
}

extension ContactPerson {
    /// The persons of a list, whatever their order; a person without a role is an administrator (REFERENCE 7).
    fileprivate static func all(in json: JSONValue) -> [String] {
        json.elements.map { person in
            ([(person["type"].filledText ?? "admin").lowercased()]
                + ["firstName", "lastName", "email", "phoneNumber"].map { person[$0].text ?? "" })
                .joined(separator: "\u{1F}")
        }.sorted()
    }
}

extension Order {
    /// Its number, or its id where it has none.
    var shownNumber: String { number.isEmpty ? id.rawValue : number }
    fileprivate var stillOpen: String { "The marketplace answered, but order \(shownNumber) is still \(status.word)." }
}

extension Identifier {
    /// Whether it has the form of the marketplace's own ids: digits alone (REFERENCE 4).
    var isMarketplaces: Bool { !rawValue.isEmpty && rawValue.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

extension Confirmation {
    /// - Parameter subject: What the write is about, as a sentence names it.
    fileprivate static func other(than subject: String, _ json: JSONValue) -> Confirmation {
        let id = json["id"].filledText.map { " (its id is \($0.prefix(40)))" } ?? ""
        return .unproven(reason: "The answer is not about \(subject)\(id).")
    }

    /// - Parameter agrees: Whether what was asked for is there; nil when the answer does not show it.
    fileprivate static func of(_ agrees: Bool?, _ subject: String, made: String) -> Confirmation {
        switch agrees {
        case true?: .confirmed(made: made)
        case false?: .notYet(reason: "The marketplace answered, but \(subject) is not as it was asked for.")
        case nil: .unproven(reason: "The answer about \(subject) does not show what was asked for.")
        }
    }
}

extension Bool {
    /// Whether all are true: false as soon as one is false, nil when one is nil.
    fileprivate static func all(_ values: [Bool?]) -> Bool? {
        if values.contains(false) { return false }
        return values.contains(nil) ? nil : true
    }
}
