import Marketplace
import Screen

/// What changed, over the view, with the keys of every list and of every view.
struct ChangesPage: Overlay {
    private(set) var list = ChangesPane()

    var extent: OverlayExtent { .page }
    var keyPlace: KeyPlace { list.isTyping ? .text : .changes }
    var pane: (any Pane)? { list }
    var crumb: String? { list.crumb }
    var readingID: String { "changes" }
    var takesWheel: Bool { !list.isTyping }
    var isAwaiting: Bool { list.isArranging }

    func account(_ model: Model) -> Account.ID? { model.scope }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { list.update(.key(key), below.model) }
    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] { list.update(event, below.model) }
    mutating func advance(_ model: Model) -> [Effect] { list.settle(model) }

    mutating func layout(in bands: Bands, _ model: Model) {
        let area = PaneArea(main: bands.body)
        if list.area != area { list.layout(area) }
    }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        list.draw(on: &canvas, in: PaneArea(main: bands.body), below.model, focused: true)
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? { nil }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { nil }
    func position(_ below: String) -> String { list.position ?? "" }
    func queries(_ model: Model) -> [DataQuery] { list.queries(model) }

    func sentences(over below: Dashboard) -> [Sentence] { below.sentences(of: list, place: "What changed") }
}

extension Dashboard {
    /// Opens what changed, as it was left.
    mutating func openChanges() { overlays.open(lastChanges ?? ChangesPage()) }
}

/// The way from Home to what changed.
extension HomePane {
    func hints(_ model: Model, all: Bool) -> [Hint] {
        Self.bindings.hints(for: self, model, all: all) + [Hint("0", "changes", action: .changes)]
    }

    /// `0 what changed since yesterday`
    func changesPointer(_ model: Model) -> String {
        let choice = model.changesChoice(nil)
        let since = choice.shortWords(today: model.today, now: model.marketplaceNow, zone: model.zone)
        return "\(model.keymap.name(of: .changes)) what changed since \(since)"
    }
}
