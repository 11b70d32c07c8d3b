import FoundationEssentials
import Marketplace
import MarketplaceClient

/// An order that was followed for a while.
struct OrderWait: Sendable {
    var order: Order
    var seconds: Double
    /// Units that its subscription holds after a change.
    var held: (subscription: Subscription.ID, units: Int)?

    /// Follows an order until it has ended, or the time is over, or a person stops the waiting.
    static func follow(
        _ order: Order, for seconds: Double, _ client: Client, _ clock: any ClientClock
    ) async throws -> OrderWait {
        let began = clock.steady()
        var wait = OrderWait(order: order, seconds: 0)
        let last = await withTaskGroup(of: Order?.self) { group in
            group.addTask {
                var latest: Order?
                for await snapshot in client.follow(order.id) {
                    latest = snapshot.value ?? latest
                    if latest?.status.isFinal == true || Task.isCancelled { break }
                }
                return latest
            }
            group.addTask {
                try? await clock.sleep(seconds: seconds)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            var found = first
            for await other in group { found = found ?? other }
            return found
        }
        wait.order = last ?? order
        wait.seconds = clock.steady().seconds(since: began)
        if wait.order.status == .completed, wait.order.kind == .change, let id = wait.order.subscription,
            let detail = try? await client.subscriptions.value(for: id), let units = detail.quantity
        {
            wait.held = (id, units)
        }
        return wait
    }

    /// What is said to people; nil where the error says it.
    var words: String? {
        guard order.status == .completed else { return nil }
        let units =
            held.map { " Subscription \($0.subscription) holds \($0.units) unit\($0.units == 1 ? "" : "s")." } ?? ""
        return "Order \(order.shownNumber) is completed after \(spokenDuration(seconds: seconds)).\(units)"
    }

    var json: JSON { ["seconds": .number(Int(seconds)), "status": .text(order.status.wire)] }

    /// Nil when the order is completed.
    var error: CommandError? {
        var error: CommandError
        let show = "souk orders show \(order.id) shows it."
        switch order.status {
        case .completed: return nil
        case .error:
            error = CommandError(
                .orderEnded, "order \(order.shownNumber) was taken, and ended in error. \(order.explanation)",
                hint: show)
        case .cancelled:
            error = CommandError(.orderEnded, "order \(order.shownNumber) was taken, and was withdrawn.", hint: show)
        case .submitted, .processing, .other:
            error = CommandError(
                .stillOpen,
                "order \(order.shownNumber) is taken, and still \(order.status.word) after "
                    + "\(spokenDuration(seconds: seconds)).", hint: show)
        }
        error.outcome = .taken
        error.details = ["order": .text(order.id.rawValue), "status": .text(order.status.wire)]
        return error
    }
}
