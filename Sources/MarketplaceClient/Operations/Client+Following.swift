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

    /// Seconds between two looks at a row that is watched and is no order.
    public static var secondsBetweenLooks: Double { 300 }

    /// A row that is watched: read now, and again every few minutes when nobody else has read it since, at the pace of what
    /// is not on screen. A read that fails is reported and tried again; the stream ends early when waiting cannot change
    /// the failure.
    public func follow<Key, Value>(_ key: Key, in cache: Cache<Key, Value>) -> AsyncStream<Snapshot<Value>> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let following = Task { [clock] in
                while !Task.isCancelled {
                    do throws(MarketplaceError) {
                        let since = clock.now().adding(seconds: -Self.secondsBetweenLooks / 2)
                        continuation.yield(try await cache.snapshot(for: key, readSince: since, priority: .index))
                    } catch {
                        var snapshot = cache.cached(key)
                        snapshot.failure = error
                        continuation.yield(snapshot)
                        if error.isForGood { break }
                    }
                    do { try await clock.sleep(seconds: Self.secondsBetweenLooks) } catch { break }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in following.cancel() }
        }
    }

    /// A report as it is made: read now, then after 5, 10, 20, 40 and every 60 seconds, past the cache and into it, until it
    /// is ready or has failed. A read that fails is reported and tried again; the stream ends early when waiting cannot change
    /// the failure.
    public func follow(report id: Report.ID) -> AsyncStream<Snapshot<Report>> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let following = Task { [clock, reports] in
                var (pause, readSince) = (5.0, clock.now().adding(seconds: -15))
                while !Task.isCancelled {
                    do throws(MarketplaceError) {
                        let snapshot = try await reports.snapshot(
                            for: id, readSince: readSince, priority: .onScreen)
                        continuation.yield(snapshot)
                        if snapshot.value?.status.isFinal == true { break }
                    } catch {
                        var snapshot = reports.cached(id)
                        snapshot.failure = error
                        continuation.yield(snapshot)
                        if error.isForGood { break }
                    }
                    do { try await clock.sleep(seconds: pause) } catch { break }
                    (pause, readSince) = (min(60, pause * 2), clock.now())
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
                verifySoon(order.id)
            }
            reader.yield(orders.cached(id))
            return order.status.isFinal
        } catch {
            var snapshot = orders.cached(id)
            snapshot.failure = error
            reader.yield(snapshot)
            if case .cancelled = error {
                pause = 60
                return Task.isCancelled
            }
            return error.isForGood
        }
    }
}

extension MarketplaceError {
    /// Whether waiting cannot change it.
    fileprivate var isForGood: Bool {
        switch self {
        case .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace, .forbidden: true
        default: false
        }
    }
}
