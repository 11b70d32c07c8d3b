import Marketplace
import Screen

/// The request log, newest first: what was sent, what came back, and what the cache saved.
struct RequestsPane: ListPane {
    var list = RowList<LoggedExchange>(.requests)

    var isListed: Bool { true }
    var crumb: String? { "request log" }
    var position: String? { list.position }

    func queries(_ model: Model) -> [DataQuery] { [.requestLog] }

    func subject(_ model: Model) -> String? { list.selected.map { "\($0.method) \($0.path)" } }

    func freshness(_ model: Model) -> Freshness { Freshness(Snapshot<Int>()) }

    /// Rows below the list for the request on the cursor in full.
    var detailRows: Int { list.hidesPreview ? 0 : 5 }

    mutating func layout(_ area: PaneArea) {
        list.visible = max(1, area.whole.height - 2 - detailRows)
        list.settle()
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .requestLog(let exchanges):
            // Whoever looks at the newest request goes on doing so.
            let followsNewest = list.cursor.index == 0
            let rows = Array(exchanges.reversed())
            list.receive(
                Snapshot(value: Listing(rows: rows, total: rows.count, isComplete: true)), setting(model))
            if followsNewest { list.move(.first) }
        case .arranged(let result): list.take(result)
        case .key(let key): return takeInList(key, model)
        default: break
        }
        return []
    }

    func focused(_ model: Model) -> LoggedExchange? { list.selected }

    func copies(of row: LoggedExchange, _ model: Model) -> [CopyOffer] {
        [
            CopyOffer("y", "curl command", CurlCommand(row).text),
            CopyOffer("n", "method and path", "\(row.method) \(row.path)"),
            CopyOffer("c", "correlation id", row.correlationID),
        ].compactMap { $0 }
    }

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<RequestsPane>] = [
        filterBinding("filter: words of method, path, source, correlation id; status>399, ms>500"),
        Binding(.back, .escape, "q", title: "back: filter, then close the log", topic: .places) { pane, _ in
            pane.list.takeBack() ? [] : [.open(.back)]
        },
    ]
}
