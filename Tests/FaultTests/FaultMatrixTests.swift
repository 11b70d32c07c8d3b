import FoundationEssentials
import Marketplace
import MarketplaceClient
import TestSupport
import Testing

/// Every fault against every kind of operation, the client on the sandbox. The outcomes stand as a table in the
/// documentation; this test makes the table anew and compares.
@Suite struct `The fault matrix` {
    static let faults = [
        "503", "503 first 2", "500", "500 first 1", "504 after-effect", "429 first 1", "429", "status 403 gateway",
        "html", "empty", "reset", "reset first 1", "reset after-effect", "truncate", "cut", "slow 5",
        "duplicate-rows", "shifted-rows", "odd-types", "wrong-charset", "gzip-broken",
    ]

    @Test func `every fault has the outcome that the documentation states`() async throws {
        var lines = [
            "| fault | list | detail | estimate | order |",
            "|---|---|---|---|---|",
        ]
        for fault in Self.faults {
            let outcomes = try await [list(fault), detail(fault), estimate(fault), order(fault)]
            lines.append("| `\(fault)` | \(outcomes.joined(separator: " | ")) |")
        }
        expectScreen(lines.joined(separator: "\n"), matches: "fault-matrix")
    }

    @Test func `the documentation shows the table that was tested`() throws {
        let file = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let page = try String(contentsOfFile: file + "/Sources/App/Souk.docc/Faults.md", encoding: .utf8)
        let golden = try String(contentsOfFile: file + "/Tests/FaultTests/Golden/fault-matrix.txt", encoding: .utf8)
        #expect(page.contains(golden))
    }

    // MARK: Operations

    /// Reads the customers, and again under the fault: what was read before must stay.
    private func list(_ fault: String) async throws -> String {
        let bench = try Bench("GET /customers: \(fault)")
        await bench.restore()
        let before = try await bench.client.accountLists.value(for: .customers)
        #expect(before.rows.count == 400)
        await bench.breakIt()
        let fresh = bench.anotherClient()
        var outcome: String
        do throws(MarketplaceError) {
            let listing = try await fresh.accountLists.value(for: .customers)
            #expect(Set(listing.rows.map(\.id)).count == listing.rows.count, "\(fault): a row twice")
            let isTrue = Set(listing.rows).isSubset(of: Set(before.rows))
            let problems = listing.problems.isEmpty ? "" : ", \(listing.problems.count) reported"
            let count = listing.rows.count == before.rows.count ? "whole" : "\(listing.rows.count) of 400"
            outcome = count + problems + (isTrue ? "" : ", read leniently")
        } catch {
            outcome = Self.word(error)
        }
        for await snapshot in bench.client.accountLists.snapshots(for: .customers) where !snapshot.isLoading {
            #expect(snapshot.value?.rows.count == 400, "\(fault): good rows were lost")
            break
        }
        return outcome
    }

    private func detail(_ fault: String) async throws -> String {
        let bench = try Bench("GET /subscriptions/1000917: \(fault)")
        do throws(MarketplaceError) {
            let detail = try await bench.client.subscriptions.value(for: "1000917")
            #expect(detail.quantity == 25, "\(fault): a wrong quantity")
            return "true"
        } catch {
            return Self.word(error)
        }
    }

    private func estimate(_ fault: String) async throws -> String {
        let bench = try Bench("POST /orders/estimate: \(fault)")
        let order = try await bench.order("EST-1")
        do throws(MarketplaceError) {
            let estimate = try await bench.client.estimate(order)
            #expect(estimate.total == Money(Decimal(618) / 10, "EUR"), "\(fault): a wrong price")
            return "true"
        } catch {
            return Self.word(error)
        }
    }

    /// Places an order and counts what the marketplace then has: never two, and never one that was called refused.
    private func order(_ fault: String) async throws -> String {
        let bench = try Bench("POST /orders: \(fault)")
        let order = try await bench.order("PO-1")
        let outcome: String
        do throws(MarketplaceError) {
            _ = try await bench.client.place(order)
            outcome = "confirmed"
        } catch {
            outcome = Self.word(error)
        }
        let placed = try await bench.ordersPlaced()
        #expect(placed <= 1, "\(fault): placed twice")
        switch outcome {
        case "confirmed": #expect(placed == 1, "\(fault): confirmed and not there")
        case "unknown": break
        default: #expect(placed == 0, "\(fault): called \(outcome) and there")
        }
        return "\(outcome), \(placed) placed"
    }

    static func word(_ error: MarketplaceError) -> String {
        switch error {
        case .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace: "sign-in refused"
        case .forbidden: "not allowed"
        case .notFound: "not found"
        case .rejected: "refused"
        case .rateLimited: "too many calls"
        case .quotaExhausted: "quota used up"
        case .serverFailed: "server failed"
        case .unreachable: "unreachable"
        case .untrusted: "not trusted"
        case .timedOut: "timed out"
        case .unreadable: "unreadable"
        case .outcomeUnknown: "unknown"
        case .writeRefused: "not sent"
        case .cancelled: "cancelled"
        }
    }
}
