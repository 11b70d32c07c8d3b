import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `When nobody looks` {
    @Test func `after five minutes without focus nothing is read until somebody looks again`() async {
        let stage = await Stage()
        await stage.press("3")
        await stage.send(.focused(false))
        await stage.pass(seconds: 299)
        #expect(!stage.dashboard.reading.attention.isResting)
        let before = stage.effects.count
        await stage.pass(seconds: 2)
        #expect(stage.dashboard.reading.attention.isResting)
        let resting = stage.effects.dropFirst(before)
        #expect(resting.contains(.rest(true)))
        #expect(resting.contains(.unwatch(.subscriptions(SubscriptionQuery()))))
        let rested = stage.effects.count
        await stage.pass(seconds: 3600)
        #expect(stage.effects.count == rested)
        await stage.send(.focused(true))
        #expect(stage.effects.contains(.rest(false)))
        #expect(
            stage.effects.dropFirst(rested).contains(.watch(.subscriptions(SubscriptionQuery()), whenSettled: false)))
    }

    @Test func `a look in between begins the five minutes anew`() async {
        let stage = await Stage()
        await stage.send(.focused(false))
        await stage.pass(seconds: 200)
        await stage.send(.focused(true))
        await stage.send(.focused(false))
        await stage.pass(seconds: 200)
        #expect(!stage.dashboard.reading.attention.isResting)
    }

    @Test func `seconds are counted only while they stand on screen`() async {
        let stage = await Stage()
        await stage.press("j<Right>j5/SLOW-1<Enter>o<F10>1<Enter>")
        #expect(stage.dashboard.orders.following.count == 1)
        #expect(stage.dashboard.wantsTicks)
        await stage.press("3")
        #expect(!stage.dashboard.wantsTicks)
        await stage.press("[")
        #expect(stage.dashboard.wantsTicks)
        await stage.pass(seconds: 130)
        #expect(!stage.dashboard.wantsTicks)
    }

    @Test func `an order is followed for a day and then it is said`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j5/SLOW-1<Enter>o<F10>1<Enter>")
        let id = try #require(stage.dashboard.orders.following.first)
        let order = try #require(stage.dashboard.orders.details[id]?.value)
        await stage.press("3")
        await stage.send(.time(Stage.start.adding(seconds: 86_399)))
        await stage.send(.order(id, Snapshot(value: order)))
        #expect(stage.dashboard.orders.following == [id])
        await stage.send(.time(Stage.start.adding(seconds: 86_401)))
        await stage.send(.order(id, Snapshot(value: order)))
        #expect(stage.dashboard.orders.following.isEmpty)
        #expect(stage.effects.contains(.unwatch(.followedOrder(id))))
        #expect(stage.screen.contains("has not ended within a day and is no longer followed"))
    }
}
