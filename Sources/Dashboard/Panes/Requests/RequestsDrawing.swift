import Marketplace
import Rows
import Screen

extension RequestsPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        let rect = area.whole
        drawListHead(
            "REQUESTS", filter: list.filter, problem: list.problem, sorting: list.sortingWords(columns(model)),
            extent: list.extent, on: &canvas, in: rect)
        let rows = max(1, rect.height - 1 - detailRows)
        let body = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rows)
        list.drawRows(
            columns(model), orWhyEmpty: list.emptiness(of: "requests"), on: &canvas, in: body, focused: focused)
        let below = rect.droppingTop(1 + rows)
        if !list.hidesPreview, let exchange = list.selected {
            Self.detail(of: exchange, width: below.width).draw(on: &canvas, in: below)
        }
    }

    func columns(_ model: Model) -> [ListColumn<LoggedExchange>] {
        let zone = model.zone
        return [
            ListColumn(
                "time", .init("TIME", .whole(8), .first(1)) { ($0.map { zone.time(of: $0.at) } ?? "", .plain) },
                .instant { $0.at }),
            ListColumn(
                "method",
                .init("METHOD", .whole(6), .first(3)) { row in
                    (row?.method ?? "", row?.method == "GET" ? .plain : .strong)
                },
                .text(\.method)),
            ListColumn(
                "path", .init("PATH", .name(28, 90), .first(2)) { ($0?.path ?? "", .plain) }, .text(\.path)),
            ListColumn(
                "status",
                .init("STATUS", .whole(6), .first(4), alignment: .right) { $0.map(Self.status) ?? ("", .plain) },
                .number(\.status)),
            ListColumn(
                "ms",
                .init("MS", .whole(6), .first(5), alignment: .right) { row in (row.map(Self.milliseconds) ?? "", .plain)
                },
                .number { $0.source == .cache ? nil : Int($0.milliseconds.rounded()) }),
            ListColumn(
                "bytes",
                .init("BYTES", .whole(8), .then(1), alignment: .right) { row in (row.map(Self.bytes) ?? "", .plain) },
                .number { $0.source == .cache ? nil : $0.bytes }),
            ListColumn(
                "from", .init("FROM", .whole(12), .first(6)) { row in (row.map(Self.source) ?? "", .plain) },
                .text { $0.source.word }),
            ListColumn(
                "correlation",
                .init("CORRELATION ID", .whole(36), .then(2)) { row in (row?.correlationID ?? "", .plain) },
                .text { $0.correlationID ?? "" }),
        ]
    }

    /// The request in full: what does not fit into its row.
    static func detail(of exchange: LoggedExchange, width: Int) -> Page {
        var page = Page.preview(width: width)
        (page.indent, page.labelWidth) = (3, 14)
        page.blank()
        page.field("request", "\(exchange.method) \(exchange.path)", style: .strong, rows: 2)
        if let failure = exchange.failure {
            page.field("answer", "none: \(failure)", style: .bad)
        } else if exchange.source == .cache {
            page.field("answer", "from the cache; nothing was sent", style: .faint)
        } else {
            let (word, style) = status(exchange)
            page.field(
                "answer", "\(word), \(bytes(exchange)) in \(milliseconds(exchange)) ms, \(source(exchange))",
                style: style)
        }
        page.field("correlation", exchange.correlationID)
        return page
    }

    private static func status(_ exchange: LoggedExchange) -> (String, Style) {
        guard let status = exchange.status else { return exchange.failure == nil ? ("-", .faint) : ("none", .bad) }
        let style: Style =
            switch status {
            case 200..<300: .plain
            case 429: .warning
            case 400...: .bad
            default: .plain
            }
        return (String(status), style)
    }

    static func milliseconds(_ exchange: LoggedExchange) -> String {
        if exchange.source == .cache { return "-" }
        return exchange.milliseconds < 10
            ? "\(Int(exchange.milliseconds)).\(Int(exchange.milliseconds * 10) % 10)"
            : grouped(Int(exchange.milliseconds.rounded()))
    }

    static func bytes(_ exchange: LoggedExchange) -> String {
        if exchange.source == .cache { return "-" }
        if exchange.bytes < 1000 { return "\(exchange.bytes) B" }
        let tenths = exchange.bytes / 100
        return exchange.bytes < 1_000_000
            ? "\(grouped(tenths / 10)).\(tenths % 10) kB" : "\(grouped(tenths / 10000)).\(tenths / 1000 % 10) MB"
    }

    static func source(_ exchange: LoggedExchange) -> String {
        if case .waited(let seconds) = exchange.source {
            return "waited \(Int(seconds)).\(Int(seconds * 10) % 10) s"
        }
        return exchange.source.word
    }
}
