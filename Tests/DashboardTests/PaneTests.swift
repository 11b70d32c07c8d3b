import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Selection and answers` {
    private static func row(_ id: Int, _ name: String = "Product") -> Subscription {
        Subscription(id: .init("\(id)"), name: name, customer: "1", status: .active)
    }

    private static func snapshot(_ ids: [Int], isComplete: Bool = true, total: Int? = nil) -> Snapshot<
        Listing<Subscription>
    > {
        Snapshot(
            value: Listing(rows: ids.map { row($0) }, total: total ?? ids.count, isComplete: isComplete),
            readAt: Stage.start)
    }

    private static let everything = SubscriptionQuery()

    private func dashboard() -> Dashboard {
        var dashboard = Dashboard(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true),
            size: Size(columns: 80, rows: 24), now: Stage.start, at: .accounts)
        _ = dashboard.update(.key("3"))
        return dashboard
    }

    @Test func `a refresh that puts rows on top keeps the cursor on its row`() {
        var dashboard = dashboard()
        _ = dashboard.update(.subscriptions(Self.everything, Self.snapshot([5, 4, 3])))
        _ = dashboard.update(.key("j"))
        #expect(dashboard.subscriptions.list.selected?.id == "4")
        _ = dashboard.update(.subscriptions(Self.everything, Self.snapshot([7, 6, 5, 4, 3])))
        #expect(dashboard.subscriptions.list.selected?.id == "4")
    }

    @Test func `when the selected row is gone the one in its place is selected`() {
        var dashboard = dashboard()
        _ = dashboard.update(.subscriptions(Self.everything, Self.snapshot([5, 4, 3])))
        _ = dashboard.update(.key("j"))
        _ = dashboard.update(.subscriptions(Self.everything, Self.snapshot([5, 3])))
        #expect(dashboard.subscriptions.list.selected?.id == "3")
    }

    @Test func `a key that the row does not allow keeps its place in the footer, without its colour, and says why`()
        throws
    {
        var dashboard = dashboard()
        var rows = [Self.row(1), Self.row(2)]
        rows[1].status = .pending
        let listing = Listing(rows: rows, total: 2, isComplete: true)
        _ = dashboard.update(.subscriptions(Self.everything, Snapshot(value: listing, readAt: Stage.start)))
        let allowed = dashboard.draw()
        _ = dashboard.update(.key("j"))
        let refused = dashboard.draw()
        let footer = String(try #require(allowed.text.split(separator: "\n").last))
        #expect(refused.text.hasSuffix(footer))
        let place = try #require(footer.firstRange(of: "c units")?.lowerBound)
        let x = footer.distance(from: footer.startIndex, to: place)
        #expect(allowed[x, 23].style == Style(.key))
        #expect(refused[x, 23].style == .faint)
        _ = dashboard.update(.key("c"))
        #expect(dashboard.flow == nil)
        #expect(dashboard.notice?.text.isEmpty == false)
    }

    @Test func `the preview has its fields in the same lines, whatever the row holds`() throws {
        var dashboard = dashboard()
        _ = dashboard.update(.resized(Size(columns: 120, rows: 40)))
        var rows = [Self.row(1), Self.row(2)]
        rows[1].status = .pending
        rows[1].expires = CalendarDate("2027-11-20")
        rows[1].autoRenews = false
        let listing = Listing(rows: rows, total: 2, isComplete: true)
        _ = dashboard.update(.subscriptions(Self.everything, Snapshot(value: listing, readAt: Stage.start)))
        func lines() -> [Int?] {
            let lines = dashboard.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
            return ["units  ", "rate  ", "auto-renew  ", "last changed ", "PRODUCTS"].map { label in
                lines.firstIndex { $0.contains("│  \(label)") || $0.contains("│ \(label)") }
            }
        }
        let first = lines()
        #expect(!first.contains(nil))
        _ = dashboard.update(.key("j"))
        #expect(lines() == first)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func `numbers are grouped by thousands`(number: Int, text: String) {
        #expect(grouped(number) == text)
    }

    @Test func `an answer for another account is ignored`() {
        var dashboard = dashboard()
        _ = dashboard.update(.subscriptions(SubscriptionQuery(customer: "99"), Self.snapshot([1, 2])))
        #expect(dashboard.subscriptions.list.isEmpty)
    }

    @Test func `a failed refresh keeps the rows and says so`() {
        var dashboard = dashboard()
        _ = dashboard.update(.subscriptions(Self.everything, Self.snapshot([5, 4])))
        var failed = Self.snapshot([5, 4])
        failed.failure = .timedOut(seconds: 60)
        _ = dashboard.update(.subscriptions(Self.everything, failed))
        let screen = dashboard.draw().text
        #expect(dashboard.subscriptions.list.count == 2)
        #expect(screen.contains("NO CONNECTION  as of Fri 20 Nov 14:04 UTC"))
        #expect(screen.contains("Not refreshed. The marketplace did not answer within 1 min"))
        _ = dashboard.update(.key("?"))
        #expect(dashboard.draw().text.contains("again."))
    }

    @Test func `a list that is not whole never looks so`() {
        var dashboard = dashboard()
        _ = dashboard.update(
            .subscriptions(Self.everything, Self.snapshot(Array(1...100), isComplete: false, total: 3918)))
        #expect(dashboard.draw().text.contains("100 of 3,918 loaded"))
    }

    @Test func `a row that could not be read is counted on screen`() {
        var dashboard = dashboard()
        var snapshot = Self.snapshot([1])
        snapshot.value?.problems = [RowProblem(index: 1, reason: "no id")]
        _ = dashboard.update(.subscriptions(Self.everything, snapshot))
        #expect(dashboard.draw().text.contains("1, 1 unreadable"))
    }

    @Test func `only the rows in view ask for their details`() {
        var dashboard = dashboard()
        let effects = dashboard.update(.subscriptions(Self.everything, Self.snapshot(Array(1...1000))))
        let wanted = effects.compactMap { effect -> [DataQuery]? in
            if case .client(.want(let requests, _)) = effect { requests } else { nil }
        }
        #expect(wanted.map(\.count) == [16])
        #expect(wanted.first?.first == .subscription("1"))
    }

    @Test func `what is no longer looked at is no longer read`() {
        var dashboard = dashboard()
        let effects = dashboard.update(.key("5"))
        #expect(effects.contains(.unwatch(.subscriptions(Self.everything))))
        #expect(effects.contains(.watch(.products(ProductQuery()), whenSettled: false)))
    }

    @Test func `r reads again what is on screen`() {
        var dashboard = dashboard()
        let effects = dashboard.update(.key("r"))
        #expect(effects.contains(.refresh(.subscriptions(Self.everything))))
    }

    @Test func `a filter takes words in any order and Esc shows all again`() {
        var dashboard = dashboard()
        let rows = [Self.row(1, "Aurora Premium"), Self.row(2, "Zenix Wall"), Self.row(3, "Premium Aurora Mail")]
        _ = dashboard.update(
            .subscriptions(
                Self.everything,
                Snapshot(value: Listing(rows: rows, total: 3, isComplete: true), readAt: Stage.start)))
        for key in Stage.keys("/prem aur") { _ = dashboard.update(.key(key)) }
        #expect(dashboard.subscriptions.list.count == 2)
        #expect(dashboard.draw().text.contains("2 match; product of 0 of 3 read"))
        _ = dashboard.update(.key(.escape))
        #expect(dashboard.subscriptions.list.count == 3)
    }

    @Test func `digits typed into a filter are text and go nowhere`() {
        var dashboard = dashboard()
        for key in Stage.keys("/5q?") { _ = dashboard.update(.key(key)) }
        #expect(dashboard.view == .subscriptions)
        #expect(dashboard.subscriptions.list.filter.field.text == "5q?")
    }
}

@Suite(.onComputingThreads) struct `Keys of the frame` {
    private func dashboard(isReadOnly: Bool = false) -> Dashboard {
        Dashboard(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: isReadOnly, isProduction: true),
            size: Size(columns: 80, rows: 24), now: Stage.start, at: .accounts)
    }

    @Test func `q at the first screen leaves and Esc never does`() {
        var dashboard = dashboard()
        #expect(!dashboard.update(.key(.escape)).contains(.quit))
        #expect(dashboard.draw().text.contains("q leaves souk."))
        #expect(dashboard.update(.key("q")).contains(.quit))
    }

    @Test func `control C leaves only when pressed twice in a row`() {
        var dashboard = dashboard()
        #expect(!dashboard.update(.key(.control("c"))).contains(.quit))
        #expect(!dashboard.update(.key("j")).contains(.quit))
        #expect(!dashboard.update(.key(.control("c"))).contains(.quit))
        #expect(dashboard.update(.key(.control("c"))).contains(.quit))
    }

    @Test func `a paste outside a text box is refused with a word`() {
        var dashboard = dashboard()
        let before = dashboard.view
        _ = dashboard.update(.key(.paste("q5oj\n")))
        #expect(dashboard.view == before)
        #expect(dashboard.draw().text.contains("Pasted text was not used"))
    }

    @Test func `a key that means nothing says so`() {
        var dashboard = dashboard()
        _ = dashboard.update(.key("Z"))
        #expect(dashboard.draw().text.contains("Z does nothing here. ? shows the keys."))
    }

    @Test func `the background index says in the message line how far it is`() {
        var dashboard = dashboard()
        _ = dashboard.update(.accounts(.resellers, Snapshot(value: Listing(isComplete: true), readAt: Stage.start)))
        _ = dashboard.update(
            .index(
                IndexProgress(
                    phase: .details, isRunning: true, rows: 1200, of: 5000, calls: 1230, callsLeft: 3800,
                    secondsLeft: 11_590)))
        #expect(dashboard.draw().text.contains("Indexing details: 1,200 of 5,000, 3 h 13 min left, 3,800 calls."))
        _ = dashboard.update(
            .index(IndexProgress(phase: .subscriptions, isRunning: true, isAgain: true, rows: 500, of: 1500)))
        #expect(dashboard.draw().text.contains("Reading again subscriptions: 500 of 1,500."))
        _ = dashboard.update(.index(IndexProgress(phase: .complete, isRunning: true)))
        #expect(!dashboard.draw().text.contains("Index"))
        _ = dashboard.update(.index(IndexProgress(phase: .orders, failure: .rateLimited(retryAfter: 90))))
        #expect(dashboard.draw().text.contains("Indexing stopped and goes on later. Too many calls"))
    }

    private static let customers = Snapshot(
        value: Listing(
            rows: [Account(id: "7", kind: .customer, name: "Wren & Co", status: .active)], total: 1, isComplete: true))

    @Test(arguments: [
        MarketplaceError.serverFailed(status: 500, message: "", correlationID: nil),
        .forbidden(message: "", correlationID: nil),
    ]) func `where resellers cannot be read, customers stand in the tree by themselves`(failure: MarketplaceError) {
        var dashboard = dashboard()
        _ = dashboard.update(.accounts(.resellers, Snapshot(failure: failure)))
        _ = dashboard.update(.accounts(.customers, Self.customers))
        let screen = dashboard.draw().text
        #expect(screen.contains("resellers cannot be read; these are the customers of all"))
        #expect(screen.contains("Wren & Co"))
        _ = dashboard.update(.key("j"))
        _ = dashboard.update(.key("j"))
        #expect(dashboard.accounts.selected?.id == "7")
    }

    @Test func `unreadable resellers are counted, and are not none`() {
        var dashboard = dashboard()
        let problems = [RowProblem(index: 0, reason: "it has no id"), RowProblem(index: 1, reason: "it has no id")]
        _ = dashboard.update(
            .accounts(.resellers, Snapshot(value: Listing(total: 2, isComplete: true, problems: problems))))
        let screen = dashboard.draw().text
        #expect(screen.contains("2 unreadable resellers"))
        #expect(!screen.contains("no resellers"))
    }

    @Test func `an empty list with unreadable rows never says that there are none`() {
        var dashboard = dashboard()
        _ = dashboard.update(.key("4"))
        _ = dashboard.update(
            .orders(
                OrderQuery(),
                Snapshot(
                    value: Listing(
                        total: 1, isComplete: true, problems: [RowProblem(index: 0, reason: "it has no id")]))))
        let screen = dashboard.draw().text
        #expect(screen.contains("None of the 1 orders can be read"))
        #expect(!screen.contains("There are no"))
    }

    @Test func `a read without an answer is shown, and Esc cancels it`() {
        var dashboard = dashboard()
        let began = Stage.start
        _ = dashboard.update(.time(began.adding(seconds: 7)))
        _ = dashboard.update(.key("r"))
        _ = dashboard.update(
            .accounts(
                .resellers,
                Snapshot(isLoading: true, waiting: Waiting(until: began, reason: .silence))))
        #expect(dashboard.draw().text.contains("Reading: no answer for 7 s. Esc stops waiting."))
        #expect(dashboard.wantsTicks)
        let effects = dashboard.update(.key(.escape))
        #expect(effects.contains(.stopReading(.accounts(.resellers))))
        #expect(dashboard.draw().text.contains("Stopped waiting for the answer. r reads again."))
    }

    @Test func `every key of every table is in the help of its view`() async {
        let stage = await Stage(columns: 120, rows: 60)
        for view in View.all {
            await stage.press("\(view.number)?")
            for row in stage.dashboard.panes[view].help(stage.dashboard.model) {
                #expect(stage.screen.contains(row.key), "\(view) \(row.key)")
            }
            await stage.press("<Esc>")
        }
    }

    @Test func `a key that cannot act says why`() async {
        let stage = await Stage()
        await stage.press("o")
        #expect(stage.screen.contains("Choose a customer first: only customers buy."))
        await stage.press("jj<Right>jo")
        #expect(stage.screen.contains("is on credit hold"))
    }

    @Test func `no size from one cell on breaks the drawing`() async {
        let stage = await Stage(columns: 80, rows: 24)
        for keys in ["", "j<Right>j", "3", "<Enter>", "4", "<Enter>", "5", "o", "?"] {
            await stage.press(keys)
            for columns in [1, 2, 39, 40, 41, 59, 79, 99, 100, 101, 159, 160, 161, 300] {
                for rows in [1, 2, 9, 10, 12, 13, 19, 20, 100] {
                    await stage.resize(columns, rows)
                    let lines = stage.screen.split(separator: "\n", omittingEmptySubsequences: false)
                    #expect(lines.count == rows)
                    #expect(lines.allSatisfy { TerminalText.width(of: $0) <= columns })
                }
            }
            await stage.resize(80, 24)
        }
    }
}
