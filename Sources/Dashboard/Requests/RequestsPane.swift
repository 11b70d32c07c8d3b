import Marketplace
import Screen

/// The request log, newest first: what was sent, what came back, and what the cache saved.
struct RequestsPane: ListPane {
    var list = RowList<LoggedExchange>(.requests)

    var isListed: Bool { true }
    var crumb: String? { "request log" }
    var position: String? { list.position }

    func requests(_ known: Known) -> [Request] { [.requestLog] }

    func subject(_ known: Known) -> String? { list.selected.map { "\($0.method) \($0.path)" } }

    func freshness(_ known: Known) -> Freshness { Freshness(Snapshot<Int>()) }

    /// Rows below the list that tell of the request on the cursor in full.
    static let detailRows = 5

    mutating func layout(_ room: Room) {
        list.visible = max(1, room.whole.height - 2 - Self.detailRows)
        list.settle()
    }

    mutating func update(_ event: Event, _ known: Known) -> [Reaction] {
        switch event {
        case .requestLog(let exchanges):
            // Whoever looks at the newest request goes on doing so.
            let followsNewest = list.cursor.index == 0
            let rows = Array(exchanges.reversed())
            list.receive(
                Snapshot(value: Listing(rows: rows, total: rows.count, isComplete: true)), setting(known))
            if followsNewest { list.move(.first) }
        case .arranged(let result): list.take(result)
        case .key(let key): return takeInList(key, known)
        default: break
        }
        return []
    }

    func focused(_ known: Known) -> LoggedExchange? { list.selected }

    func copies(of row: LoggedExchange, _ known: Known) -> [CopyOffer] {
        [
            CopyOffer("y", "curl command", CurlCommand(row).text),
            CopyOffer("n", "method and path", "\(row.method) \(row.path)"),
            CopyOffer("c", "correlation id", row.correlationID),
        ].compactMap { $0 }
    }

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<Looking<RequestsPane>>] = [
        Binding(
            .filter, "/", title: "filter: words of method, path, source, correlation id; status>399, ms>500",
            hint: "filter", topic: .list
        ) { looking in
            looking.pane.list.filter.isEditing = true
            return []
        },
        Binding(.back, .escape, "q", title: "back: filter, then close the log", topic: .places) { looking in
            looking.pane.list.takeBack() ? [] : [.open(.back)]
        },
    ]
}
