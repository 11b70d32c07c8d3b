import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Help and actions` {
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
        #expect(stage.screen.contains("no: Choose a customer first"))
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
        #expect(stage.screen.contains("ACTIONS  subscription"))
        await stage.press("<Esc>?")
        #expect(stage.dashboard.below(0).helpSections(.keys).map(\.title) == KeyTopic.titles)
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
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<F1>to the review")
        #expect(stage.screen.contains("F10 ^O  to the review"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.flow?.isReviewed == true)
    }

    @Test func `on the review nothing is sent from help, even when the words are typed`() async {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<F10>1<F1>send<Enter>")
        #expect(stage.screen.contains("no: Only Enter on the"))
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
        await stage.press("3?letters of x<Enter>")
        #expect(stage.dashboard.help != nil)
    }

    @Test func `control C leaves from help too`() async {
        let stage = await Stage()
        await stage.press("?<^C>")
        #expect(stage.screen.contains("Press ^C once more"))
        await stage.press("<^C>")
        #expect(stage.effects.last == .quit)
    }

    @Test(arguments: View.all, [(80, 24), (120, 40), (200, 60)])
    func `every text is whole, whatever the view and the window`(view: View, size: (Int, Int)) async {
        let stage = await Stage(columns: size.0, rows: size.1)
        await stage.press("\(view.number)?")
        let all = stage.dashboard.below(0).helpSections(.keys)
        let help = HelpOverlay(.keys)
        let (sections, layout) = (help.shownSections(all), help.layout(all, width: size.0))
        let start = HelpLayout.textStart(layout.keyWidth)
        var texts: [Int: String] = [:]
        for piece in layout.pieces {
            guard case .row(_, let text) = piece.content, let place = piece.place else { continue }
            #expect(piece.x + start + TerminalText.width(of: text) <= size.0)
            texts[place, default: ""] += (texts[place] == nil ? "" : " ") + text
        }
        for (place, row) in sections.flatMap(\.rows).enumerated() {
            #expect(texts[place] == layout.text(of: row))
        }
        // No two texts stand on one place.
        for piece in layout.pieces {
            let others = layout.pieces.filter { $0.y == piece.y && $0.x < piece.x + piece.width && $0.x >= piece.x }
            #expect(others == [piece])
        }
        expectScreen(stage.screen, matches: "help-\(view.title.lowercased())-\(size.0)x\(size.1)")
    }

    @Test(arguments: [(79, 1), (80, 2), (119, 2), (120, 3), (179, 3), (180, 4), (200, 4)])
    func `it has as many columns as fit`(width: Int, columns: Int) {
        #expect(HelpLayout.columns(width) == columns)
    }

    @Test func `the cursor reaches every row of a short window`() async {
        let stage = await Stage(columns: 60, rows: 15)
        await stage.press("3?")
        let rows = stage.dashboard.help?.shown(stage.dashboard.below(0).helpSections(.keys)) ?? []
        #expect(rows.count > 15)
        for row in rows {
            let line = stage.screen.split(separator: "\n").first { $0.hasPrefix(" > \(row.key)") }
            #expect(line != nil, "\(row.key)")
            await stage.press("<Down>")
        }
    }

    @Test func `keys that belong together stand on one line, and a search shows each`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3?")
        #expect(stage.screen.contains("s S") && stage.screen.contains("1 to \(View.all.count)"))
        await stage.press("other direction")
        #expect(stage.screen.contains("sort in the other direction"))
    }

    @Test func `where a terminal lacks F10 its other key comes first`() async {
        var keymap = Keymap.standard
        keymap.lacksF10 = true
        for (keymap, keys) in [(Keymap.standard, "F10 ^O review"), (keymap, "^O F10 review")] {
            let stage = await Stage(columns: 120, keymap: keymap)
            await stage.press("j<Right>j5/AUR-365-BP<Enter>jo")
            #expect(stage.screen.contains(keys))
        }
        #expect(keymap.name(of: .review) == "^O" && Keymap.standard.name(of: .review) == "F10")
    }
}
