import Marketplace
import Rows

extension SubscriptionsPane: OpeningPane {
    static var owner: (@Sendable (Subscription) -> Account.ID?)? { \.customer }

    /// Reading the whole list takes calls: where they are limited it waits for the background index.
    func countedQueries(_ model: Model) -> [DataQuery] {
        model.readsListsUnasked || model.savedViews.subscriptionsAreRead ? [.subscriptions(Self.query(model))] : []
    }

    static var ownOrderWords: String { "by state, soonest first" }

    func setting(_ model: Model) -> ListSetting<Subscription> {
        ListSetting(columns(model), scope: Self.scope(model), ownOrder: SortOrder(column: "state"), model)
    }

    /// A reseller in view has no query of its own at the marketplace: its customers' rows are picked here.
    private static func scope(_ model: Model) -> [FilterTerm] {
        guard let scope = model.scope, model.customer == nil else { return [] }
        return [FilterTerm(condition: .line(Folding.folded(scope.rawValue), column: "reseller"))]
    }

    func columns(_ model: Model) -> [ListColumn<Subscription>] {
        ListColumn.subscriptions(model.entities, today: model.today, isOfOneCustomer: model.customer != nil)
    }
}
