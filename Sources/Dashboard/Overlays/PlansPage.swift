import Marketplace
import Screen

/// The service plans over the view, with the keys of every list and of every view.
struct PlansPage: PanePage {
    var list: PlansPane

    init(_ origin: PlansPane.Origin) { list = PlansPane(origin) }

    var keyPlace: KeyPlace { list.isTyping ? .text : .plans }
    var readingID: String { "plans" }

    mutating func advance(_ model: Model) -> [Effect] { list.takeEffects() }

    mutating func layout(in bands: Bands, _ model: Model) {
        let area = area(in: bands)
        if list.area != area { list.layout(area) }
    }

    func area(in bands: Bands) -> PaneArea { bands.split(for: .reports, withDetail: list.wantsDetail) }

    func settledQueries(over below: Dashboard) -> [DataQuery] { list.settledQueries(below.model) }

    func sentences(over below: Dashboard) -> [Sentence] {
        below.sentences(of: list, place: list.opened.map { "Plan, \(list.name(of: $0))" } ?? "Plans")
    }
}
