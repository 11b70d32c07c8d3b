import FoundationEssentials
import Marketplace
import TestSupport
import Testing

@testable import Dashboard

/// Drafts that were made at another marketplace, as another user, or by an older version.
@Suite(.onComputingThreads) struct `Drafts of others` {
    private static let other = Owner(address: "https://api.example/eu", marketplace: "eu", user: "b.api")

    private static func draft(_ owner: Owner?) -> FormDraft {
        FormDraft(
            id: "units-1", title: "change of units: 28 units, Aurora 365 Business Premium", savedAt: Stage.start,
            kind: "units", fields: ["subscription": "1000917", "units": "28", "po": "PO-7"], owner: owner)
    }

    private func stage(_ drafts: FormDraft..., columns: Int = 80, rows: Int = 24, isLinear: Bool = false) async -> Stage
    {
        let stage = await Stage(columns: columns, rows: rows, isLinear: isLinear)
        await stage.send(.drafts(drafts))
        return stage
    }

    @Test(arguments: [(80, 24), (120, 40)]) func `are listed as such, and can be read`(columns: Int, rows: Int) async {
        let stage = await stage(Self.draft(Self.other), columns: columns, rows: rows)
        await stage.press("B")
        expectScreen(stage.screen, matches: "drafts-others-\(columns)x\(rows)")
        await stage.press("<Enter>")
        expectScreen(stage.screen, matches: "draft-other-\(columns)x\(rows)")
    }

    @Test func `open no form, however they are gone to`() async {
        let stage = await stage(Self.draft(Self.other))
        await stage.press("B<Enter>")
        #expect(stage.dashboard.flow == nil && stage.dashboard.draftList?.reading == "units-1")
        #expect(stage.screen.contains("made by b.api at https://api.example/eu eu"))
        await stage.press("<F10><Enter><Esc>")
        #expect(stage.dashboard.flow == nil && stage.dashboard.draftList?.reading == nil)
        await stage.press("<Esc>:change of units: 28<Enter>")
        #expect(stage.dashboard.flow == nil && stage.dashboard.draftList?.reading == "units-1")
        #expect(!stage.effects.contains { if case .client(.dryRun) = $0 { true } else { false } })
    }

    @Test func `of an older version open no form either`() async {
        let own = Owner(address: "https://api.example/us", marketplace: "us", user: "a.api")
        #expect(Self.draft(own).origin(for: own) == nil)
        #expect(Self.draft(nil).origin(for: own)?.hasPrefix("kept by an older version") == true)
        #expect(
            Self.draft(Owner(address: own.address, marketplace: "us", user: "b.api")).origin(for: own)
                == "made by b.api")
    }

    @Test func `are dropped only by a second x, also while they are read`() async {
        let stage = await stage(Self.draft(Self.other))
        await stage.press("B<Enter>x")
        #expect(!stage.effects.contains(.dropDraft("units-1")))
        await stage.press("x")
        #expect(stage.effects.contains(.dropDraft("units-1")))
        #expect(stage.screen.contains("No drafts."))
    }

    @Test func `are written in linear mode`() async {
        let stage = await stage(Self.draft(Self.other), isLinear: true)
        await stage.press("B")
        #expect(
            stage.dashboard.sentences.contains {
                $0.lines.joined().contains("made by b.api at https://api.example/eu eu")
            })
        await stage.press("<Enter>")
        #expect(stage.dashboard.sentences.contains { $0.lines.joined().contains("It cannot be sent from here") })
    }

    @Test func `survive being written down with their owner`() throws {
        for owner in [Self.other, nil] {
            let data = try JSONEncoder().encode(Self.draft(owner))
            #expect(try JSONDecoder().decode(FormDraft.self, from: data) == Self.draft(owner))
        }
    }
}

@Suite(.onComputingThreads) struct `Read-only while it runs` {
    @Test func `is shown in the header and refuses forms from then on`() async {
        let stage = await Stage()
        #expect(!stage.screen.contains("READ ONLY"))
        await stage.send(.readOnly)
        #expect(stage.screen.contains("READ ONLY  as of"))
        #expect(stage.screen.contains("The profile is read-only now: nothing more is sent."))
        await stage.press("j<Right>j<Enter>/1000917<Enter>c")
        #expect(stage.dashboard.flow == nil)
    }
}
