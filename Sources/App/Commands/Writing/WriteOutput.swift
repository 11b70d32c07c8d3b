import FoundationEssentials
import Marketplace
import MarketplaceClient
import Screen

/// What a command says of a write that was taken.
struct WriteOutput: Sendable {
    let run: WriteRun
    /// In the journal.
    let entry: JournalEntry?
    let intent: String?

    private var client: Client { run.client }

    func taken(_ result: WriteResult, _ dryRun: DryRun?, _ customer: Account?) async throws {
        if !run.format.isJSON { try print(sentence(result, dryRun, customer)) }
        try await finish(result, isRepeated: false)
    }

    func repeated(_ entry: JournalEntry) async throws {
        let result = await read(entry)
        if !run.format.isJSON {
            let what =
                if case .order(let order)? = result { "Order \(order.shownNumber) was placed" } else {
                    "The \(entry.name) was taken"
                }
            let time = (entry.endedAt ?? entry.at).utcTime.prefix(5)
            try print(
                "\(what.replacing(" was placed", with: entry.method == "POST" ? " was placed" : " was changed")) "
                    + "by this intent at \(time) UTC; nothing is sent.")
        }
        try await finish(result, isRepeated: true)
    }

    /// What was made, as it is now; nil where it cannot be read.
    private func read(_ entry: JournalEntry) async -> WriteResult? {
        guard let made = entry.outcome.made else { return nil }
        switch entry.path.split(separator: "/").first {
        case "orders": return (try? await client.orders.value(for: Order.ID(made))).map(WriteResult.order)
        case "subscriptions":
            return (try? await client.subscriptions.value(for: .init(made))).map(WriteResult.subscription)
        case "customers", "resellers":
            let kind: Account.Kind = entry.path.hasPrefix("/customers") ? .customer : .reseller
            return (try? await client.accounts.value(for: AccountKey(kind: kind, id: .init(made)))).map(
                WriteResult.account)
        case "reports": return (try? await client.reports.value(for: .init(made))).map(WriteResult.report)
        default: return nil
        }
    }

    private func finish(_ result: WriteResult?, isRepeated: Bool) async throws {
        var waiting: OrderWait?
        if case .order(let order)? = result, let text = run.arguments.value("wait") {
            let wait = try await OrderWait.follow(
                order, for: try TypedValue.duration(text, option: "--wait"), client, run.session.clock)
            if !run.format.isJSON, let words = wait.words { try print(words) }
            waiting = wait
        }
        if case .json(let isIndented) = run.format {
            let json = ResultJSON.json(
                result: waiting.map { .order($0.order) } ?? result, entry: entry, intent: intent,
                isRepeated: isRepeated,
                waited: waiting)
            try print(isIndented ? json.indented : json.line)
        }
        if let warning = entry?.warning { run.session.read.notes.note("souk: \(warning)") }
        if let error = waiting?.error { throw error }
    }

    /// Prints what must not undo that the write was taken: when it cannot be printed, the error says so.
    private func print(_ text: String) throws {
        do {
            try printOutput(
                run.format.isJSON
                    ? text : text.split(separator: "\n").map { String($0).plainLine }.joined(separator: "\n"))
        } catch {
            let reason = (error as? CommandError)?.message ?? "nobody reads the standard output."
            let entry = run.entry.rawValue.prefix(8)
            var failure = CommandError(
                .outputFailed, "It was taken, but \(reason)", hint: "souk journal show \(entry) has what became of it.")
            failure.outcome = .taken
            throw failure
        }
    }

    // MARK: Words

    private func sentence(_ result: WriteResult, _ dryRun: DryRun?, _ customer: Account?) -> String {
        let name = customer.map { "\($0.title) \($0.id)" }
        let changes = dryRun.map { $0.intent.changes(since: $0).joined(separator: "; ") } ?? ""
        switch result {
        case .order(let order):
            let owner = name ?? "customer \(order.customer)"
            if case .withdraw? = dryRun?.intent { return "Order \(order.shownNumber) of \(owner) is withdrawn." }
            if case .creditCheck? = dryRun?.intent {
                return "Order \(order.shownNumber) of \(owner) is changed: \(changes)."
            }
            let price = dryRun?.estimate?.total.map { ", \($0)" } ?? ""
            let isChange = dryRun?.intent.subscription != nil
            return "Order \(order.shownNumber) is placed for \(owner): \(bought(dryRun) ?? changes)\(price)"
                + (isChange && !price.isEmpty ? " for this \(order.kind == .change ? "change" : "order")" : "")
                + ". It is \(order.status.word)."
        case .subscription(let detail):
            let owner = name ?? "customer \(detail.subscription.customer)"
            return "Subscription \(detail.subscription.id) of \(owner) is changed: \(changes)."
        case .report(let report): return "Report \(report.id) \(report.name) is \(report.status.word)."
        case .account(let account):
            if case .create? = dryRun?.intent {
                return
                    "\(account.kind == .reseller ? "Reseller" : "Customer") \(account.id) \(account.title) is created."
            }
            return
                "\(account.kind == .reseller ? "Reseller" : "Customer") \(account.id) \(account.title) is changed: \(changes)."
        }
    }

    /// `3 x Aurora 365 Business Premium`.
    private func bought(_ dryRun: DryRun?) -> String? {
        guard case .place(.sales(let order))? = dryRun?.intent else { return nil }
        return order.lines.map { "\($0.quantity) x \($0.product.title)" }.joined(separator: "; ")
    }
}

extension Order {
    /// Its number, or its id where it has none.
    var shownNumber: String { number.isEmpty ? id.rawValue : number }
}

/// The result of a write as an object for scripts.
enum ResultJSON {
    static let subscription: FieldType = .object(SubscriptionsNoun.definitions)

    static let definitions: [FieldDefinition] = [
        FieldDefinition("account", .object(AccountFields.all.compactMap(\.definition)), presence: .whenRead),
        FieldDefinition("correlationId", .text, presence: .whenRead),
        FieldDefinition("entry", .text, presence: .whenRead),
        FieldDefinition("intent", .text),
        FieldDefinition(
            "made",
            .object([
                FieldDefinition("id", .id), FieldDefinition("kind", .text), FieldDefinition("number", .text),
            ]), presence: .whenRead),
        FieldDefinition("order", .object(OrdersNoun.definitions), presence: .whenRead),
        FieldDefinition("outcome", .word(["taken"]), isNullable: false, presence: .whenRead),
        FieldDefinition("report", .object(ReportsNoun.definitions), presence: .whenRead),
        FieldDefinition("repeated", .flag, isNullable: false, presence: .whenRead),
        FieldDefinition(
            "waited",
            .object([
                FieldDefinition("seconds", .integer, isNullable: false),
                FieldDefinition("status", .text, isNullable: false),
            ]), presence: .whenRead),
        FieldDefinition("warning", .text, presence: .whenRead),
    ]

    static func json(
        result: WriteResult?, entry: JournalEntry?, intent: String?, isRepeated: Bool, waited: OrderWait?
    ) -> JSON {
        var members: [(String, JSON)] = [
            ("correlationId", .text(orNull: entry?.correlationID)), ("entry", .text(orNull: entry?.id.rawValue)),
            ("intent", .text(orNull: intent)), ("outcome", "taken"), ("repeated", .flag(isRepeated)),
            ("warning", .text(orNull: entry?.warning)), ("waited", waited?.json ?? .null),
        ]
        var facts = Facts(now: Instant(millisecondsSince1970: 0))
        switch result {
        case .order(let order):
            facts.entities.insert(order)
            members += [
                ("order", OrdersNoun.json(order, facts)),
                ("made", made(order.id.rawValue, order.kind.word, order.number)),
            ]
        case .subscription(let detail):
            members += [
                ("subscription", json(detail)), ("made", made(detail.subscription.id.rawValue, "subscription", nil)),
            ]
        case .account(let account):
            facts.entities.insertInFull(account)
            members += [
                ("account", CustomersNoun.json(account, facts)),
                ("made", made(account.id.rawValue, account.kind.wire, nil)),
            ]
        case .report(let report):
            members += [
                ("report", ReportsNoun.json(report, facts)), ("made", made(report.id.rawValue, "report", nil)),
            ]
        case nil: members.append(("made", made(entry?.outcome.made, nil, nil)))
        }
        return JSON.object([]).adding(members)
    }

    static func json(_ detail: SubscriptionDetail) -> JSON {
        var facts = Facts(now: Instant(millisecondsSince1970: 0))
        facts.entities.insert(detail)
        return SubscriptionsNoun.json(detail.subscription, facts)
    }

    private static func made(_ id: String?, _ kind: String?, _ number: String?) -> JSON {
        ["id": .text(orNull: id), "kind": .text(orNull: kind), "number": .text(orNull: number)]
    }
}
