import Marketplace
import Testing

@testable import Dashboard

/// Active subscriptions with one product that can be changed, all marked, and their units.
struct BulkScene {
    var stage: Stage
    var ids: [Subscription.ID]
    var units: [Int]
}

/// What tests of bulk changes begin with and look at.
protocol BulkScenes {}

extension BulkScenes {
    /// The list, with five active subscriptions marked.
    func scene(isReadOnly: Bool = false) async throws -> BulkScene {
        let stage = await Stage(columns: 120, rows: 40, isReadOnly: isReadOnly)
        await stage.press("3/")
        await stage.send(.key(.paste("aurora 365 business status:active")))
        await stage.press("<Enter>    VV")
        let rows = stage.dashboard.subscriptions.list.marked
        var units: [Int] = []
        for row in rows { units.append(try await self.units(of: row.id, stage)) }
        return BulkScene(stage: stage, ids: rows.map(\.id), units: units)
    }

    func units(of id: Subscription.ID, _ stage: Stage) async throws -> Int {
        let detail = try await stage.witness().subscriptions.value(for: id)
        return try #require(detail.quantity)
    }

    func units(_ scene: BulkScene) async throws -> [Int] {
        var units: [Int] = []
        for id in scene.ids { units.append(try await self.units(of: id, scene.stage)) }
        return units
    }

    func bulk(_ stage: Stage) throws -> BulkFlow { try #require(stage.dashboard.bulk) }

    func outcome(_ stage: Stage) throws -> String { BulkOutcome(try bulk(stage).rows).words }
}
