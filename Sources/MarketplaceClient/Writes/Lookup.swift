import FoundationEssentials
import Marketplace

/// Looks at the marketplace for what a write may have left there. Only reads.
extension Client {
    /// - Parameters:
    ///   - id: Of the write in the journal.
    ///   - at: When the intent was written down.
    ///   - records: The journal; what it says to be another write's is not taken for this one's.
    func find(
        _ intent: JournalRecord.Intent, id: String, at: Instant, among records: [JournalRecord]
    ) async -> Finding {
        do throws(MarketplaceError) {
            let finding = try await find(AskedWrite(intent), intent, at: at, among: records)
            if case .absent(let how) = finding, intent.isTakenOver {
                return .unclear(
                    reason:
                        "\(profile.user) sees nothing of it: \(how). An older version wrote it down, without its user: "
                        + "another user may have sent it. Look for it as every user of this marketplace before you send "
                        + "it again.")
            }
            guard case .absent = finding, let later = intent.undone(after: id, in: records) else { return finding }
            return .unclear(
                reason:
                    "It is not so now, but it may have been: a \(later.name ?? "change of the same") was sent after "
                    + "it. Look at what is there before you ask for it again.")
        } catch {
            return .unclear(reason: "It could not be looked up: \(error.message)")
        }
    }

    private func find(
        _ asked: AskedWrite, _ intent: JournalRecord.Intent, at: Instant, among records: [JournalRecord]
    ) async throws(MarketplaceError) -> Finding {
        switch asked {
        case .order(let order):
            return try await find(order, at: at, known: intent.known, claimed: JournalRecord.made(in: records))
        case .withdrawal(let id): return try await findWithdrawal(of: id)
        case .creditCheck(let checks, let id):
            let isSo = try await fresh(id).checksCredit == checks
            return isSo
                ? .taken(made: id.rawValue, how: "order \(id) says so")
                : .absent(how: "the credit check of order \(id) is as it was")
        case .subscription(let id, let body): return try await findChange(of: id, body)
        case .specialPrices(let id, let body): return try await findChange(of: id, body)
        case .newAccount(let kind, let body):
            return try await findAccount(
                kind, body, known: intent.known, claimed: JournalRecord.made(in: records))
        case .account(let key, let body): return try await findEdit(of: key, body)
        case .report(let body):
            return try await findReport(body, at: at, claimed: JournalRecord.made(in: records))
        case .other:
            return .unclear(
                reason: "This program cannot look up a request to \(intent.path). Look at the marketplace's panel "
                    + "before you send it again.")
        }
    }

    // MARK: Orders

    private func find(
        _ asked: AskedOrder, at: Instant, known: [String]?, claimed: Set<String>
    ) async throws(MarketplaceError) -> Finding {
        guard let customer = asked.customer else {
            return .unclear(reason: "The order names no customer. Look at the newest orders before you send it again.")
        }
        // Clocks may differ. Where nobody looked for equal orders before, older ones must not be taken for this one.
        let from = at.adding(seconds: known == nil ? -600 : -86_400)
        let list = try await fresh(OrderQuery(customer: customer, createdFrom: from))
        var alike: [Order] = []
        for row in list.rows where asked.mayBe(row) && !claimed.contains(row.id.rawValue) {
            guard known?.contains(row.id.rawValue) != true else { continue }
            let order = try await full(row)
            if asked.matches(order) { alike.append(order) }
        }
        if let number = asked.poNumber {
            if let order = alike.first(where: { $0.poNumber == number }) {
                return .taken(
                    made: order.id.rawValue, how: "found by its PO number \(number) as order \(order.shownNumber)")
            }
        } else if let order = alike.first {
            return .unclear(
                reason:
                    "Order \(order.shownNumber) asks for the same, but without a PO number nobody can say whether it "
                    + "is this one. Compare it with what you meant to order before you send it again.")
        }
        guard list.isWhole else {
            return .unclear(
                reason: "The orders of customer \(customer) could not all be read. Look for the PO number "
                    + "\(asked.poNumber ?? "of the order") among them before you send it again.")
        }
        return .absent(
            how: "customer \(customer) has no such order"
                + (asked.poNumber.map { " with the PO number \($0)" } ?? ""))
    }

    private func findWithdrawal(of id: Order.ID) async throws(MarketplaceError) -> Finding {
        let order = try await fresh(id)
        if order.status == .cancelled {
            return .taken(made: id.rawValue, how: "order \(order.shownNumber) is withdrawn")
        }
        return .absent(how: "order \(order.shownNumber) is \(order.status.word)")
    }

    // MARK: Subscriptions

    private func findChange(of id: Subscription.ID, _ body: JSONValue) async throws(MarketplaceError) -> Finding {
        let json = try await connection.value(for: SubscriptionDetail.read(id)) { $0["id"].isNull ? nil : $0 }
        var tells = false
        var isSo = true
        if let renews = body["renewalStatus"].truth {
            tells = true
            isSo = isSo && json["renewalStatus"].truth == renews
        }
        if case .object = body["attributes"] {
            tells = true
            isSo =
                isSo && body["attributes"].attributes.allSatisfy { json["attributes"].attributes[$0.key] == $0.value }
        }
        for price in body["products"].elements {
            let product = json["products"].elements.first { product in
                [("mpn", price["mpn"].filledText), ("id", price["id"].filledText)].allSatisfy {
                    $0.1 == nil || product[$0.0].text == $0.1
                }
            }
            for name in ["unitPrice", "unitCost"] {
                guard let asked = price[name].money else { continue }
                tells = true
                isSo = isSo && product?[name].money == asked
            }
        }
        guard tells else {
            return .unclear(
                reason: "What was asked for is not shown by subscription \(id). Look at it in the marketplace's panel "
                    + "before you send it again.")
        }
        return isSo
            ? .taken(made: id.rawValue, how: "subscription \(id) is as it was asked for")
            : .absent(how: "subscription \(id) is not as it was asked for")
    }

    // MARK: Accounts

    private func findAccount(
        _ kind: Account.Kind, _ body: JSONValue, known: [String]?, claimed: Set<String>
    ) async throws(MarketplaceError) -> Finding {
        guard let name = body["name"].filledText else {
            return .unclear(
                reason: "The account has no name to look for. Look at the newest accounts before you send it again.")
        }
        let list = try await fresh(kind == .reseller ? .resellersNamed(name) : .customersNamed(name))
        let emails = Set(body["contactPersons"].elements.compactMap { $0["email"].filledText?.lowercased() })
        let externalID = body["externalId"].filledText
        for row in list.rows where row.name == name && !claimed.contains(row.id.rawValue) {
            guard known?.contains(row.id.rawValue) != true else { continue }
            let account = try await fresh(AccountKey(kind: kind, id: row.id))
            let isIt =
                externalID.map { $0 == account.externalID } ?? false
                || account.contacts.contains { emails.contains($0.email.lowercased()) }
            guard isIt else { continue }
            guard known != nil else {
                return .unclear(
                    reason: "An account of this name exists: \(account.id). Whether it is this one or an older one "
                        + "cannot be told; compare it before you send it again.")
            }
            return .taken(
                made: account.id.rawValue, how: "found by its name and contact person as account \(account.id)")
        }
        guard list.isWhole else {
            return .unclear(
                reason: "The accounts named \(name) could not all be read. Look for it before you send it again.")
        }
        return .absent(how: "there is no such account named \(name)")
    }

    private func findEdit(of key: AccountKey, _ body: JSONValue) async throws(MarketplaceError) -> Finding {
        let json = try await connection.value(for: Account.read(key)) { $0["id"].isNull ? nil : $0 }
        guard case .object(let members) = body else {
            return .unclear(reason: "The change is not readable. Look at the account before you send it again.")
        }
        let isSo = members.allSatisfy { member in
            switch member.name {
            case "contactPersons":
                ContactPerson.all(in: member.value) == ContactPerson.all(in: json["contactPersons"])
            case "address": Account.hasSameAddress(member.value, json["address"])
            default: (member.value.text ?? "") == (json[member.name].text ?? "")
            }
        }
        if !isSo { return .absent(how: "account \(key.id) is not as it was asked for") }
        if body["contactPersons"].elements.contains(where: { !$0["password"].isNull }) {
            return .unclear(
                reason:
                    "Account \(key.id) is as it was asked for, but whether the new password was taken cannot be seen. "
                    + "Let its owner sign in before you send it again.")
        }
        return .taken(made: key.id.rawValue, how: "account \(key.id) is as it was asked for")
    }

    // MARK: Reports

    private func findReport(
        _ body: JSONValue, at: Instant, claimed: Set<String>
    ) async throws(MarketplaceError) -> Finding {
        let name = body["name"].filledText ?? ""
        let list = try await fresh(ReportQuery(name: name))
        let found = list.rows.first { report in
            report.name == name && report.from == body["startDate"].instant && !claimed.contains(report.id.rawValue)
                && (body["endDate"].isNull || report.to == body["endDate"].instant)
                && report.created.map { $0 >= at.adding(seconds: -600) } ?? false
        }
        if let found { return .taken(made: found.id.rawValue, how: "found by its name and time as report \(found.id)") }
        return list.isWhole
            ? .absent(how: "there is no such report named \(name)")
            : .unclear(reason: "The reports could not all be read. Look for it before you send it again.")
    }
}

extension Order {
    /// Its number, or its id where it has none.
    var shownNumber: String { number.isEmpty ? id.rawValue : number }
}

extension JournalRecord {
    /// The ids of everything that the journal says to have been made.
    fileprivate static func made(in records: [JournalRecord]) -> Set<String> {
        Set(records.compactMap { if case .ended(.taken(let made)) = $0.event { made } else { nil } })
    }
}

extension JournalRecord.Intent {
    /// The newest write that changed the same fields of the same thing after this one, unless it was refused: what this
    /// one asked for may have been so before.
    /// - Parameter id: Of this one.
    fileprivate func undone(after id: String, in records: [JournalRecord]) -> JournalRecord.Intent? {
        guard method == "PATCH", let own = records.firstIndex(where: { $0.id == id }) else { return nil }
        let refused = Set(
            records.compactMap { record in if case .ended(.refused) = record.event { record.id } else { nil } })
        let fields = fields
        return records[(own + 1)...].lazy.compactMap { record -> JournalRecord.Intent? in
            guard case .intended(let other) = record.event, !refused.contains(record.id), other.method == method,
                other.path == path, other.request != request,
                !fields.isDisjoint(with: other.fields)
            else { return nil }
            return other
        }.last
    }

    private var fields: Set<String> {
        guard let json = try? JSONValue(parsing: Array(request.utf8)), case .object(let members) = json else {
            return []
        }
        return Set(members.map(\.name))
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

extension Account {
    fileprivate static func hasSameAddress(_ asked: JSONValue, _ found: JSONValue) -> Bool {
        guard case .object(let members) = asked else { return false }
        return members.allSatisfy { ($0.value.text ?? "") == (found[$0.name].text ?? "") }
    }
}
