import Marketplace
import MarketplaceClient
import Rows
import Screen

enum PlansNoun: Noun {
    typealias Row = Plan

    static let words = NounWords(
        plural: "plans", singular: "plan", argument: "ID", listSummary: "List the service plans that you may see.",
        showSummary: "Show one plan with the switches to other plans.", listCalls: "p", showCalls: "1",
        examples: ["souk plans list", "souk plans list --filter name:aurora --json"],
        showExamples: ["souk plans show 100", "souk plans show 100 --json"])

    static let filters: [NounFilter<PlanQuery>] = []
    static let everything = PlanQuery()
    static let hasDetails = true

    private static let term = Shape<Plan.Term>([
        Shape.part("term", .period, null: false) { .period($0.period) },
        Shape.part("trial", .flag, null: false) { .flag($0.isTrial) },
        Shape.part("active", .flag, null: false) { .flag($0.isActive) },
    ])

    private static let planSwitch = Shape<PlanSwitch>([
        Shape.part("planId", .id, null: false) { .id($0.plan) },
        Shape.part("term", .period) { .period($0.period) },
        Shape.part("fromTerm", .period) { .period($0.sourcePeriod) },
        Shape.part("charging", .word([]), null: false) {
            .word(wire: $0.charging.wire, spoken: $0.charging.word, tone: .plain)
        },
        Shape.part(
            "effective", .word(["immediately", "next_billing_period", "next_subscription_period"]), null: false
        ) { .word(wire: $0.effective.wire, spoken: $0.effective.word, tone: .plain) },
    ])

    static let fields: [Field<Plan>] = [
        Field("id", .id, null: false, .always, .init("id", usual: true, screen: true)) { row, _ in .id(row.id) },
        Field("name", .text, null: false, .always, .init("name", usual: true, screen: true)) { row, _ in
            .string(row.name)
        },
        Field("summary", .text, null: false, .always, .init("summary", screen: true)) { row, _ in .string(row.summary)
        },
        Field("published", .flag, .always, .init("published", usual: true)) { row, _ in .truth(row.isPublished) },
        Field(
            "terms", .list(term.type), null: false, .always,
            .init("terms", usual: true, screen: true, plain: { row, _ in .texts(row.terms.map(\.period.code)) })
        ) { row, _ in term.list(row.terms) },
        Field("billing", .period, .always, .init("billing", usual: true, screen: true)) { row, _ in
            .period(row.billingPeriod)
        },
        Field("billingModel", .word([])) { row, _ in
            row.billingModel.map { .word(wire: $0, spoken: Plan.words(ofBillingModel: $0), tone: .plain) } ?? .null
        },
        Field("switches", .list(planSwitch.type), null: false, .withDetails) { row, facts in
            facts.entities.plans[row.id].map { planSwitch.list($0.switches) } ?? .absent
        },
    ]

    static func paneColumns(_ facts: Facts) -> [ListColumn<Plan>] { ListColumn.plans }
    static func open(_ query: PlanQuery, _ client: Client, limit: Int?) -> [PageStream<Plan>] {
        [PageStream(client.pages(of: .plans, limit: limit))]
    }
    static func answers(_ row: Plan, _ query: PlanQuery, _ client: Client) -> Bool { true }
    static func id(of row: Plan) -> String { row.id.rawValue }

    static func readDetail(of row: Plan, _ client: Client) async throws(MarketplaceError) -> Detail? {
        .plan(try await client.plans.value(for: row.id))
    }

    static func find(_ argument: String, _ session: ReadSession) async throws -> (row: Plan, details: [Detail]) {
        let plan = try await session.client.plans.value(for: .init(try session.id(argument, of: words)))
        return (plan.plan, [.plan(plan)])
    }
}

enum ReportsNoun: Noun {
    typealias Row = Report

    static let words = NounWords(
        plural: "reports", singular: "report", argument: "ID",
        listSummary: "List the reports of rated data and how far they are.", showSummary: "Show one report.",
        listCalls: "1", showCalls: "1",
        examples: ["souk reports list", "souk reports list --status completed --from -30d --json"],
        showExamples: ["souk reports show 7d3e8a52-…", "souk reports show 7d3e8a52-… --json"])

    private static let statuses = ["submitted", "processing", "completed", "error"]
    private static let kinds = ["periodic", "daily", "monthly", "onetime", "on_invoice"]
    private static let formats = ["csv", "xml", "xlsx", "json"]

    static let filters: [NounFilter<ReportQuery>] = [
        NounFilter("name", "TEXT", "Of the generator of this name.") { $0.name = $1.text },
        NounFilter("status", "STATUS", values: statuses, "In this state.") {
            $0.status = $1.text.map { Report.Status(wire: $0) }
        },
        NounFilter("kind", "KIND", values: kinds, "Of this kind.") { $0.kind = $1.text.map { Report.Kind(wire: $0) } },
        NounFilter("format", "FORMAT", values: formats, "In this format.") {
            $0.format = $1.text.map { Report.Format(wire: $0) }
        },
        NounFilter("from", "DAY", "Made on this day or later.", .day) { $0.from = $1.day },
        NounFilter("to", "DAY", "Made on this day or before.", .day) { $0.to = $1.day },
    ]

    static let everything = ReportQuery()

    static let fields: [Field<Report>] = [
        Field("id", .id, null: false, .always, .init("id", usual: true, screen: true)) { row, _ in .id(row.id) },
        Field("name", .text, null: false, .always, .init("name", usual: true, screen: true)) { row, _ in
            .string(row.name)
        },
        Field("view", .text, .always, .init("view")) { row, _ in .text(row.view) },
        Field("status", .word(statuses), null: false, .always, .init("status", usual: true, screen: true)) { row, _ in
            .word(wire: row.status.wire, spoken: row.status.word, tone: row.status == .error ? .bad : .plain)
        },
        Field("kind", .word(kinds), null: false, .always, .init("kind", usual: true, screen: true)) { row, _ in
            .word(wire: row.kind.wire, spoken: row.kind.word, tone: .plain)
        },
        Field("format", .word(formats), null: false, .always, .init("format", usual: true, screen: true)) { row, _ in
            .plainWord(row.format.word)
        },
        Field("createdAt", .moment, .always, .init("created", "CREATED UTC", usual: true, screen: true)) { row, _ in
            .moment(row.created)
        },
        Field("fromAt", .moment, .always, .init("from", "FROM UTC", usual: true)) { row, _ in .moment(row.from) },
        Field("toAt", .moment, .always, .init("to", "TO UTC", usual: true)) { row, _ in .moment(row.to) },
        Field("downloadable", .flag, null: false, .always, .init("downloadable")) { row, _ in
            .flag(row.download != nil)
        },
    ]

    static func paneColumns(_ facts: Facts) -> [ListColumn<Report>] { [] }
    static func open(_ query: ReportQuery, _ client: Client, limit: Int?) -> [PageStream<Report>] {
        [PageStream(client.pages(of: .reports(query), limit: limit))]
    }
    static func answers(_ row: Report, _ query: ReportQuery, _ client: Client) -> Bool {
        client.answers(row, .reports(query))
    }
    static func id(of row: Report) -> String { row.id.rawValue }

    static func find(_ argument: String, _ session: ReadSession) async throws -> (row: Report, details: [Detail]) {
        let id = argument.hasPrefix("id:") ? String(argument.dropFirst(3)) : argument
        return (try await session.client.reports.value(for: .init(id)), [])
    }
}
