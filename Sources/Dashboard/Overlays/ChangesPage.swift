import Marketplace
import Screen

/// What changed, over the view, with the keys of every list and of every view.
struct ChangesPage: PanePage {
    var list = ChangesPane()

    var keyPlace: KeyPlace { list.isTyping ? .text : .changes }
    var readingID: String { "changes" }

    func account(_ model: Model) -> Account.ID? { model.scope }

    mutating func advance(_ model: Model) -> [Effect] { list.settle(model) }

    mutating func layout(in bands: Bands, _ model: Model) {
        let area = PaneArea(main: bands.body)
        if list.area != area { list.layout(area) }
    }

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
