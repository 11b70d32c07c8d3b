import Marketplace

/// The reads of a cache: how they begin, what they publish on the way, and how they end.
extension Cache {
    /// Begins to read `key`, unless it is being read. Called with the lock held.
    func startFlight(_ entry: Entry, for key: Key, _ priority: CallPriority? = nil) {
        guard entry.flight == nil else { return }
        let startedAt = clock.steady()
        let id = nextID()
        let context = CallContext(priority: priority ?? entry.priority) { [weak self] _ in
            self?.publishWaiting(of: key, flight: id)
        }
        let task = CallContext.$current.withValue(context) {
            Task(executorPreference: CallExecution.executor) { await self.fly(for: key, flight: id) }
        }
        entry.flight = Flight(id: id, startedAt: startedAt, context: context, task: task)
        entry.notifyWatchers(clock)
    }

    private func fly(for key: Key, flight id: Int) async {
        let outcome: Answer
        do throws(MarketplaceError) {
            outcome = .success(
                try await load(key) { partial in self.publish(partial, for: key, flight: id) })
        } catch {
            outcome = .failure(error)
        }
        land(outcome, for: key, flight: id)
    }

    /// Publishes what the read waits for, to who watches and to who waits for its answer.
    private func publishWaiting(of key: Key, flight id: Int) {
        let (waiting, callers) = state.withLock { state -> (Waiting?, [(context: CallContext, place: Int)]) in
            guard let entry = state.entries[key], let flight = entry.flight, flight.id == id else { return (nil, []) }
            entry.notifyWatchers(clock)
            return (flight.context.waiting, entry.waiters.values.compactMap(\.caller))
        }
        for caller in callers { caller.context.setWaiting(waiting, of: caller.place) }
    }

    private func publish(_ partial: Value, for key: Key, flight id: Int) {
        state.withLock { state in
            guard let entry = state.entries[key], let flight = entry.flight, flight.id == id else { return }
            if !flight.hasPublished, let cached = entry.value, !rules.replaces(partial, cached) { return }
            entry.value = partial
            entry.readAt = flight.startedAt
            entry.freshFrom = nil
            entry.failure = nil
            entry.flight?.hasPublished = true
            memory.keep(entry.cell, bytes: rules.cost(partial))
            entry.notifyWatchers(clock)
        }
        memory.shrink()
    }

    private func land(_ outcome: Answer, for key: Key, flight id: Int) {
        let waiters = state.withLock { state -> [CheckedContinuation<Answer, Never>] in
            guard let entry = state.entries[key], let flight = entry.flight, flight.id == id else { return [] }
            entry.flight = nil
            switch outcome {
            case .success(let value):
                entry.value = value
                entry.readAt = flight.startedAt
                entry.freshFrom = flight.startedAt
                entry.failure = nil
                memory.keep(entry.cell, bytes: rules.cost(value))
                onValue?(key, value)
            case .failure(let error):
                entry.failure = error
            }
            let waiters = entry.waiters.values.map(\.continuation)
            entry.waiters = [:]
            memory.setWatched(entry.cell, entry.hasReaders)
            entry.notifyWatchers(clock)
            _ = tidy(entry, key, &state)
            return waiters
        }
        // Before anybody goes on, so that the limit holds whenever somebody looks.
        memory.shrink()
        for waiter in waiters { waiter.resume(returning: outcome) }
    }
}
