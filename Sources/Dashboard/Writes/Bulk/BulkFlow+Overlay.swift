import Marketplace
import Screen

extension BulkFlow: Overlay {
    var extent: OverlayExtent { .page }
    var keyPlace: KeyPlace { stage == .rule ? .form : .bulk }
    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { update(.key(key), below.model) }
    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] { update(event, below.model) }

    /// Ends the run after the row that is being sent, which cannot be recalled.
    mutating func stop() -> [Reaction] {
        guard isRunning else { return [] }
        stage = .running(isStopping: true)
        return [.say(Notice(.warning, "It stops after the row that is being sent and cannot be recalled."))]
    }

    mutating func interrupt() -> Notice? {
        guard isRunning else { return nil }
        _ = stop()
        return Notice(.warning, "It stops after the row that is being sent.")
    }

    /// Rows that were taken lose their marks, and are read again when they are in view.
    func leave(_ model: Model) -> [Reaction] {
        let changed = Reaction.message(.changed(rows.filter(\.isTaken).map(\.id)))
        guard savedAt != nil else { return [changed] }
        let key = model.keymap.name(of: .drafts)
        return [
            changed,
            .say(
                Notice(
                    .info,
                    rows.contains(where: \.isSent)
                        ? "What is not sent is kept as a draft. \(key) lists the drafts."
                        : "Kept as a draft, nothing was sent. \(key) lists the drafts.")),
        ]
    }

    mutating func layout(in bands: Bands, _ model: Model) { layout(bands.form.whole, model) }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        draw(on: &canvas, in: bands.form.whole, below.model)
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? { model.keymap.inForce(help(model).hints(all: all)) }

    func helpSection(_ model: Model) -> HelpOverlay.Section? {
        HelpOverlay.Section(title: "THE BULK CHANGE", rows: help(model).unsent)
    }

    var crumb: String? { counted(rows.count, "subscription") }
    func band(_ model: Model) -> WriteBand? { WriteBand(bandTitle, ["rule", "review", "run"], step: step, state) }
    var reportsReading: Bool { false }
    func position(_ below: String) -> String { position }
    func sentences(over below: Dashboard) -> [Sentence] { spoken(below.model) }

    /// What it reads beside what it asks through its effects.
    func queries(_ model: Model) -> [DataQuery] {
        var queries: [DataQuery] = rows.compactMap { row in
            if case .reading = row.state { .subscription(row.id) } else { nil }
        }
        if model.customer == nil { queries.append(.accounts(SubscriptionsPane.names(model))) }
        return queries + followed.map { .followedOrder($0) }
    }

    func awaitedQueries(_ model: Model) -> [DataQuery] { isRunning ? [] : queries(model) }
    var asksQuestions: Bool { stage == .review && !isChecked }
    var readingID: String { draftID }
    var takesWheel: Bool { stage != .rule }
    var isWriting: Bool { true }
    var isReview: Bool { stage == .review }
}
