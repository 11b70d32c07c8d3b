import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// What go-to reads for a search, and says of what it did not look at.
@Suite(.onComputingThreads) struct `Reading for go-to` {
    @Test(arguments: ["jorg", "joerg", "JØRGENSEN", "soen jorgensen"])
    func `names of all customers are read when it is opened`(text: String) async {
        let stage = await Stage()
        await stage.press(":")
        #expect(stage.effects.contains(.watch(.accounts(.customers), whenSettled: false)))
        await stage.press(text)
        #expect(stage.screen.contains("account       Jørgensen & Søn A/S"))
    }

    @Test func `nothing is said to match only when everything was looked at`() async {
        let stage = await Stage()
        await stage.press(":zzz yyy")
        #expect(
            stage.screen.contains("No account, order, subscription or product matches \u{201C}zzz yyy\u{201D}."))
        // One word may be a number, a domain or a tenant id, of which not all were read.
        await stage.press("<Esc>:zzzz")
        #expect(stage.screen.contains("Nothing read so far matches \u{201C}zzzz\u{201D}."))
    }

    @Test func `what it waits for is said`() {
        var dashboard = Dashboard(
            profile: ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false),
            size: Size(columns: 80, rows: 24), now: Stage.start)
        let one = Account(id: "1", kind: .customer, name: "A", status: .active)
        let part = Listing(rows: [one], total: 400, isComplete: false)
        for key in Stage.keys(":zzzz") { _ = dashboard.update(.key(key)) }
        func say(_ latest: Snapshot<Listing<Account>>) -> String {
            let none = Listing<Account>(isComplete: true)
            _ = dashboard.update(.accounts(.customers, latest))
            for _ in 0..<3 { _ = dashboard.update(.found(SearchResults(text: "zzzz"))) }
            _ = dashboard.update(.accounts(.customersNamed("zzzz"), Snapshot(value: none, readAt: Stage.start)))
            _ = dashboard.update(
                .products(ProductQuery(name: "zzzz"), Snapshot(value: Listing(isComplete: true), readAt: Stage.start)))
            return dashboard.draw().text
        }
        #expect(
            say(Snapshot(value: part, readAt: Stage.start, isLoading: true)).contains(
                "Reading the names of all customers: 1 of 400…"))
        let silence = Waiting(until: Stage.start.adding(seconds: -12), reason: .silence)
        #expect(say(Snapshot(value: part, isLoading: true, waiting: silence)).contains("Reading: no answer for 12 s"))
        #expect(dashboard.wantsTicks)
        #expect(
            say(Snapshot(value: part, failure: .timedOut(seconds: 30))).contains(
                "Not all names of customers are read."))
    }
}
