import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Linear mode` {
    /// What is written for each of `keys`, with the key before it.
    private func transcript(_ keys: String) async -> String {
        let stage = await Stage(columns: 100, rows: 24, isLinear: true)
        var voice = Voice()
        var lines = voice.news(stage.dashboard.sentences)
        var rest = keys[...]
        while !rest.isEmpty {
            let end = rest.first == "<" ? rest.firstIndex(of: ">").map { rest.index(after: $0) } : nil
            let key = String(rest[..<(end ?? rest.index(after: rest.startIndex))])
            rest = rest.dropFirst(key.count)
            await stage.press(key)
            lines.append("» \(key)")
            lines += voice.news(stage.dashboard.sentences)
        }
        return lines.joined(separator: "\n")
    }

    @Test func `the main job is written from the tree to the new order`() async {
        expectScreen(
            await transcript("j<Right>j63/917<Enter><Enter>5/AUR-365-BP<Enter>jo<BS>3<F10>3<Enter>"),
            matches: "linear-main-job")
    }

    @Test func `moving, folding, history and overlays`() async {
        expectScreen(
            await transcript("jjk<Right>jp<Esc>3G<Esc>[]?copy<Esc>a<Down><Esc>:jørg<Enter>Lj<Esc>B<Esc>Z"),
            matches: "linear-moving")
    }

    @Test func `home and what it opens`() async {
        expectScreen(await transcript("1j<Enter>j"), matches: "linear-home")
    }

    @Test func `a refused order and one whose outcome is unknown`() async {
        expectScreen(
            await transcript("j<Right>j5/TIMEOUT-1<Enter>o<F10>1<Enter>"), matches: "linear-unknown")
    }

    @Test func `hostile names are written without what harms a terminal`() async {
        let text = await transcript("jj<Right>jj<Enter>")
        #expect(!text.contains("\u{202E}") || TerminalText.safe(text) != text)
        #expect(text.contains("Hostile"))
    }

    @Test func `only what is written is read: no details of other rows`() async {
        let stage = await Stage(columns: 100, rows: 24, isLinear: true)
        await stage.press("3j")
        #expect(!stage.effects.contains { if case .client(.want) = $0 { true } else { false } })
        #expect(stage.dashboard.isAtRest)
    }

    @Test func `it never asks for ticks`() async {
        let stage = await Stage(columns: 100, rows: 24, isLinear: true)
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<BS>3<F10>3<Enter>")
        #expect(!stage.dashboard.wantsTicks)
    }

    @Test func `a changed key is written with its new name`() async throws {
        let stage = await Stage(
            columns: 100, rows: 24, keymap: try Keymap([Keymap.Override(action: "filter", keys: ["="], place: "x")]),
            isLinear: true)
        let keys = stage.dashboard.sentences.first { $0.topic == .keys }?.lines.first ?? ""
        #expect(keys.contains("equals filter"))
    }
}

@Suite(.onComputingThreads) struct `The voice of linear mode` {
    private func sentences(_ place: String, _ rest: Sentence...) -> [Sentence] { [Sentence(.place, place)] + rest }

    @Test func `nothing is written without news`() {
        var voice = Voice()
        let now = sentences("A.", Sentence(.selected, "1 of 2."))
        #expect(voice.news(now) == ["A.", "1 of 2."])
        #expect(voice.news(now) == [])
    }

    @Test func `at a new place everything is written, also what is the same`() {
        var voice = Voice()
        _ = voice.news(sentences("A.", Sentence(.selected, "1 of 2."), Sentence(.keys, "Keys: a.")))
        #expect(
            voice.news(sentences("B.", Sentence(.selected, "1 of 2."), Sentence(.keys, "Keys: a."))) == [
                "B.", "1 of 2.", "Keys: a.",
            ])
    }

    @Test func `keys are written once at a place`() {
        var voice = Voice()
        _ = voice.news(sentences("A.", Sentence(.keys, "Keys: a.")))
        #expect(voice.news(sentences("A.", Sentence(.keys, "Keys: b."))) == [])
    }

    @Test func `of a page only new lines are written`() {
        var voice = Voice()
        _ = voice.news(sentences("A.", Sentence(.page, ["Order 1.", "Submitted.", "For X."])))
        #expect(
            voice.news(sentences("A.", Sentence(.page, ["Order 1.", "Completed.", "For X."]))) == ["Completed."])
        #expect(voice.news(sentences("A.", Sentence(.page, ["Order 2.", "For X."]))) == ["Order 2.", "For X."])
    }

    @Test func `the same message is written again after it was gone, a price is not`() {
        var voice = Voice()
        let full = sentences("A.", Sentence(.aside, "Total 5."), Sentence(.message, "No."))
        _ = voice.news(full)
        _ = voice.news(sentences("A."))
        #expect(voice.news(full) == ["No."])
    }

    @Test func `again writes everything`() {
        var voice = Voice()
        let now = sentences("A.", Sentence(.selected, "1 of 2."))
        _ = voice.news(now)
        #expect(voice.again(now) == ["A.", "1 of 2."])
    }

    @Test(arguments: [
        ("/", "slash"), ("?", "question mark"), ("A", "capital A"), ("^R", "control R"), ("PgDn", "Page Down"),
        ("Esc", "Escape"), ("c", "c"), ("F10", "F10"),
    ])
    func `keys have names`(key: String, words: String) { #expect(KeyWords.words(for: key) == words) }
}
