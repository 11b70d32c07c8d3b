import Marketplace

extension Client {
    /// `order` as it moves to its end: read now, then after 1, 2, 4, 8… seconds, at most 60 apart, past the cache and
    /// into it. Ends when the order has ended, and then makes its customer's lists and its subscription stale; an order
    /// that has not ended after a day is followed no further. A read that fails is told and tried again; the stream
    /// ends early when waiting cannot mend the failure.
    public func follow(_ order: Order.ID) -> AsyncStream<Snapshot<Order>> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let following = Task {
                var pause = 1.0
                let began = clock.steady()
                while true {
                    let end = await look(at: order, telling: continuation)
                    let isLong = clock.steady().seconds(since: began) >= Order.secondsFollowed
                    if end || isLong || Task.isCancelled { break }
                    do { try await clock.sleep(seconds: pause) } catch { break }
                    pause = min(60, pause * 2)
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in following.cancel() }
        }
    }

    /// Reads an order that is followed.
    /// - Returns: Whether there is nothing more to wait for.
    private func look(
        at id: Order.ID, telling reader: AsyncStream<Snapshot<Order>>.Continuation
    ) async -> Bool {
        do throws(MarketplaceError) {
            let order = try await orders.currentValue(for: id)
            if order.status.isFinal {
                makeOrdersStale(of: order.customer, subscription: order.subscription)
                verifySoon(order.id)
            }
            reader.yield(orders.known(id))
            return order.status.isFinal
        } catch {
            var snapshot = orders.known(id)
            snapshot.failure = error
            reader.yield(snapshot)
            switch error {
            case .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace, .forbidden, .cancelled: return true
            default: return false
            }
        }
    }
}
