import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// What every list shows in windows of every width, with the rows of the sandbox.
@Suite(.onComputingThreads) struct `Columns of the lists` {
    /// How a list is laid out in a width: its columns, and the widths of their cells in view.
    private struct Picture {
        var titles: [String]
        var faults: [String]
    }

    /// Checks that no cell is cut beside a blank or an empty column, and no id, amount, date or number at all.
    private func picture<Row>(_ table: Table<Row?>, _ rows: [Row], width: Int) -> Picture {
        var pictures = RowPictures(of: table, width: width)
        pictures.draw(rows.indices, inView: rows.indices) { rows[$0] }
        let places = pictures.layout
        var faults: [String] = []
        var isCut = false
        var isLoose = (places.last.map { $0.x + $0.width } ?? 0) < width - 4
        for place in places {
            let column = table.columns[place.column]
            let texts = rows.map { place.isShort ? column.short?($0) ?? "" : column.text($0).0 }
            let longest = texts.map { TerminalText.width(of: $0) }.max() ?? 0
            switch column.cells {
            case .name, .product:
                isCut = isCut || longest > place.width
                isLoose = isLoose || place.width > max(longest, column.title.count + 1)
            case .whole, .forms: if longest > place.width { faults.append("\(column.title) is cut at \(width)") }
            }
            if longest == 0 { isLoose = true }
        }
        if isCut, isLoose { faults.append("a name is cut beside a blank at \(width)") }
        let full = places.filter { place in rows.contains { !table.columns[place.column].text($0).0.isEmpty } }
        return Picture(titles: full.map { table.columns[$0.column].title }, faults: faults)
    }

    /// - Parameter always: Titles that are there from 80 columns on.
    private func check<Row>(
        _ list: RowList<Row>, _ columns: [ListColumn<Row>], always: [String], at120: [String] = [],
        at200: [String] = []
    ) {
        let rows = list.first(40)
        #expect(!rows.isEmpty)
        let table = list.table(columns)
        var before: [String] = []
        for width in 60...250 {
            let picture = picture(table, rows, width: width)
            #expect(picture.faults == [])
            if width >= 80 { #expect(Set(before).isSubset(of: picture.titles), "\(width): \(picture.titles)") }
            if width >= 80 { #expect(Set(always).isSubset(of: picture.titles), "\(width): \(picture.titles)") }
            if width >= 119 { #expect(Set(at120).isSubset(of: picture.titles), "\(width): \(picture.titles)") }
            if width >= 200 { #expect(Set(at200).isSubset(of: picture.titles), "\(width): \(picture.titles)") }
            if width >= 79 { before = picture.titles }
        }
    }

    @Test func `of subscriptions`() async {
        let stage = await Stage(columns: 200, rows: 60)
        await stage.press("3")
        let pane = stage.dashboard.subscriptions
        check(
            pane.list, pane.columns(stage.dashboard.model), always: ["CUSTOMER", "PRODUCT", "UNITS", "STATE"],
            at200: ["RATE/MO", "ID", "TERM", "MPN", "AUTO", "MARGIN", "RESELLER"])
        await stage.press("2j<Right>j<Enter>")
        let own = stage.dashboard.subscriptions
        check(own.list, own.columns(stage.dashboard.model), always: ["PRODUCT", "UNITS", "STATE"])
    }

    @Test func `of orders`() async {
        let stage = await Stage(columns: 200, rows: 60)
        await stage.press("4")
        let pane = stage.dashboard.orders
        check(
            pane.list, pane.columns(stage.dashboard.model),
            always: ["ORDER", "CUSTOMER", "PRODUCT", "UNITS", "STATE", "AGE"], at120: ["TOTAL", "KIND"],
            at200: ["TOTAL", "KIND", "REASON", "PO NUMBER", "CREATED"])
    }

    @Test func `of products`() async {
        let stage = await Stage(columns: 200, rows: 60)
        await stage.press("5")
        let pane = stage.dashboard.catalog
        check(
            pane.list, pane.columns(stage.dashboard.model),
            always: ["MPN", "PRODUCT", "VENDOR", "TERM", "BILL", "PRICE/UNIT"], at200: ["COST/UNIT", "SERVICE"])
    }

    @Test func `of contacts`() async {
        let stage = await Stage(columns: 200, rows: 60)
        await stage.press("6")
        let pane = stage.dashboard.users
        check(
            pane.list, pane.columns(stage.dashboard.model), always: ["NAME", "E-MAIL", "PHONE", "ACCOUNT"],
            at200: ["ROLE"])
        await stage.press("2j<Right>j6")
        let own = stage.dashboard.users
        check(own.list, own.columns(stage.dashboard.model), always: ["NAME", "ROLE", "E-MAIL", "PHONE"])
    }

    @Test func `of the journal`() async {
        let stage = await Stage(columns: 200, rows: 60)
        func entry(_ id: String, _ name: String, _ change: String, made: String?) -> JournalEntry {
            JournalEntry(
                id: .init(id), at: Stage.start, profile: "sandbox", name: name, customer: "1000412",
                subscription: "1000917", poNumber: "SOUK-261120-140412-MQ3\(id)", changes: [change], method: "POST",
                path: "/orders", request: "{}",
                outcome: made.map { .taken(made: $0) } ?? .unknown(reason: "No answer."),
                correlationID: "a8n-7f0c9a1e-33d1-4b0e-9a27-\(id)")
        }
        await stage.press("7")
        await stage.send(
            .journal([
                entry("1", "cancellation order", "status active → terminated", made: nil),
                entry("2", "sales order", "3 x Aurora 365 Business Premium (AUR-365-BP)", made: "5000123"),
                entry("3", "change order", "units 25 → 28", made: "5000124"),
                entry("4", "change of customer 1000412", "name Jørgensen → Jørgensen & Søn A/S", made: "1000412"),
            ]))
        let pane = stage.dashboard.journal
        check(
            pane.list, pane.columns(stage.dashboard.model),
            always: ["SENT", "OUTCOME", "WHAT", "CUSTOMER", "CHANGE"], at200: ["NUMBER", "PO NUMBER"])
    }

    @Test func `of the journal tell orders of one customer and product apart at 80 columns`() async {
        let stage = await Stage(columns: 80, rows: 24)
        func entry(_ id: String, _ change: String, daysAgo: Int64 = 0) -> JournalEntry {
            let at = Instant(millisecondsSince1970: Stage.start.millisecondsSince1970 - daysAgo * 86_400_000)
            return JournalEntry(
                id: .init(id), at: at, profile: "sandbox", name: "sales order", customer: "1000412", changes: [change],
                method: "POST", path: "/orders", request: "{}", outcome: .taken(made: id))
        }
        await stage.press("7")
        await stage.send(
            .journal([
                entry("1", "3 x Aurora 365 Business Premium (AUR-365-BP)"),
                entry("2", "3 x Aurora 365 Business Basic (AUR-365-BB)"),
                entry("3", "3 x Aurora 365 Business Basic (AUR-365-BB)", daysAgo: 1),
                entry("4", "3 x Aurora 365 Business Basic (AUR-365-BB)", daysAgo: 400),
            ]))
        let rows = stage.screen.split(separator: "\n").filter { $0.contains("sales") }.map(String.init)
        #expect(rows.count == 4 && Set(rows).count == 4)
        #expect(rows[0].contains("14:04 ") && rows[0].contains("Jørgensen & Søn") && rows[0].contains("(AUR-365-BP)"))
        #expect(rows[2].contains("19 Nov ") && rows[3].contains("Oct 2025"))
    }

    @Test func `of requests`() async throws {
        let stage = await Stage(columns: 200, rows: 60)
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<BS>3<F10>")
        await stage.press("<Esc><Esc><Esc>L")
        let log = try #require(stage.dashboard.log)
        check(
            log.list, log.columns(stage.dashboard.model), always: ["TIME", "METHOD", "PATH", "STATUS", "MS", "FROM"],
            at200: ["BYTES", "CORRELATION ID"])
    }

    @Test func `and sort orders are kept with the preview for the next session`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3p>>4,jjj ")
        #expect(stage.choices.views["Subscriptions"]?.hidesPreview == true)
        #expect(stage.choices.views["Subscriptions"]?.sort != nil)
        #expect(stage.choices.views["Orders"]?.columns.count == 1)
        #expect(stage.choices.views["Accounts"] == nil)
        let next = await Stage(columns: 120, rows: 40)
        await next.send(.choices(stage.choices))
        await next.press("3")
        #expect(next.dashboard.subscriptions.list.hidesPreview)
        #expect(next.dashboard.subscriptions.list.order == stage.dashboard.subscriptions.list.order)
        #expect(next.dashboard.orders.list.chosenColumns == stage.dashboard.orders.list.chosenColumns)
    }

    @Test func `sorts only by what is shown, and the head names a column that is not`() async {
        let stage = await Stage(columns: 80, rows: 24)
        await stage.press("3")
        #expect(stage.screen.contains("UNITS"))
        await stage.press(">>>>>>>>>>>")
        let list = stage.dashboard.subscriptions.list
        #expect(list.order?.column == list.placedColumns?.last)
        await stage.press("screated<Enter>")
        #expect(stage.screen.contains("by created, not shown"))
    }

    @Test func `the margin of a subscription stands beside its rate, and can be asked for`() async throws {
        let stage = await Stage(columns: 200, rows: 60)
        await stage.press("j<Right>j3p")
        #expect(stage.words.contains("515.00 EUR 15.0 %"))
        await stage.press("/margin>14.9<Enter>")
        #expect(stage.dashboard.subscriptions.list.first(9).map(\.id) == ["1000917", "1000919", "1000918"])
    }

    @Test func `the sort box says of how many rows a column was read`() async {
        let stage = await Stage(columns: 200, rows: 60)
        await stage.press("3ps")
        let read = stage.dashboard.model.details.count
        #expect(read < 1500)
        let lines = stage.screen.split(separator: "\n")
        for (column, isRead) in [("rate ", true), ("margin ", true), ("state ", false), ("customer ", false)] {
            let line = lines.first { $0.contains("   \(column)") && $0.contains("│") }
            #expect(line?.contains("read of \(read)") == isRead, "\(column): \(line ?? "")")
        }
    }

    @Test func `that were chosen come before others, and say so when they have no place`() async {
        let stage = await Stage(columns: 80, rows: 24)
        await stage.press("3,")
        #expect(stage.screen.contains("COLUMNS  Space on off, J K move"))
        #expect(stage.screen.contains("no room: 7"))
        await stage.press("<Esc>")
        #expect(!stage.screen.contains(" ID "))
    }

    @Test func `and times are shown in UTC on request`() async {
        let stage = await Stage(columns: 280, rows: 60, zone: Zone(name: "CET", hours: 1))
        await stage.press("4p")
        let local = stage.screen
        #expect(local.contains("20 Nov 11:52"))
        await stage.press("T")
        #expect(stage.screen.contains("20 Nov 10:52"))
        #expect(stage.screen.contains("Times are shown in UTC."))
        #expect(stage.choices.usesUTC)
        await stage.press("T")
        #expect(stage.screen.contains("20 Nov 11:52"))
    }
}
