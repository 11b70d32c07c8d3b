import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Keys that a person chooses` {
    private static func changed(_ action: String, _ keys: String..., line: Int = 3) -> Keymap.Override {
        Keymap.Override(action: action, keys: keys, place: "config.toml, line \(line)")
    }

    private static func problem(_ overrides: [Keymap.Override]) -> String? {
        do {
            _ = try Keymap(overrides)
            return nil
        } catch {
            return error.message
        }
    }

    @Test func `every table names each action once and no key twice`() {
        for table in KeyTables.all {
            #expect(Set(table.actions.map(\.name)).count == table.actions.count, "\(table.name)")
        }
        #expect(Self.problem([]) == nil)
    }

    @Test func `names are words with hyphens and no key is without one`() {
        for table in KeyTables.all {
            for action in table.actions {
                let name = action.name.rawValue
                #expect(!name.isEmpty && name.allSatisfy { $0 == "-" || ("a"..."z").contains($0) })
                #expect(!action.keys.isEmpty)
                #expect(Keymap.standard.name(of: action.name) != "")
            }
        }
    }

    @Test func `an action's keys can be changed in all tables that have it, or in none`() {
        for name in Set(KeyTables.all.flatMap { $0.actions.map(\.name) }) {
            let rows = KeyTables.rows(of: name)
            #expect(Set(rows.map { $0.reasonFixed == nil }).count == 1, "\(name.rawValue)")
        }
    }

    @Test func `the moves are those that lists know`() {
        for action in KeyTables.moves {
            let motions = Set(action.keys.map { ListCursor<Int>.Motion($0) })
            #expect(motions.count == 1, "\(action.name)")
            #expect(motions.first != ListCursor<Int>.Motion?.none)
        }
        #expect(Set(KeyTables.moves.map { ListCursor<Int>.Motion($0.inner) }).count == KeyTables.moves.count)
    }

    @Test func `every key has a name that finds it again`() {
        for table in KeyTables.all {
            for key in table.actions.flatMap(\.keys) { #expect(Key(name: key.name) == key, "\(key.name)") }
        }
        #expect(Key(name: "pgdn") == .pageDown)
        #expect(Key(name: "^i") == .tab)
        #expect(Key(name: "^M") == .enter)
        for name in ["", "  ", "Ctrl-R", "^9", "F0", "F64", "ab", "^é"] { #expect(Key(name: name) == nil, "\(name)") }
    }

    @Test func `a changed key acts, the old one does not, and help and footer say so`() async throws {
        let keymap = try Keymap([Self.changed("filter", "F3"), Self.changed("refresh", "/")])
        let stage = await Stage(columns: 120, rows: 40, keymap: keymap)
        await stage.press("3")
        #expect(stage.screen.contains("F3 filter"))
        #expect(stage.screen.contains("/ refresh"))
        await stage.press("<F3>")
        #expect(stage.dashboard.subscriptions.list.filter.isEditing)
        await stage.press("<Esc>/")
        #expect(!stage.dashboard.subscriptions.list.filter.isEditing)
        #expect(stage.effects.contains(.refresh(.subscriptions(.init()))))
        await stage.press("r")
        #expect(stage.screen.contains("r does nothing here. ? shows the keys."))
        await stage.press("?filter")
        #expect(stage.screen.contains("F3"))
    }

    @Test func `keys can change places`() async throws {
        let keymap = try Keymap([Self.changed("down", "k"), Self.changed("up", "j")])
        let stage = await Stage(keymap: keymap)
        await stage.press("k")
        #expect(stage.dashboard.accounts.selected?.name == "Nordwind Handel GmbH")
        await stage.press("j")
        #expect(stage.dashboard.accounts.selected == nil)
    }

    @Test func `messages name the keys in force`() async throws {
        let stage = await Stage(keymap: try Keymap([Self.changed("order", "F6"), Self.changed("help", "F7")]))
        await stage.press("j<Right>j<F6>")
        #expect(stage.screen.contains("then press F6 again to order it."))
        await stage.press("<^K>")
        #expect(stage.screen.contains("^K does nothing here. F7 shows the keys."))
    }

    @Test func `Esc goes back whatever is chosen`() async throws {
        let stage = await Stage(keymap: try Keymap([Self.changed("back", "F9")]))
        await stage.press("3<Enter><Esc>")
        #expect(stage.dashboard.subscriptions.opened == nil)
        await stage.press("q")
        #expect(stage.screen.contains("q does nothing here."))
        await stage.press("<F9>")
        #expect(stage.effects.last == .quit)
    }

    @Test func `in a text box letters stay letters`() async throws {
        let stage = await Stage(keymap: try Keymap([Self.changed("down", "z"), Self.changed("next-row", "F3")]))
        await stage.press("3/zj5")
        #expect(stage.dashboard.subscriptions.list.filter.field.text == "zj5")
    }

    @Test func `form keys change too`() async throws {
        let stage = await Stage(keymap: try Keymap([Self.changed("review", "F3"), Self.changed("next-row", "^N")]))
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<BS>3")
        #expect(stage.screen.contains("^N next"))
        #expect(stage.screen.contains("F3 review"))
        await stage.press("<F10>")
        #expect(stage.dashboard.flow?.isReviewed == false)
        await stage.press("<F3>")
        #expect(stage.dashboard.flow?.isReviewed == true)
    }

    @Test(
        arguments: [
            (
                [changed("chnge-view", "c")],
                "config.toml, line 3: no action is called 'chnge-view'. souk keys lists them."
            ),
            (
                [changed("orders", "c")],
                "config.toml, line 3: no action is called 'orders'. Do you mean order? souk keys lists them."
            ),
            (
                [changed("order", "Ctrl-R")],
                "config.toml, line 3: order: 'Ctrl-R' is no key. Keys are written as help writes them: c, F6, ^R, Space, "
                    + "Enter, PgDn."
            ),
            (
                [changed("confirm", "F2")],
                "config.toml, line 3: the keys of confirm cannot be changed: the review asks for typed words and Enter, so "
                    + "that no single key writes."
            ),
            ([changed("order", "Esc")], "config.toml, line 3: order: Esc always means the same."),
            ([changed("order", "^C")], "config.toml, line 3: order: ^C always means the same."),
            (
                [changed("review", "r")],
                "config.toml, line 3: review: r is text where the action works. Take a function key, a key with control, or "
                    + "a named key."
            ),
            (
                [changed("order", "/")],
                "config.toml, line 3: / would mean both order and filter in accounts. Give one of them another key."
            ),
            (
                [changed("order", "5")],
                "config.toml, line 3: 5 would mean both order and view-catalog in accounts. Give one of them another key."
            ),
            (
                [changed("order", "F6"), changed("filter", "F6", line: 4)],
                "config.toml, line 3: F6 would mean both order and filter in accounts (config.toml, line 4). Give one of "
                    + "them another key."
            ),
            (
                [changed("review", "^U")],
                "config.toml, line 3: ^U would mean both review and edit in forms. Give one of them another key."
            ),
            (
                [changed("redraw", "F5")],
                "config.toml, line 3: F5 would mean both redraw and estimate in forms. Give one of them another key."
            ),
        ] as [([Keymap.Override], String)])
    func `what cannot be is said with names and place`(overrides: [Keymap.Override], words: String) {
        #expect(Self.problem(overrides) == words)
    }

    @Test func `no keys at all leave the action to help and lists of actions`() async throws {
        let stage = await Stage(keymap: try Keymap([Self.changed("order")]))
        await stage.press("j<Right>jo")
        #expect(stage.screen.contains("o does nothing here."))
    }
}

@Suite(.onComputingThreads) struct `The table of actions` {
    @Test func `the page of keys has each action once, with its keys and where it works`() {
        var lines = ["| action | keys | works in |", "|---|---|---|"]
        var seen: [String: (keys: [String], views: [String], isChangeable: Bool)] = [:]
        var order: [String] = []
        for row in Keymap.standard.rows {
            if seen[row.action] == nil { order.append(row.action) }
            seen[row.action, default: (row.keys, [], row.isChangeable)].views.append(row.view)
        }
        for action in order.sorted() {
            guard let entry = seen[action] else { continue }
            let keys = entry.keys.map { "`\($0)`" }.joined(separator: " ")
            let fixed = entry.isChangeable ? "" : "; cannot be changed"
            lines.append("| `\(action)` | \(keys) | \(entry.views.joined(separator: ", "))\(fixed) |")
        }
        expectBlock("actions", lines, in: "Sources/App/Souk.docc/Keys.md")
    }
}
