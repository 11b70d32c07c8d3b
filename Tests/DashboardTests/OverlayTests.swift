import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Every overlay over every other: what is drawn on top takes the keys, and Esc takes exactly one layer off.
@Suite(.onComputingThreads) struct `The stack of overlays` {
    /// How each is opened from the list of orders, and what its picture shows.
    private static let openings: [(keys: String, sign: String)] = [
        ("L", "REQUESTS"), ("?", "KEYS  "), ("a", "ACTIONS"), (":", "GO TO"), ("B", "DRAFTS"), ("y", "COPY"),
        ("d", "ORDER"), ("x", "WITHDRAW"),
    ]

    private static func kinds(_ stage: Stage) -> [String] {
        stage.dashboard.overlays.stack.map { String(describing: type(of: $0)) }
    }

    @Test func `the copy menu over the request log takes the keys where it can be seen`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("4Ly")
        #expect(stage.screen.contains("COPY  GET"))
        #expect(stage.screen.contains("REQUESTS"))
        await stage.press("<Down><Esc>")
        #expect(Self.kinds(stage) == ["RequestLog"])
    }

    @Test func `a draft that is opened over the request log lies over it`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3/status=active<Enter>c7<Esc>")
        #expect(stage.drafts.count == 1)
        await stage.press("LB<Enter>")
        #expect(Self.kinds(stage) == ["RequestLog", "WriteFlow"])
        #expect(stage.screen.contains("1 FILL IN"))
        #expect(!stage.screen.contains("REQUESTS"))
        await stage.press("<Esc>")
        #expect(Self.kinds(stage) == ["RequestLog"])
        #expect(stage.screen.contains("REQUESTS"))
        await stage.press("<Esc>")
        #expect(stage.dashboard.overlays.isEmpty)
    }

    @Test(arguments: openings.indices, openings.indices)
    func `what is drawn on top takes the keys, and Esc takes one layer off`(first: Int, second: Int) async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("4/status=submitted<Enter>")
        for (keys, sign) in [Self.openings[first], Self.openings[second]] {
            let before = Self.kinds(stage)
            await stage.press(keys)
            let now = Self.kinds(stage)
            // A key that is text in what lies in front, or means nothing there, opens nothing.
            guard now.count > before.count else { continue }
            #expect(Array(now.dropLast()) == before)
            #expect(stage.screen.contains(sign), "\(keys): \(sign)")
        }
        while let top = Self.kinds(stage).last {
            let before = Self.kinds(stage)
            let picture = stage.screen
            await stage.press("<Down>")
            #expect(Self.kinds(stage) == before, "a cursor key closes nothing")
            await stage.press("<Esc>")
            #expect(Self.kinds(stage) == before.dropLast(), "Esc in \(top)")
            #expect(stage.screen != picture)
            if Self.kinds(stage).count >= before.count { return }
        }
        #expect(stage.dashboard.view == .orders)
    }

    @Test func `one of each kind is open at most, and one that writes`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("4LLL")
        #expect(Self.kinds(stage) == ["RequestLog"])
        await stage.press("B")
        #expect(Self.kinds(stage) == ["RequestLog", "DraftList"])
        await stage.press("B")
        #expect(Self.kinds(stage) == ["RequestLog"])
    }

    @Test func `another view takes off what lies over the one before`() async {
        let stage = await Stage()
        await stage.press("4L5")
        #expect(stage.dashboard.overlays.isEmpty)
        #expect(stage.dashboard.view == .catalog)
    }
}
