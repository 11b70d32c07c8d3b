import Marketplace
import Screen

/// The request log over the view, a list with the keys of every list.
struct RequestLog: Overlay {
    private(set) var list = RequestsPane()

    var extent: OverlayExtent { .page }
    var keyPlace: KeyPlace { list.isTyping ? .text : .log }
    var pane: (any Pane)? { list }
    var crumb: String? { list.crumb }
    var readingID: String { "log" }
    var takesWheel: Bool { !list.isTyping }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { list.update(.key(key), below.model) }
    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] { list.update(event, below.model) }
    mutating func advance(_ model: Model) -> [Effect] { list.takeEffects() }
    mutating func layout(in bands: Bands, _ model: Model) { list.layout(PaneArea(main: bands.body)) }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        list.draw(on: &canvas, in: PaneArea(main: bands.body), below.model, focused: true)
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? { nil }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { nil }
    func position(_ below: String) -> String { list.position ?? "" }
    func queries(_ model: Model) -> [DataQuery] { list.queries(model) }

    func sentences(over below: Dashboard) -> [Sentence] { below.sentences(of: list, place: "Request log") }
}
