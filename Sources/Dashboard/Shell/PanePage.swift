import Screen

/// A page over the view that is one pane, with the keys of every view.
protocol PanePage: Overlay {
    associatedtype List: Pane
    var list: List { get set }
    func area(in bands: Bands) -> PaneArea
}

extension PanePage {
    var extent: OverlayExtent { .page }
    var pane: (any Pane)? { list }
    var crumb: String? { list.crumb }
    var takesWheel: Bool { !list.isTyping }
    var isAwaiting: Bool { list.isArranging }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { list.update(.key(key), below.model) }
    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] { list.update(event, below.model) }

    func area(in bands: Bands) -> PaneArea { PaneArea(main: bands.body) }
    mutating func layout(in bands: Bands, _ model: Model) { list.layout(area(in: bands)) }

    mutating func prepare(in bands: Bands, _ model: Model, ahead: Int) {
        list.prepare(in: area(in: bands), model, ahead: ahead)
    }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        list.draw(on: &canvas, in: area(in: bands), below.model, focused: true)
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? { nil }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { nil }

    func position(_ below: String) -> String {
        [list.marks, list.position ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    func queries(_ model: Model) -> [DataQuery] { list.queries(model) }
}
