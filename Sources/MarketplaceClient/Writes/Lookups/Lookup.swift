import FoundationEssentials
import Marketplace

/// What the journal holds of a write besides its request, by which it is found again.
struct Sought: Sendable {
    /// In the journal.
    var id: String
    /// When the intent was written down, by this computer's clock.
    var at: Instant
    /// Seconds by which the marketplace's clock was ahead of it then; nil when that was not known.
    var secondsAhead: Double?
    /// Ids of what was there before it was sent; nil when that was not read.
    var existing: [String]?
    /// What the journal says to have been made by other writes.
    var claimed: Set<String>

    init(_ intent: JournalRecord.Intent, _ begun: JournalRecord, among records: [JournalRecord]) {
        self.init(existing: intent.existing, begun, among: records)
    }

    /// - Parameters:
    ///   - begun: The record of the intent.
    ///   - records: The journal.
    init(existing: [String]?, _ begun: JournalRecord, among records: [JournalRecord]) {
        self.existing = existing
        id = begun.id
        at = begun.at
        secondsAhead = begun.secondsAhead
        claimed = Set(
            records.compactMap { record in
                if record.id != begun.id, case .ended(.taken(let made)) = record.event { made } else { nil }
            })
    }

    /// The earliest moment at which it may have come to be, by whichever clock; nil when only this computer's clock is
    /// known, which may be off.
    var earliest: Instant? { secondsAhead.map { min(at, at.adding(seconds: $0)) } }

    /// Whether what was made at `created` came after the intent, give or take ten minutes; nil when it cannot be decided.
    func isLater(_ created: Instant?) -> Bool? {
        created.map { $0 >= (earliest ?? at).adding(seconds: -600) }
    }

    /// Whether the row can be what was sought by its time. A time that is missing, or a clock that nothing is known of,
    /// rules out nothing.
    func mayBe(_ row: Order) -> Bool {
        guard let created = row.created, let earliest else { return true }
        return created >= earliest.adding(seconds: -86_400)
    }
}

/// Looks at the marketplace for what a write may have left there. Only reads.
extension Client {
    /// Orders that are read one by one to be compared; with more nothing is said to be absent.
    private static let mostCompared = 60

    /// - Parameter records: The journal; what it says to be another write's is not taken for this one's.
    func find(
        _ intent: JournalRecord.Intent, _ begun: JournalRecord, among records: [JournalRecord]
    ) async -> LookupResult {
        do throws(MarketplaceError) {
            let sought = Sought(intent, begun, among: records)
            let result = try await find(AskedWrite(intent), intent, sought)
            if case .absent(let how, _) = result, intent.isTakenOver {
                return .unclear(
                    reason:
                        "\(profile.user) sees nothing of it: \(how). An older version wrote it down, without its user: "
                        + "another user may have sent it. Look for it as every user of this marketplace before you send "
                        + "it again.")
            }
            guard case .absent = result, let later = intent.undone(after: begun.id, in: records) else {
                return result
            }
            return .unclear(
                reason:
                    "It is not so now, but it may have been: a \(later.name ?? "change of the same") was sent after "
                    + "it. Look at what is there before you ask for it again.")
        } catch {
            return .unclear(reason: "It could not be looked up: \(error.message)")
        }
    }

    /// As above for a line of which only a part can be made out: it was surely not taken only when the customer has no
    /// new order at all that is not accounted for.
    func find(_ line: DamagedLine, _ begun: JournalRecord, among records: [JournalRecord]) async -> LookupResult {
        guard line.value(of: "path") == "/orders", line.value(of: "method") == "POST", let customer = line.customer
        else {
            return .unclear(reason: line.reason)
        }
        let sought = Sought(existing: nil, begun, among: records)
        do throws(MarketplaceError) {
            let list = try await fresh(OrderQuery(customer: customer))
            let rows = list.rows.filter { sought.mayBe($0) && !sought.claimed.contains($0.id.rawValue) }
            for row in rows.prefix(Self.mostCompared) {
                let order = try await full(row)
                if let number = line.value(of: "poNumber"), order.poNumber == number {
                    return .taken(
                        made: order.id.rawValue,
                        how:
                            "found by its PO number \(number) as order \(order.shownNumber), though its line is damaged"
                    )
                }
            }
            guard rows.isEmpty, list.isWhole else { return .unclear(reason: line.reason) }
            return .absent(how: "customer \(customer) has no new order")
        } catch {
            return .unclear(reason: "\(line.reason) It could not be looked up: \(error.message)")
        }
    }

    private func find(
        _ asked: AskedWrite, _ intent: JournalRecord.Intent, _ sought: Sought
    ) async throws(MarketplaceError) -> LookupResult {
        switch asked {
        case .order(let order): return try await find(order, sought)
        case .withdrawal(let id): return try await findWithdrawal(of: id)
        case .creditCheck(let checks, let id):
            guard let now = try await fresh(id).checksCredit else {
                return .unclear(
                    reason: "Order \(id) does not show whether its credit is checked. Look at it in the marketplace's "
                        + "panel before you send it again.")
            }
            return now == checks
                ? .taken(made: id.rawValue, how: "order \(id) says so")
                : .absent(how: "the credit check of order \(id) is as it was")
        case .subscription(let id, let body), .specialPrices(let id, let body):
            return try await findChange(of: id, body)
        case .newAccount(let kind, let body): return try await findAccount(kind, body, sought)
        case .account(let key, let body): return try await findEdit(of: key, body)
        case .report(let body): return try await findReport(body, sought)
        case .other:
            return .unclear(
                reason: "This program cannot look up a request to \(intent.path). Look at the marketplace's panel "
                    + "before you send it again.")
        }
    }

    // MARK: Orders

    /// The orders of the customer that came to be since the write, are no other write's, and may be it.
    struct Alike: Sendable {
        /// Oldest first.
        var same: [Order] = []
        var possible: [(order: Order, reason: String)] = []
        /// Whether every order that it could be among was compared.
        var isWhole = true
    }

    func alike(
        _ asked: AskedOrder, of customer: Account.ID, _ sought: Sought
    ) async throws(MarketplaceError) -> Alike {
        // No filter by time: a server that reads or keeps times otherwise would leave out the very order.
        let list = try await fresh(OrderQuery(customer: customer))
        let rows = list.rows.filter { row in
            asked.mayBe(row) && sought.mayBe(row) && !sought.claimed.contains(row.id.rawValue)
                && sought.existing?.contains(row.id.rawValue) != true
        }
        var alike = Alike(isWhole: list.isWhole && rows.count <= Self.mostCompared)
        for row in rows.prefix(Self.mostCompared) {
            let order = try await full(row)
            switch asked.resemblance(to: order) {
            case .same: alike.same.append(order)
            case .possible(let reason): alike.possible.append((order, reason))
            case .other: break
            }
        }
        alike.same.sort { ($0.created ?? sought.at, $0.id.rawValue) < ($1.created ?? sought.at, $1.id.rawValue) }
        return alike
    }

    private func find(_ asked: AskedOrder, _ sought: Sought) async throws(MarketplaceError) -> LookupResult {
        guard let customer = asked.customer else {
            return .unclear(reason: "The order names no customer. Look at the newest orders before you send it again.")
        }
        let alike = try await alike(asked, of: customer, sought)
        // Where equal orders were not read before, one that is older may have the same PO number.
        let mine = alike.same.filter { sought.existing != nil || sought.isLater($0.created) == true }
        if let order = mine.first {
            return .taken(
                made: order.id.rawValue,
                how: "found by its PO number \(asked.poNumber ?? "") as order \(order.shownNumber)",
                warning: alike.warning(besides: order, asked))
        }
        if let order = alike.same.first {
            return .unclear(
                reason: "Order \(order.shownNumber) has the same PO number and asks for the same, but may be older. "
                    + "Compare it with what you meant to order before you send it again.")
        }
        if let (order, reason) = alike.possible.first {
            return .unclear(
                reason: "This may be yours: order \(order.shownNumber) \(reason). Compare it with what you meant to "
                    + "order before you send it again.")
        }
        guard alike.isWhole else {
            return .unclear(
                reason: "The orders of customer \(customer) could not all be read. Look for the PO number "
                    + "\(asked.poNumber ?? "of the order") among them before you send it again.")
        }
        return .absent(
            how: "customer \(customer) has no such order"
                + (asked.poNumber.map { " with the PO number \($0)" } ?? ""))
    }

    private func findWithdrawal(of id: Order.ID) async throws(MarketplaceError) -> LookupResult {
        let order = try await fresh(id)
        if order.status == .cancelled {
            return .taken(made: id.rawValue, how: "order \(order.shownNumber) is withdrawn")
        }
        return .absent(how: "order \(order.shownNumber) is \(order.status.word)", isOpen: !order.status.isFinal)
    }

    // MARK: Subscriptions

    private func findChange(of id: Subscription.ID, _ body: JSONValue) async throws(MarketplaceError) -> LookupResult {
        let json = try await connection.value(for: SubscriptionDetail.read(id)) { $0["id"].isNull ? nil : $0 }
        guard let isSo = AskedWrite.agrees(json, with: body) else {
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
        _ kind: Account.Kind, _ body: JSONValue, _ sought: Sought
    ) async throws(MarketplaceError) -> LookupResult {
        guard let name = body["name"].filledText else {
            return .unclear(
                reason: "The account has no name to look for. Look at the newest accounts before you send it again.")
        }
        let list = try await fresh(kind == .reseller ? .resellersNamed(name) : .customersNamed(name))
        let emails = Set(body["contactPersons"].elements.compactMap { $0["email"].filledText?.lowercased() })
        let externalID = body["externalId"].filledText
        let rows = list.rows.filter { row in
            (row.name.isEmpty || row.name.lowercased() == name.lowercased())
                && !sought.claimed.contains(row.id.rawValue) && sought.existing?.contains(row.id.rawValue) != true
        }
        for row in rows {
            let account = try await fresh(AccountKey(kind: kind, id: row.id))
            guard account.name.isEmpty || account.name.lowercased() == name.lowercased() else { continue }
            let isIt =
                externalID.map { $0 == account.externalID } ?? false
                || account.contacts.contains { emails.contains($0.email.lowercased()) }
            if isIt, sought.existing != nil {
                return .taken(
                    made: account.id.rawValue, how: "found by its name and contact person as account \(account.id)")
            }
            guard isIt || account.contacts.isEmpty else { continue }
            return .unclear(
                reason:
                    "An account of this name exists: \(account.id). Whether it is this one or an older one cannot be "
                    + "decided; compare it before you send it again.")
        }
        guard list.isWhole else {
            return .unclear(
                reason: "The accounts named \(name) could not all be read. Look for it before you send it again.")
        }
        return .absent(how: "there is no such account named \(name)")
    }

    private func findEdit(of key: AccountKey, _ body: JSONValue) async throws(MarketplaceError) -> LookupResult {
        let json = try await connection.value(for: Account.read(key)) { $0["id"].isNull ? nil : $0 }
        guard let isSo = Account.agrees(json, with: body) else {
            return .unclear(
                reason: "What was asked for is not shown by account \(key.id). Look at it in the marketplace's panel "
                    + "before you send it again.")
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
        _ body: JSONValue, _ sought: Sought
    ) async throws(MarketplaceError) -> LookupResult {
        let name = body["name"].filledText ?? ""
        let list = try await fresh(ReportQuery(name: name))
        let alike = list.rows.filter { report in
            report.name == name && report.from == body["startDate"].instant
                && !sought.claimed.contains(report.id.rawValue)
                && (body["endDate"].isNull || report.to == body["endDate"].instant)
        }
        let isLater = { (report: Report) in sought.isLater(report.created) }
        if let report = alike.first(where: { isLater($0) == true }) {
            return .taken(made: report.id.rawValue, how: "found by its name and time as report \(report.id)")
        }
        if let report = alike.first(where: { isLater($0) == nil }) {
            return .unclear(
                reason: "Report \(report.id) has this name and these dates, but not when it was asked for.")
        }
        return list.isWhole
            ? .absent(how: "there is no such report named \(name)")
            : .unclear(reason: "The reports could not all be read. Look for it before you send it again.")
    }
}

extension Client.Alike {
    /// What a person must know who meant one order; nil when there is but one.
    /// - Parameter order: The one that is this write's.
    func warning(besides order: Order, _ asked: AskedOrder) -> String? {
        let others = same.filter { $0.id != order.id }
        if !others.isEmpty {
            return "More than one order has the PO number \(asked.poNumber ?? ""): \(order.shownNumber) and "
                + "\(others.map(\.shownNumber).joined(separator: ", ")). If you meant one, withdraw the others while "
                + "they are open."
        }
        guard let (other, reason) = possible.first(where: { $0.order.id != order.id }) else { return nil }
        return
            "Besides order \(order.shownNumber) there is order \(other.shownNumber), which \(reason). If only one was "
            + "meant, withdraw the other while it is open."
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
