import FoundationEssentials
import Marketplace
import MarketplaceClient

/// The review as an object for scripts.
enum ReviewJSON {
    private static let estimate: FieldType = .object([
        FieldDefinition("charges", .list(OrdersNoun.charges.type), isNullable: false),
        FieldDefinition("lines", .list(OrdersNoun.lines(of: noOrder).type), isNullable: false),
        FieldDefinition("total", .money),
    ])

    private static var noOrder: Order { Order(id: "", number: "", kind: .sales, customer: "", status: .submitted) }

    /// A command prints a review or a result: what both do not have may be absent.
    static let definitions: [FieldDefinition] = [
        FieldDefinition("accepts", .list(.text), isNullable: false, presence: .whenRead),
        FieldDefinition("act", .text, isNullable: false, presence: .whenRead),
        FieldDefinition("asOf", .moment, isNullable: false, presence: .whenRead),
        FieldDefinition("canBeSent", .flag, isNullable: false, presence: .whenRead),
        FieldDefinition("changes", .list(.text), isNullable: false, presence: .whenRead),
        FieldDefinition(
            "checks",
            .list(
                .object([
                    FieldDefinition("code", .word(DryRun.Check.Name.allCases.map(\.rawValue))),
                    FieldDefinition("text", .text, isNullable: false),
                    FieldDefinition("verdict", .word(["refused", "warning", "note", "passed"]), isNullable: false),
                ])), isNullable: false, presence: .whenRead),
        FieldDefinition("commitsTo", .text, presence: .whenRead),
        FieldDefinition(
            "customer",
            .object([
                FieldDefinition("id", .id, isNullable: false), FieldDefinition("name", .text),
                FieldDefinition("status", .word(AccountFields.statuses)),
            ]), presence: .whenRead),
        FieldDefinition("differences", .list(.text), isNullable: false, presence: .whenRead),
        FieldDefinition("estimate", estimate, presence: .whenRead),
        FieldDefinition("expect", .attributes, isNullable: false, presence: .whenRead),
        FieldDefinition("expiresAt", .moment, presence: .whenRead),
        FieldDefinition("meaning", .text, presence: .whenRead),
        FieldDefinition("next", .list(.text), presence: .whenRead),
        FieldDefinition("poNumber", .text, presence: .whenRead),
        FieldDefinition("production", .flag, isNullable: false, presence: .whenRead),
        FieldDefinition("profile", .text, isNullable: false, presence: .whenRead),
        FieldDefinition(
            "request",
            .object([
                FieldDefinition("body", .any), FieldDefinition("method", .text, isNullable: false),
                FieldDefinition("path", .text, isNullable: false),
            ]), isNullable: false, presence: .whenRead),
        FieldDefinition("subscription", ResultJSON.subscription, presence: .whenRead),
        FieldDefinition("undo", .text, isNullable: false, presence: .whenRead),
        FieldDefinition("user", .text, isNullable: false, presence: .whenRead),
    ]

    static func json(_ review: Review) -> JSON {
        let run = review.run
        let session = review.session
        let request = session.client.request(of: run.intent)
        var members: [(String, JSON)] = [
            ("accepts", .texts(review.accepts)), ("act", .text(review.command.path.joined(separator: " "))),
            ("asOf", .text(run.at.description)), ("canBeSent", .flag(run.refusal == nil)),
            ("changes", .texts(review.changes)), ("checks", .list(run.checks.map(check))),
            ("commitsTo", .text(orNull: run.intent.commitment(since: run))), ("customer", customer(review)),
            ("differences", .texts(review.differences)), ("estimate", run.estimate.map(estimate) ?? .null),
            ("expiresAt", .text(orNull: review.intent?.expiresAt.description)),
            ("meaning", .text(orNull: run.intent.meaning)),
        ]
        let expected = Expectation.seen(run, review.command.expects)
        members += [
            ("expect", .object(expected.map { JSON.Member(name: $0.key.rawValue, value: .text($0.value)) })),
            ("intent", .text(orNull: review.intent?.id)),
            ("next", review.intent == nil ? .null : .texts(review.next)),
            ("poNumber", .text(orNull: run.intent.poNumber)), ("production", .flag(session.isProduction)),
            ("profile", .text(session.profile.name)),
            (
                "request",
                [
                    "body": request.body.isEmpty ? .null : .stored(request.body), "method": .text(request.method),
                    "path": .text(request.path),
                ]
            ),
            ("subscription", run.subscription.map(ResultJSON.json) ?? .null),
            ("undo", .text(run.intent.undo(since: run))), ("user", .text(session.profile.user)),
        ]
        if let prices = PriceJSON.json(run) { members.append(("prices", prices)) }
        return JSON.object([]).adding(members)
    }

    private static func check(_ check: DryRun.Check) -> JSON {
        let verdict =
            switch check.verdict {
            case .refused: "refused"
            case .warning: "warning"
            case .note: "note"
            case .passed: "passed"
            }
        return ["code": .text(orNull: check.name?.rawValue), "text": .text(check.text), "verdict": .text(verdict)]
    }

    private static func customer(_ review: Review) -> JSON {
        if let account = review.customer {
            return [
                "id": .text(account.id.rawValue), "name": .text(account.name), "status": .text(account.status.wire),
            ]
        }
        guard let id = review.run.intent.customer else { return .null }
        return ["id": .text(id.rawValue), "name": .null, "status": .null]
    }

    static func estimate(_ estimate: Estimate) -> JSON {
        [
            "charges": OrdersNoun.charges.list(estimate.charges).json ?? .null,
            "lines": OrdersNoun.lines(of: noOrder).list(estimate.lines).json ?? .null,
            "total": FieldValue.money(estimate.total).json ?? .null,
        ]
    }
}
