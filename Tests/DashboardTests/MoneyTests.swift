import Foundation
import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The money` {
    private static let sizes = [(80, 24), (120, 40), (200, 60)]

    /// The view of the money of Nordwind Handel GmbH, with as many details read as are asked for.
    private func stage(
        _ columns: Int = 120, _ rows: Int = 40, reading: Bool = true, keys: String = "", isLinear: Bool = false
    ) async -> Stage {
        let stage = await Stage(columns: columns, rows: rows, isLinear: isLinear)
        await stage.press("8")
        if reading {
            await stage.press("F")
            await stage.readRest()
        }
        await stage.press(keys)
        return stage
    }

    @Test(arguments: sizes) func `without details it says what is not read, and what reading it costs`(
        columns: Int, rows: Int
    ) async {
        let stage = await stage(columns, rows, reading: false)
        await stage.send(.budget(Budget(perMinute: 60, left: 60)))
        expectScreen(stage.screen, matches: "money-unread-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `rows and totals stand below each other`(columns: Int, rows: Int) async {
        let stage = await stage(columns, rows)
        expectScreen(stage.screen, matches: "money-\(columns)x\(rows)")
        await stage.press("lllG")
        expectScreen(stage.screen, matches: "money-products-\(columns)x\(rows)")
    }

    @Test func `h and l step through the groupings, in a circle, and the cursor is on the first row`() async {
        let stage = await stage(keys: "jjj")
        for grouping in ["reseller", "vendor", "product", "term", "customer"] {
            await stage.press("l")
            #expect(stage.dashboard.money.grouping.rawValue == grouping)
            #expect(stage.dashboard.money.list.cursor.index == 0)
            #expect(stage.screen.contains(grouping.uppercased() + " "))
        }
        await stage.press("h")
        #expect(stage.dashboard.money.grouping == .term)
    }

    @Test(arguments: MoneyAnswer.Grouping.allCases)
    func `Enter opens as many subscriptions as the row says, and Esc leads back to it`(
        grouping: MoneyAnswer.Grouping
    ) async throws {
        let steps = try #require(MoneyPane.groupings.firstIndex(of: grouping))
        let stage = await stage(keys: String(repeating: "l", count: steps))
        for _ in 0..<3 {
            let line = try #require(stage.dashboard.money.list.selected)
            await stage.press("<Enter>")
            #expect(stage.dashboard.view == .subscriptions)
            #expect(stage.dashboard.subscriptions.list.count == line.figures?.month.subscriptions, "\(line.id)")
            await stage.press("<Esc>")
            #expect(stage.dashboard.view == .money)
            #expect(stage.dashboard.money.list.selected?.id == line.id)
            await stage.press("j")
        }
    }

    @Test func `nobody can open what is not read, and the message says why`() async {
        let stage = await stage(reading: false, keys: "ll")
        #expect(stage.dashboard.money.list.selected?.row.group == .unread)
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .money)
        #expect(stage.screen.contains("Nobody knows yet whose these are: F reads them."))
    }

    @Test func `the rest is read where the person asks for it, and Esc stops`() async {
        let stage = await stage(reading: false, keys: "F")
        #expect(stage.rests.count == 1291)
        await stage.readRest(10)
        #expect(stage.screen.contains("READING 10 of 1,291; Esc stops"))
        await stage.press("<Esc>")
        #expect(stage.rests.isEmpty && stage.dashboard.view == .money)
        #expect(stage.screen.contains("Stopped: 10 of 1,291 were read. F reads the others."))
        #expect(stage.screen.contains("10 of 1,291 read"))
    }

    @Test func `where calls are not limited nobody has to ask`() async {
        let stage = await stage(reading: false)
        await stage.send(.budget(Budget()))
        #expect(stage.screen.contains("all 1,291 read"))
    }

    @Test func `its figures are those of the command`() async throws {
        let stage = await Stage(columns: 200, rows: 60)
        await stage.press("j")
        #expect(stage.dashboard.accounts.selected?.id == "1000100")
        await stage.press("8F")
        await stage.readRest()
        await stage.press("h")
        // What `souk money --reseller 1000100 --by term` printed at this time of the sandbox.
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Transcripts/money.txt")
        let transcript = try String(contentsOf: file, encoding: .utf8)
        let printed = try #require(transcript.components(separatedBy: "--reseller 1000100 --by term\n").last)
        let amounts = try printed.components(separatedBy: "\n= 0").first.map {
            $0.matches(of: try Regex(#"[0-9,]+\.[0-9]{2}"#)).map { String($0.output[0].substring ?? "") }
        }
        let screen = stage.screen
        #expect(amounts?.count ?? 0 > 18)
        for amount in amounts ?? [] { #expect(screen.contains(amount), "\(amount)") }
        #expect(screen.contains("213 of 213"))
    }

    @Test func `a filter and an order work as everywhere, and the totals stay those of all`() async throws {
        let stage = await stage(keys: "/currency=EUR margin-percent>24<Enter>")
        let lines = stage.dashboard.money.list.first(.max)
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(line.row.currency == "EUR")
            #expect(try #require(line.margin?.percent) > 24)
        }
        #expect(stage.screen.contains("TOTAL USD") && stage.screen.contains("TOTAL EUR"))
        #expect(stage.screen.contains("\(lines.count) match of 354 groups; all 1,291 read"))
    }

    @Test func `a click is on a row, and a total is none`() async {
        let stage = await stage(80, 24)
        await stage.send(.key(.mouse(Mouse(.click, x: 10, y: 8))))
        #expect(stage.dashboard.money.list.cursor.index == 3)
        await stage.press("g")
        await stage.send(.key(.mouse(Mouse(.click, x: 10, y: 18))))
        #expect(stage.screen.split(separator: "\n")[18].contains("TOTAL USD"))
        #expect(stage.dashboard.money.list.cursor.index == 0)
    }

    @Test func `what is being read can be stopped after coming back`() async {
        let stage = await stage(reading: false, keys: "RF3")
        #expect(!stage.rests.isEmpty)
        await stage.press("8")
        #expect(stage.screen.contains("READING"))
        await stage.press("<Esc>")
        #expect(stage.rests.isEmpty && stage.dashboard.view == .money)
    }

    @Test func `keys count nothing anew, and what comes counts once`() async {
        let stage = await stage(keys: "")
        let before = stage.dashboard.money.counting.changes
        await stage.press("jjjGgk/a<Esc><Esc>s<Esc>")
        #expect(stage.dashboard.money.counting.changes == before)
        await stage.press("l")
        #expect(stage.dashboard.money.counting.changes == before + 1)
    }

    @Test func `it says in linear mode what the rows and totals say`() async {
        let stage = await stage(keys: "j", isLinear: true)
        var voice = Voice()
        expectScreen(voice.news(stage.dashboard.sentences).joined(separator: "\n"), matches: "linear-money")
    }

    @Test func `what is shown is exported with plain amounts`() async throws {
        let stage = await stage(keys: "lle")
        let file = try #require(stage.exports.first)
        #expect(file.name == "souk-money-vendor-sandbox-20261120-140412.csv")
        let lines = file.text.split(separator: "\r\n")
        #expect(
            lines[0].hasSuffix(
                "vendor,key,currency,subscriptions,unread,without rate,rate a month,cost a month,margin,margin percent,committed"
            ))
        #expect(lines.count == stage.dashboard.money.list.count + 1)
        #expect(!lines[1].contains("\""))
    }
}

@Suite struct `Counting money` {
    private func basis(_ count: Int) -> MoneyCounting.Basis {
        var basis = MoneyCounting.Basis(grouping: .customer, today: CalendarDate(daysSince1970: 20_000))
        basis.rows = (0..<count).map { place in
            Subscription(id: .init("\(place)"), name: "A", customer: .init("\(place % 10)"), status: .active)
        }
        return basis
    }

    @Test func `is done beside the screen for long lists, and again for what came meanwhile`() throws {
        var counting = MoneyCounting()
        let first = counting.count(basis(5000))
        #expect(!first.isNew && counting.value == nil)
        var changed = basis(5000)
        changed.grouping = .term
        let isWaiting = counting.count(changed).job == nil
        #expect(isWaiting)
        var results: [ListResult] = []
        try #require(first.job).run(isCancelled: { false }, post: { results.append($0) })
        let result = try #require(results.first)
        let isTaken = counting.take(result)
        #expect(isTaken)
        #expect(counting.value?.answer.grouping == .customer && counting.value?.answer.subscriptions == 5000)
        let next = counting.count(changed)
        let isTakenAgain = counting.take(result)
        #expect(next.job != nil && !isTakenAgain)
    }

    @Test func `lists what is not read with what comes next first`() {
        var basis = basis(0)
        let day = basis.today
        func row(_ id: String, _ days: Int?, _ status: SubscriptionStatus = .active) -> Subscription {
            Subscription(
                id: .init(id), name: "A", customer: "1", status: status, expires: days.map { day.adding(days: $0) })
        }
        basis.rows = [row("1", nil), row("2", 40), row("3", 2), row("4", 1, .terminated), row("5", 9)]
        basis.charges.take(SubscriptionDetail(subscription: row("5", 9)))
        #expect(MoneyCounting.Counted(basis).unread == ["3", "2", "1"])
    }
}
