import Marketplace
import Screen

/// The service plans over the view, with the keys of every list and of every view.
struct PlansPage: Overlay {
    private(set) var list: PlansPane

    init(_ origin: PlansPane.Origin) { list = PlansPane(origin) }

    var extent: OverlayExtent { .page }
    var keyPlace: KeyPlace { list.isTyping ? .text : .plans }
    var pane: (any Pane)? { list }
    var crumb: String? { list.crumb }
    var readingID: String { "plans" }
    var takesWheel: Bool { !list.isTyping }
    var isAwaiting: Bool { list.isArranging }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { list.update(.key(key), below.model) }
    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] { list.update(event, below.model) }
    mutating func advance(_ model: Model) -> [Effect] { list.takeEffects() }

    mutating func layout(in bands: Bands, _ model: Model) {
        let area = area(in: bands)
        if list.area != area { list.layout(area) }
    }

    private func area(in bands: Bands) -> PaneArea { bands.split(for: .reports, withDetail: list.wantsDetail) }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        list.draw(on: &canvas, in: area(in: bands), below.model, focused: true)
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? { nil }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { nil }
    func position(_ below: String) -> String {
        [list.marks, list.position ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }
    func queries(_ model: Model) -> [DataQuery] { list.queries(model) }
    func settledQueries(over below: Dashboard) -> [DataQuery] { list.settledQueries(below.model) }

    func sentences(over below: Dashboard) -> [Sentence] {
        below.sentences(of: list, place: list.opened.map { "Plan, \(list.name(of: $0))" } ?? "Plans")
    }
}
