import Marketplace

extension Client {
    /// `order` as it moves to its end: read now, then after 1, 2, 4, 8… seconds, at most 60 apart, past the cache and
    /// into it. Ends when the order has ended, and then makes its customer's lists and its subscription stale; an order
    /// that has not ended after a day is followed no further. A read that fails is reported and tried again; the stream
    /// ends early when waiting cannot change the failure.
    public func follow(_ order: Order.ID) -> AsyncStream<Snapshot<Order>> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let following = Task {
                var pause = 1.0
                let began = clock.steady()
                while true {
                    let end = await look(at: order, for: continuation, pause: &pause)
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
    /// - Parameter pause: Seconds until the next look; the longest when a person stopped this one.
    /// - Returns: Whether there is nothing more to wait for.
    private func look(
        at id: Order.ID, for reader: AsyncStream<Snapshot<Order>>.Continuation, pause: inout Double
    ) async -> Bool {
        do throws(MarketplaceError) {
            let context = CallContext(priority: .onScreen) { [orders] waiting in
                if waiting != nil { reader.yield(orders.cached(id)) }
            }
            let order = try await CallContext.$current.withValue(context) {
                () async -> Result<Order, MarketplaceError> in
                do throws(MarketplaceError) {
                    return .success(try await orders.currentValue(for: id))
                } catch {
                    return .failure(error)
                }
            }.get()
            if order.status.isFinal {
                makeOrdersStale(of: order.customer, subscription: order.subscription)
            }
            reader.yield(orders.cached(id))
            return order.status.isFinal
        } catch {
            var snapshot = orders.cached(id)
            snapshot.failure = error
            reader.yield(snapshot)
            switch error {
            case .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace, .forbidden: return true
            case .cancelled:
                pause = 60
                return Task.isCancelled
            default: return false
            }
        }
    }
}
