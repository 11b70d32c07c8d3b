import Marketplace
import Screen

extension WriteFlow: Overlay {
    var extent: OverlayExtent { .page }
    var keyPlace: KeyPlace { isReviewed ? .review : .form }
    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { update(.key(key), below.model) }
    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] { update(event, below.model) }
    mutating func advance(_ model: Model) -> [Effect] { questions(model) + takeEffects() }

    func leave(_ model: Model) -> [Reaction] { farewell(model).map { [.say($0)] } ?? [] }

    mutating func layout(in bands: Bands, _ model: Model) { layout(bands.form, model) }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        draw(on: &canvas, in: bands.form, below.model)
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? { model.keymap.inForce(help().hints(all: all)) }

    func helpSection(_ model: Model) -> HelpOverlay.Section? {
        HelpOverlay.Section(title: isReviewed ? "THE REVIEW" : "THE FORM", rows: help().unsent)
    }

    var crumb: String? { form.place }
    func account(_ model: Model) -> Account.ID? { form.account(model) }
    var reportsReading: Bool { false }
    func position(_ below: String) -> String { "" }
    func sentences(over below: Dashboard) -> [Sentence] { spoken(below.model) }
    func settledQueries(over below: Dashboard) -> [DataQuery] { settledQueries(below.model) }
    /// Nothing once the form is left.
    func awaitedQueries(_ model: Model) -> [DataQuery] {
        guard case .filling = stage else { return [] }
        return form.queries(model) + form.settledQueries(model)
    }

    var asksQuestions: Bool {
        switch stage {
        case .filling: true
        case .reviewing(let review): if case .checking = review.state { true } else { false }
        case .unknown: false
        }
    }

    mutating func stopWaiting(for queries: [DataQuery]) { stopped = queries }
    var readingID: String { draftID + (form.isChoosing ? " choosing" : "") }
    var takesWheel: Bool { isReviewed }
    var isWriting: Bool { true }
    var isReview: Bool { isReviewed }
}

extension [KeyHelp] {
    /// Help runs what is chosen there, but never the key that sends.
    var unsent: [KeyHelp] {
        map { row in
            guard row.action == .confirm else { return row }
            var row = row
            row.unavailable = "Only Enter on the review itself sends, once the words are typed."
            return row
        }
    }
}
