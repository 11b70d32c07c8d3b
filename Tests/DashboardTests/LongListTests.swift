import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The dashboard on lists that are too long to be arranged on the screen's thread.
@Suite(.onComputingThreads) struct `A dashboard of long lists` {
    private static let rows = (0..<6000).map { place in
        Subscription(
            id: .init(String(1_000_000 + place)), name: place % 2 == 0 ? "Aurora" : "Zenix",
            customer: .init(String(place % 50)), status: .active)
    }

    private static func snapshot(_ rows: [Subscription]) -> Snapshot<Listing<Subscription>> {
        Snapshot(value: Listing(rows: rows, total: rows.count, isComplete: true), readAt: Stage.start)
    }

    private func dashboard(isSorted: Bool = true) -> Dashboard {
        var dashboard = Dashboard(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true),
            size: Size(columns: 80, rows: 24), now: Stage.start, at: .accounts)
        _ = dashboard.update(.key("3"))
        let effects = dashboard.update(.subscriptions(SubscriptionQuery(), Self.snapshot(Self.rows)))
        if isSorted {
            finish(
                effects.compactMap { if case .client(.arrange(let job)) = $0 { job } else { nil } }, &dashboard)
        }
        return dashboard
    }

    /// - Returns: the jobs that the keys asked for.
    private func press(_ keys: String, _ dashboard: inout Dashboard) -> [ListJob] {
        Stage.keys(keys).flatMap { dashboard.update(.key($0)) }.compactMap {
            if case .client(.arrange(let job)) = $0 { job } else { nil }
        }
    }

    /// Runs the latest job, and what its results ask for.
    private func finish(_ jobs: [ListJob], _ dashboard: inout Dashboard) {
        var jobs = jobs.suffix(1)
        while let job = jobs.popFirst() {
            var events: [Event] = []
            job.run(isCancelled: { false }, post: { events.append(.arranged($0)) })
            for event in events {
                jobs += dashboard.update(event).compactMap {
                    if case .client(.arrange(let job)) = $0 { job } else { nil }
                }
            }
        }
    }

    @Test func `a key that acts on a row waits for the rows it was pressed for`() {
        var dashboard = dashboard()
        let jobs = press("/1005999<Enter><Enter>", &dashboard)
        #expect(dashboard.subscriptions.opened == nil)
        #expect(dashboard.draw().text.contains("Enter waits for the list."))
        finish(jobs, &dashboard)
        #expect(dashboard.subscriptions.opened == "1005999")
    }

    @Test func `keys that wait keep their order, and Esc drops them`() {
        var dashboard = dashboard()
        var jobs = press("/zenix<Enter> j ", &dashboard)
        #expect(dashboard.subscriptions.list.markCount == 0)
        finish(jobs, &dashboard)
        #expect(dashboard.subscriptions.list.marked.map(\.id) == ["1000001", "1000005"])
        jobs = press("/x<Enter><Enter><Esc>", &dashboard)
        finish(jobs, &dashboard)
        #expect(dashboard.subscriptions.opened == nil)
        #expect(dashboard.subscriptions.list.count == 6000)
    }

    @Test func `a list that is not in its order yet does not say that there are no rows`() {
        let dashboard = dashboard(isSorted: false)
        #expect(dashboard.subscriptions.list.isEmpty)
        #expect(dashboard.draw().text.contains("Loading subscriptions…"))
    }

    @Test func `moving waits for nothing`() {
        var dashboard = dashboard()
        _ = press("/zenix<Enter>jj", &dashboard)
        #expect(dashboard.subscriptions.list.cursor.index == 2)
    }

    @Test func `an answer makes no key wait`() {
        var dashboard = dashboard()
        let jobs = press("/zenix<Enter>", &dashboard)
        finish(jobs, &dashboard)
        _ = dashboard.update(.subscriptions(SubscriptionQuery(), Self.snapshot(Self.rows.reversed())))
        _ = press("<Enter>", &dashboard)
        #expect(dashboard.subscriptions.opened == "1000001")
    }

    @Test func `a long list of customers gives its names to the rows when it is ready`() {
        var dashboard = dashboard()
        let customers = (0..<5000).map {
            Account(id: .init(String($0)), kind: .customer, name: "Name \($0)", status: .active)
        }
        let listing = Listing(rows: customers, total: customers.count, isComplete: true)
        let effects = dashboard.update(.accounts(.customers, Snapshot(value: listing)))
        #expect(dashboard.draw().text.contains("account 3"))
        finish(
            effects.compactMap { effect -> ListJob? in
                if case .client(.arrange(let job)) = effect, job.slot.purpose == .indexing { job } else { nil }
            }, &dashboard)
        #expect(dashboard.draw().text.contains("Name 3 "))
    }

    /// The tree of accounts of somebody without resellers.
    private func tree(of customers: Int) -> (dashboard: Dashboard, jobs: [ListJob]) {
        var dashboard = Dashboard(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true),
            size: Size(columns: 80, rows: 24), now: Stage.start, at: .accounts)
        _ = dashboard.update(.key("2"))
        _ = dashboard.update(
            .accounts(.resellers, Snapshot(value: Listing(rows: [], total: 0, isComplete: true))))
        let rows = (0..<customers).map {
            Account(id: .init(String($0)), kind: .customer, name: "Name \($0)", status: .active)
        }
        let effects = dashboard.update(
            .accounts(.customers, Snapshot(value: Listing(rows: rows, total: customers, isComplete: true))))
        return (dashboard, effects.compactMap { if case .client(.arrange(let job)) = $0 { job } else { nil } })
    }

    @Test
    func `a tree of a long list is prepared for words when it is complete, and for contacts when a filter is begun`() {
        var (dashboard, jobs) = tree(of: 5000)
        #expect(jobs.contains { $0.slot == ListJob.Slot(.customers) })
        #expect(press("/", &dashboard).map(\.slot) == [ListJob.Slot(.customers)])
        (dashboard, jobs) = tree(of: 4000)
        #expect(jobs.isEmpty && press("/", &dashboard).isEmpty)
    }

    @Test func `a tree of a long list is filtered by a job and finds its rows`() {
        var (dashboard, _) = tree(of: 5000)
        #expect(dashboard.draw().text.contains("Marketplace, 5,000 customers"))
        _ = press("G", &dashboard)
        #expect(dashboard.accounts.selected?.name == "Name 4999")
        _ = press("k<Left>", &dashboard)
        #expect(dashboard.accounts.cursor.selected == .root)
        let jobs = press("G/name:4998<Enter>", &dashboard)
        finish(jobs, &dashboard)
        #expect(dashboard.accounts.selected?.name == "Name 4998")
        #expect(dashboard.accounts.tree.count == 2)
    }
}
