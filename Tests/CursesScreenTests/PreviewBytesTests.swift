import Dashboard
import FoundationEssentials
import Marketplace
import Screen
import TerminalSupport
import Testing

@testable import CursesScreen

extension Stages {
    /// How much goes over the wire for a key that moves the cursor of a list with a preview beside it.
    @Suite struct `A key with the preview` {
        private static let now = Instant(millisecondsSince1970: 1_795_183_452_000)

        /// Rows that differ in everything that differs from row to row in a list of many customers.
        private static let details = (0..<60).map { number in
            let price = Money(Decimal(number * 7919 % 4000 + 100) / 4, "EUR")
            let day = CalendarDate("2026-11-20")
            let row = Subscription(
                id: .init("\(1_000_000 + number * 37)"),
                name: "Business Plan \(number * 31 % 97) of Vendor \(number % 7)",
                customer: .init("\(1_000_000 + number * 61)"), status: .active, autoRenews: number % 3 > 0,
                created: day?.adding(days: -number * 11), renews: day?.adding(days: number / 3),
                modified: day?.adding(days: -number), expires: day?.adding(days: number / 3 + 1),
                billingPeriod: Period(1, .month), subscriptionPeriod: Period(1, .year))
            let product = SubscriptionProduct(
                mpn: "VND-\(number * 31 % 97)-A", vendor: "vendor \(number % 7)", name: row.name,
                quantity: number * 13 % 90, unitPrice: price, vendorSubscriptionID: "9672fed8-2747-40bb-9f47-\(number)")
            return SubscriptionDetail(subscription: row, products: [product], totalPrice: price)
        }

        private func dashboard(_ size: Size) -> Dashboard {
            var dashboard = Dashboard(
                profile: ProfileSummary(
                    name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: false),
                size: size, now: Self.now)
            let rows = Self.details.map(\.subscription)
            let listing = Listing(rows: rows, total: rows.count, isComplete: true)
            _ = dashboard.update(.key("3"))
            _ = dashboard.update(.subscriptions(SubscriptionQuery(), Snapshot(value: listing, readAt: Self.now)))
            for detail in Self.details {
                _ = dashboard.update(
                    .subscription(detail.subscription.id, Snapshot(value: detail, readAt: Self.now)))
            }
            return dashboard
        }

        @Test(arguments: [(120, 40, 450, 300), (200, 60, 550, 380)])
        func `sends few bytes alone, and fewer while it repeats`(
            columns: Int, rows: Int, most: Int, mostHeld: Int
        ) throws {
            let stage = try Stage(columns, rows)
            var dashboard = dashboard(stage.terminal.size)
            stage.show(dashboard.draw())
            func bytes(_ events: Event...) -> Int {
                for event in events { _ = dashboard.update(event) }
                return stage.show(dashboard.draw())
            }
            let alone = (0..<20).map { _ in bytes(.key("j")) }
            #expect(alone.reduce(0, +) / 20 <= most, "\(alone)")
            // The first one takes the preview away, and after the last one it comes back.
            var held = [bytes(.keysRepeat(true), .key("j"))] + (0..<18).map { _ in bytes(.key("j")) }
            held.append(bytes(.keysRepeat(false)))
            #expect(held.reduce(0, +) / 20 <= mostHeld, "\(held)")
            #expect(held[1..<19].allSatisfy { $0 <= mostHeld }, "\(held)")
        }
    }
}
