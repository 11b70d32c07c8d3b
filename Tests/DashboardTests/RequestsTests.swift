import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The request log` {
    private static func exchange(_ id: Int, _ method: String = "GET", _ path: String = "/orders") -> LoggedExchange {
        LoggedExchange(
            id: id, at: Stage.start, method: method, path: path, status: 200, milliseconds: 184, bytes: 2100,
            source: .live, correlationID: "a8n-\(id)")
    }

    @Test func `it opens over the view and L or Esc closes it`() async {
        let stage = await Stage()
        await stage.press("3L")
        #expect(stage.screen.contains("REQUESTS"))
        #expect(stage.screen.contains("GET     /subscriptions/"))
        await stage.press("L")
        #expect(stage.dashboard.log == nil)
        await stage.press("L<Esc>")
        #expect(stage.dashboard.log == nil)
        #expect(stage.dashboard.view == .subscriptions)
        await stage.press("L4")
        #expect(stage.dashboard.log == nil)
        #expect(stage.dashboard.view == .orders)
    }

    @Test func `it is followed while it is looked at, and what lies under it is not read`() async {
        let stage = await Stage()
        await stage.press("3")
        let before = stage.effects.count
        await stage.press("L")
        let opening = stage.effects.dropFirst(before)
        #expect(opening.contains(.watch(.requestLog, whenSettled: false)))
        #expect(opening.contains(.unwatch(.subscriptions(SubscriptionQuery()))))
        await stage.press("L")
        #expect(stage.effects.contains(.unwatch(.requestLog)))
    }

    @Test func `the newest stays under the cursor until one moves`() async {
        let stage = await Stage()
        await stage.press("L")
        await stage.send(.requestLog([Self.exchange(1), Self.exchange(2)]))
        #expect(stage.dashboard.log?.list.selected?.id == 2)
        await stage.send(.requestLog([Self.exchange(1), Self.exchange(2), Self.exchange(3)]))
        #expect(stage.dashboard.log?.list.selected?.id == 3)
        await stage.press("j")
        await stage.send(.requestLog((1...4).map { Self.exchange($0) }))
        #expect(stage.dashboard.log?.list.selected?.id == 2)
    }

    @Test func `figures are short`() {
        var exchange = Self.exchange(1)
        #expect(RequestsPane.bytes(exchange) == "2.1 kB")
        exchange.bytes = 38_449_000
        #expect(RequestsPane.bytes(exchange) == "38.4 MB")
        exchange.bytes = 999
        #expect(RequestsPane.bytes(exchange) == "999 B")
        exchange.milliseconds = 0.42
        #expect(RequestsPane.milliseconds(exchange) == "0.4")
        exchange.milliseconds = 1204.4
        #expect(RequestsPane.milliseconds(exchange) == "1,204")
        exchange.source = .waited(seconds: 4.06)
        #expect(RequestsPane.source(exchange) == "waited 4.0 s")
        exchange.source = .cache
        #expect(RequestsPane.bytes(exchange) == "-")
    }
}
