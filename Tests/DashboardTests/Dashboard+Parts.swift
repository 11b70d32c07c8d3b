@testable import Dashboard

/// The parts of a dashboard by their types, for what tests look at.
extension Dashboard {
    var home: HomePane { part(HomePane.self) }
    var accounts: AccountsPane { part(AccountsPane.self) }
    var subscriptions: SubscriptionsPane { part(SubscriptionsPane.self) }
    var orders: OrdersPane { part(OrdersPane.self) }
    var catalog: CatalogPane { part(CatalogPane.self) }
    var users: UsersPane { part(UsersPane.self) }
    var journal: JournalPane { part(JournalPane.self) }
    var money: MoneyPane { part(MoneyPane.self) }
    var reports: ReportsPane { part(ReportsPane.self) }

    var flow: WriteFlow? { overlays.first(WriteFlow.self) }
    var bulk: BulkFlow? { overlays.first(BulkFlow.self) }
    var help: HelpOverlay? { overlays.first(HelpOverlay.self) }
    var finder: Finder? { overlays.first(Finder.self) }
    var log: RequestsPane? { overlays.first(RequestLog.self)?.list }
    var card: CustomerCardPane? { overlays.first(CustomerCardPage.self)?.list }
    var csvTable: CSVTablePane? { overlays.first(CSVTablePage.self)?.list }
    var downloadForm: DownloadForm? { overlays.first(DownloadForm.self) }
    var changes: ChangesPane? { overlays.first(ChangesPage.self)?.list }
    var draftList: DraftList? { overlays.first(DraftList.self) }
    var copyMenu: CopyMenu? { overlays.first(CopyMenu.self) }

    mutating func change<Pane: ViewPane>(_: Pane.Type, _ body: (inout Pane) -> Void) {
        var pane = part(Pane.self)
        body(&pane)
        panes[Pane.view] = pane
    }

    private func part<Pane: ViewPane>(_: Pane.Type) -> Pane {
        guard let pane = panes.first(Pane.self) else { preconditionFailure("no such pane is registered") }
        return pane
    }
}
