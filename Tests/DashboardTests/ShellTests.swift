import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The header` {
    private func dashboard(_ columns: Int = 80, rows: Int = 24, isReadOnly: Bool = false) -> Dashboard {
        Dashboard(
            profile: ProfileSummary(
                name: "prod", place: "test", user: "x.api", isReadOnly: isReadOnly, isProduction: true),
            size: Size(columns: columns, rows: rows), now: Stage.start, at: .accounts)
    }

    private func header(_ dashboard: Dashboard) -> String {
        String(dashboard.draw().text.split(separator: "\n", omittingEmptySubsequences: false)[0])
    }

    private static let resellers = AccountQuery.resellers

    private func receive(_ failure: MarketplaceError?, _ dashboard: inout Dashboard) {
        _ = dashboard.update(
            .accounts(
                Self.resellers,
                Snapshot(value: Listing(rows: [], total: 0, isComplete: true), readAt: Stage.start, failure: failure)))
        _ = dashboard.update(
            .accounts(
                .customers,
                Snapshot(value: Listing(rows: [], total: 0, isComplete: true), readAt: Stage.start, failure: failure)))
    }

    @Test func `says when the screen was read, with its day and zone, and nothing that is as usual`() {
        var dashboard = dashboard()
        receive(nil, &dashboard)
        #expect(header(dashboard) == " souk prod  all accounts                             as of Fri 20 Nov 14:04 UTC")
    }

    @Test func `names the calls only where they are limited`() {
        var dashboard = dashboard()
        receive(nil, &dashboard)
        _ = dashboard.update(.budget(Budget(perMinute: 60, left: 41)))
        #expect(header(dashboard).hasSuffix("calls 41/60  as of Fri 20 Nov 14:04 UTC"))
        _ = dashboard.update(.budget(Budget()))
        #expect(!header(dashboard).contains("calls"))
    }

    @Test func `says read-only, no connection and old data only when they are true`() {
        var dashboard = dashboard(isReadOnly: true)
        receive(.unreachable(host: "h", reason: "refused"), &dashboard)
        #expect(header(dashboard).hasSuffix("READ ONLY  NO CONNECTION  as of Fri 20 Nov 14:04 UTC"))
        receive(.serverFailed(status: 502, message: "", correlationID: nil), &dashboard)
        #expect(header(dashboard).hasSuffix("READ ONLY  OLD  as of Fri 20 Nov 14:04 UTC"))
        receive(nil, &dashboard)
        #expect(header(dashboard).hasSuffix("READ ONLY  as of Fri 20 Nov 14:04 UTC"))
    }

    @Test func `keeps the time of day in a narrow window`() {
        var dashboard = dashboard(40, rows: 10)
        receive(nil, &dashboard)
        #expect(header(dashboard).hasSuffix("as of 14:04 UTC"))
    }

    @Test func `the state of a write stands in the band of the views, and in the header where there is none`() async {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>/1000917<Enter>c28")
        let lines = stage.screen.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(!lines[0].contains("NOT SENT") && lines[1].hasSuffix("NOT SENT"))
        await stage.resize(60, 15)
        #expect(stage.screen.split(separator: "\n")[1].hasSuffix("NOT SENT"))
        await stage.resize(40, 10)
        #expect(stage.screen.split(separator: "\n")[0].contains("NOT SENT"))
    }
}

@Suite(.onComputingThreads) struct `The tabs` {
    private func tabs(_ columns: Int, at number: Int) -> String {
        var dashboard = Dashboard(
            profile: ProfileSummary(name: "t", place: "t", user: "x", isReadOnly: false, isProduction: false),
            size: Size(columns: columns, rows: 24), now: Stage.start, at: .accounts)
        _ = dashboard.update(.key(.character(Character("\(number)"))))
        return String(dashboard.draw().text.split(separator: "\n", omittingEmptySubsequences: false)[1])
    }

    @Test func `have every word where they fit`() {
        #expect(
            tabs(120, at: 3)
                == " 1 Home   2 Accounts   3 Subscriptions   4 Orders   5 Catalog   6 Users   7 Journal   8 Money")
    }

    @Test func `become short where they do not fit`() {
        #expect(
            tabs(80, at: 3) == " 1 Home  2 Accounts  3 Subs  4 Orders  5 Catalog  6 Users  7 Journal  8 Money")
    }

    @Test(arguments: 40...120) func `have every digit, whatever the width`(columns: Int) {
        for number in View.all.map(\.number) {
            let line = tabs(columns, at: number)
            for digit in View.all.map(\.number) { #expect(line.contains(" \(digit)"), "\(columns) \(number): \(line)") }
            #expect(TerminalText.width(of: line) <= columns)
        }
    }

    @Test func `lose their words from the right, that of the view in front last`() {
        #expect(tabs(60, at: 7) == " 1 Home  2 Accounts  3 Subs  4 Orders  5  6  7 Journal  8")
        #expect(tabs(60, at: 2) == " 1 Home  2 Accounts  3 Subs  4 Orders  5 Catalog  6  7  8")
        #expect(tabs(40, at: 3) == " 1 Home  2  3 Subs  4  5  6  7  8")
    }
}

@Suite(.onComputingThreads) struct `The message line at rest` {
    @Test func `says why what is on the cursor is in its state`() async {
        let stage = await Stage()
        await stage.press("4")
        #expect(stage.screen.contains("SO000705: Provisioning failed at the vendor."))
        #expect(stage.screen.contains("1 of 3,000"))
    }

    @Test func `counts the marks beside the place of the cursor`() async {
        let stage = await Stage()
        await stage.press("3  ")
        #expect(stage.screen.contains("2 marked, 3 of 1,500"))
        #expect(stage.screen.components(of: "2 marked") == 1)
    }

    @Test func `gives way to a message that would not fit`() async {
        let stage = await Stage()
        await stage.press("3*A")
        #expect(stage.screen.contains("at most 1,000 are changed at one go"))
        await stage.press("j")
        #expect(stage.screen.contains("1,500 marked, 2 of 1,500"))
    }
}

extension String {
    /// How often `part` is in it.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
