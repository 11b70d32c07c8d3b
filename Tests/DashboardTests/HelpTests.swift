import Screen
import Testing

@testable import Dashboard

@Suite struct `Help and actions` {
    @Test func `Enter runs what the search found as its key would`() async {
        let stage = await Stage()
        await stage.press("?view-orders<Enter>")
        #expect(stage.dashboard.help == nil)
        #expect(stage.dashboard.view == .orders)
    }

    @Test func `an action of the row is found by its words and run`() async {
        let stage = await Stage()
        await stage.press("j<Right>jaorder<Enter>")
        #expect(stage.dashboard.view == .catalog)
        #expect(stage.screen.contains("then press o again"))
    }

    @Test func `what cannot run says why and stays`() async {
        let stage = await Stage()
        await stage.press("aorder<Enter>")
        #expect(stage.dashboard.help != nil)
        #expect(stage.screen.contains("Not now: Choose a customer first: only customers buy."))
        await stage.press("<Esc>")
        #expect(stage.dashboard.help == nil)
    }

    @Test func `a changed key runs from help by its row`() async throws {
        let keymap = try Keymap([Keymap.Override(action: "view-orders", keys: [], place: "x")])
        let stage = await Stage(keymap: keymap)
        await stage.press("?view orders<Enter>")
        #expect(stage.dashboard.view == .orders)
    }

    @Test func `actions are those of the pane alone, help has all`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3a")
        #expect(stage.dashboard.below(0).helpSections(.actions).count == 1)
        #expect(stage.screen.contains("ACTIONS: subscription"))
        await stage.press("<Esc>?")
        #expect(stage.dashboard.below(0).helpSections(.keys).map(\.title) == KeyTopic.allCases.map(\.title))
    }

    @Test(arguments: ["?q", "??", "?<Esc>", "?<F1>", "aq", "a<Esc>"]) func `it closes`(keys: String) async {
        let stage = await Stage()
        await stage.press(keys)
        #expect(stage.dashboard.help == nil)
    }

    @Test func `letters after the first search, and nothing else hears them`() async {
        let stage = await Stage()
        await stage.press("?requ")
        #expect(stage.dashboard.help?.search.text == "requ")
        #expect(stage.dashboard.view == .accounts)
    }

    @Test func `in a form F1 lists the form's keys and runs them`() async {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<F1>")
        #expect(stage.screen.contains("to the review"))
        await stage.press("to the review<Enter>")
        #expect(stage.dashboard.flow?.isReviewed == true)
    }

    @Test func `on the review nothing is sent from help, even when the words are typed`() async {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<F10>1<F1>send<Enter>")
        #expect(stage.screen.contains("Not now: Only Enter on the review itself sends"))
        #expect(stage.transport.writes.isEmpty)
        await stage.press("<Esc><Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/orders"])
    }

    @Test func `while a filter is typed F1 lists its keys, and what it runs is no text`() async {
        let stage = await Stage()
        await stage.press("3/hold<F1>")
        #expect(stage.screen.contains("clear the filter"))
        await stage.press("clear<Enter>")
        #expect(stage.dashboard.help == nil)
        #expect(stage.dashboard.subscriptions.list.filter == Filter())
    }

    @Test func `what is only listed cannot be run`() async {
        let stage = await Stage()
        await stage.press("3?its whole text<Enter>")
        #expect(stage.dashboard.help != nil)
    }

    @Test func `control C leaves from help too`() async {
        let stage = await Stage()
        await stage.press("?<^C>")
        #expect(stage.screen.contains("Press ^C once more"))
        await stage.press("<^C>")
        #expect(stage.effects.last == .quit)
    }
}
