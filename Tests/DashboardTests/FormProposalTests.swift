import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Boxes that hold a proposal: what is typed replaces it, what edits it keeps it.
@Suite(.onComputingThreads) struct `Proposals in boxes` {
    private static let rows: [FormField] = [
        .text("units", "units", "15", width: 10), .text("note", "note"), .choice("when", "when", []),
    ]

    private func fields(_ rows: [FormField] = rows) -> FormFields {
        var fields = FormFields()
        fields.lay(out: rows)
        return fields
    }

    private func type(_ keys: String, into fields: inout FormFields) {
        for key in Stage.keys(keys) { _ = fields.take(key) }
    }

    @Test(arguments: [
        ("5", "5"), ("50", "50"), ("<BS>", ""), ("<BS>7", "7"), ("<^U>7", "7"), ("<Left>2", "125"), ("<Home>2", "215"),
        ("<End>2", "152"), ("<Right>2", "152"), ("<End><BS>", "1"), ("<Tab><BTab>5", "5"),
        ("<Left><Tab><BTab>2", "125"),
        ("5<Tab><BTab>2", "52"), ("<Tab>x", "15"),
    ])
    func `the first character replaces, arrows edit, Backspace empties`(keys: String, after: String) {
        var fields = fields()
        #expect(fields["units"] == "15")
        type(keys, into: &fields)
        #expect(fields["units"] == after)
    }

    @Test func `what is pasted replaces it, but nothing pasted does not empty it`() {
        var fields = fields()
        _ = fields.take(.paste(""))
        #expect(fields["units"] == "15")
        #expect(fields.take(.paste("7")) == .taken)
        #expect(fields["units"] == "7")
    }

    @Test func `a key that does nothing in a box leaves the proposal one`() {
        var fields = fields()
        #expect(fields.take(.function(9)) == .unused)
        #expect(fields.isProposal("units"))
    }

    @Test func `a proposal follows the form until the person edits it`() {
        var fields = fields()
        fields.lay(out: [.text("units", "units", "20")])
        #expect(fields["units"] == "20")
        type("<Left>", into: &fields)
        fields.lay(out: [.text("units", "units", "30")])
        #expect(fields["units"] == "20")
    }

    @Test func `from a draft comes what was typed, to be edited, and what was not, to be replaced`() {
        var fields = fields([.text("units", "units", "15"), .text("po", "PO number", "SOUK-1")])
        type("7", into: &fields)
        var again = FormFields(restoring: fields.values)
        again.lay(out: [.text("units", "units", "1"), .text("po", "PO number", "SOUK-2")])
        #expect(again["units"] == "7" && again["po"] == "SOUK-1")
        #expect(!again.isProposal("units") && again.isProposal("po"))
        type("2<Tab>A", into: &again)
        #expect(again["units"] == "72" && again["po"] == "A")
    }

    @Test func `the units of a new order are those typed, as the screen shows them`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo5")
        #expect(stage.screen.contains("units      [ 5 "))
        await stage.press("<F10>5<Enter>")
        let sent = stage.effects.compactMap { effect -> SalesOrder? in
            if case .client(.send(.place(.sales(let order)), _, _)) = effect { order } else { nil }
        }
        #expect(sent.map { $0.lines.map(\.quantity) } == [[5]])
    }

    @Test func `what is copied of a subscription is a proposal too`() async {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>/1000920<Enter>d")
        #expect(stage.screen.contains("[ 8 "))
        await stage.press("5")
        #expect(stage.dashboard.flow?.form.fields["line.1.quantity"] == "5")
    }

    @Test func `the difference that an order leads over to the units is one`() async {
        let stage = await Stage()
        await stage.press("j<Right>j3<Enter>5/AUR-365-BP<Enter>jo3<F6>")
        #expect(stage.dashboard.flow?.form.fields["units"] == "+3")
        await stage.press("27")
        #expect(stage.screen.contains("25 → 27, +2"))
    }

    @Test func `what an account holds already is no proposal`() async {
        let stage = await Stage()
        await stage.press("j<Right>jE<End>!")
        #expect(stage.dashboard.flow?.form.fields["name"] == "Jørgensen & Søn A/S!")
        await stage.press("?")
        #expect(stage.dashboard.flow?.form.fields["name"] == "Jørgensen & Søn A/S!?")
    }

    @Test func `the form's help says how`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<F1>proposal")
        #expect(stage.screen.contains("the first character replaces a proposal"))
    }
}

/// How many keys the frequent writes take, what is typed into a box counted as one, from the first screen.
@Suite(.onComputingThreads) struct `Keys of frequent writes` {
    private static let customer = [
        "j", "n", "Fjord Kaffe ApS", "<Tab>", "Havnegade 7", "<Tab>", "8000", "<Tab>", "Aarhus C", "<Tab>", "Ida Holm",
        "<Tab>", "ida@fjordkaffe.example", "<Tab>", "+45 86 120000", "<F10>", "create", "<Enter>",
    ]

    @Test(arguments: [
        (["3", "/", "1000917", "<Enter>", "c", "+3", "<F10>", "28", "<Enter>"], 9),
        (["5", "/", "AUR-365-BP", "<Enter>", "o", "jørgensen", "<Enter>", "5", "<F10>", "5", "<Enter>"], 11),
        (["3", "/", "1000917", "<Enter>", "A", "<F10>", "off", "<Enter>"], 8),
        (["3", "/", "1000917", "<Enter>", "x", "<F10>", "1000917", "<Enter>"], 8), (customer, 18),
    ])
    func `are counted`(keys: [String], most: Int) async {
        let stage = await Stage(columns: 120, rows: 40)
        for key in keys.dropLast() { await stage.press(key) }
        #expect(stage.transport.writes.isEmpty)
        await stage.press(keys.last ?? "")
        #expect(stage.transport.writes.count == 1, "\(stage.screen)")
        #expect(keys.count <= most)
    }
}
