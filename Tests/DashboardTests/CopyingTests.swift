import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Copying` {
    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)])
    func `the menu lies over the list`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press("j<Right>j3/1000917<Enter>y")
        expectScreen(stage.screen, matches: "copy-\(size.columns)x\(size.rows)")
    }

    @Test func `a letter copies and the message line says what`() async {
        let stage = await Stage()
        await stage.press("j<Right>j3/1000917<Enter>yy")
        #expect(stage.copied == ["1000917"])
        #expect(stage.screen.contains("Copied: 1000917 (subscription id)."))
        #expect(stage.dashboard.copyMenu == nil)
        await stage.press("ym")
        #expect(stage.copied.last == "AUR-365-BP")
    }

    @Test func `Enter copies what is on the cursor, Esc nothing, other keys say so`() async {
        let stage = await Stage()
        await stage.press("j<Right>j3/1000917<Enter>y<Down><Enter>")
        #expect(stage.copied == ["Aurora 365 Business Premium"])
        await stage.press("yk")
        #expect(stage.screen.contains("k does nothing in this menu."))
        await stage.press("<Esc>")
        #expect(stage.copied.count == 1)
        #expect(stage.dashboard.copyMenu == nil)
        #expect(stage.dashboard.view == .subscriptions)
    }

    @Test func `marked rows are copied together, one a line`() async {
        let stage = await Stage()
        await stage.press("j<Right>j3g   yy")
        #expect(stage.copied.last?.split(separator: "\n").count == 3)
        #expect(stage.screen.contains("Copied: subscription id of 3 rows, 23 bytes."))
        await stage.press("yj")
        #expect(stage.copied.last?.hasPrefix("[\n{\"autoRenews\"") == true)
        #expect(stage.copied.last?.hasSuffix("}\n]") == true)
    }

    @Test func `what is too long for terminals is not copied`() async {
        let stage = await Stage()
        await stage.press("3*yj")
        #expect(stage.screen.contains("bytes; terminals take 74,994 at most."))
    }

    @Test func `more marked rows than any terminal takes are refused before they are put together`() async {
        let stage = await Stage()
        await stage.press("4*y")
        #expect(stage.screen.contains("3,000 rows are marked, and 2,000 can be copied at most."))
        #expect(stage.dashboard.copyMenu == nil)
    }

    @Test func `the correlation id of an order is one key away, and shown`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<BS>3<F10>3<Enter>")
        await stage.press("4")
        let id = try #require(stage.dashboard.orders.list.selected?.id)
        let entry = try #require(try await stage.client.journalEntries().first)
        #expect(entry.outcome == .taken(made: id.rawValue))
        let correlation = try #require(entry.correlationID)
        await stage.press("<Enter>")
        #expect(stage.screen.contains("correlation   \(correlation)"))
        #expect(stage.screen.contains("sent by souk  sales order"))
        await stage.press("yc")
        #expect(stage.copied == [correlation])
        await stage.press("ys")
        let text = try #require(stage.copied.last)
        #expect(text.contains("correlation id: \(correlation)"))
        #expect(text.contains("status: "))
        #expect(text.contains("customer: 1000412"))
    }

    @Test func `an order that souk did not send offers no correlation id`() async {
        let stage = await Stage()
        await stage.press("4yc")
        #expect(stage.screen.contains("c does nothing in this menu."))
        #expect(stage.copied.isEmpty)
    }

    @Test(arguments: [
        ("2j", "y"), ("3", "y"), ("4", "y"), ("5/AUR-365-BP<Enter>", "m"), ("6", "e"), ("1<Enter>", "y"),
    ])
    func `every view has something to copy`(keys: String, letter: String) async {
        let stage = await Stage()
        await stage.press(keys + "y" + letter)
        #expect(stage.copied.count == 1)
    }

    @Test func `nothing on the cursor is said`() async {
        let stage = await Stage()
        await stage.press("2y")
        #expect(stage.screen.contains("No account selected."))
    }

    @Test func `the frame does not copy by itself`() async {
        let stage = await Stage()
        await stage.press("j<Right>j3/1000917<Enter>y")
        #expect(!stage.effects.contains { if case .terminal(.copy) = $0 { true } else { false } })
    }

    @Test func `JSON has sorted names, and amounts as texts`() {
        var object = JSONObject()
        object.set("b", 3)
        object.set("a", Money(12.5, "EUR"))
        object.set("c", String?.none)
        object.set("d", ["x\"", "y"])
        #expect(object.text == #"{"a":{"amount":"12.5","currency":"EUR"},"b":3,"d":["x\"","y"]}"#)
    }
}
