import Marketplace

extension Client {
    /// The dry run of `intent` from fresh answers. Sends nothing that changes anything.
    /// - Throws: As any read. What the marketplace says against the intent is no error but a refused check.
    public func dryRun(_ intent: WriteIntent) async throws(MarketplaceError) -> DryRun {
        var facts = try await marketplaceFacts(of: intent)
        await addJournal(of: intent, to: &facts)
        facts.isReadOnly = profile.isReadOnly
        if !facts.isReadOnly, let whyNot = gate.whyNot {
            facts.obstacle = whyNot.prefix(1).uppercased() + whyNot.dropFirst()
        }
        return DryRun(intent, at: clock.now(), facts)
    }

    /// Sends `intent` once, if everything still is as in `agreed`, which the person has seen.
    ///
    /// The one gate for what people ask for: refuses on a read-only profile, looks once more, writes the intent down,
    /// sends it, and writes the outcome down, even when the caller no longer waits. However it ends, what it may have
    /// changed is read again. An unknown outcome is looked up in the background; what an order makes of a
    /// subscription is compared with what was asked for once it has ended.
    /// - Parameter group: Common to the rows of one bulk run, for the journal.
    public func send(_ intent: WriteIntent, agreed: DryRun, group: String? = nil) async -> WriteEnding {
        guard agreed.intent == intent else {
            return .failed(
                .writeRefused(reason: "this is not what the review showed. Read the review again."))
        }
        var write = Write(intent)
        write.group = group
        return await send(write, of: intent) { $0.differences(since: agreed) }
    }

    /// As above, where what the person agreed to is not a whole dry run: the price they expected, or what an intent on
    /// the disk holds of it.
    /// - Parameters:
    ///   - entry: The id that it has in the journal from when it is sent.
    ///   - intentID: An intent that may be sent once: the journal takes each once, whoever sends it.
    ///   - objections: What speaks against it now, in sentences. Nothing is sent when there is one.
    public func send(
        _ intent: WriteIntent, entry: JournalEntry.ID, intentID: String? = nil,
        unless objections: @escaping @Sendable (DryRun) -> [String]
    ) async -> WriteEnding {
        var write = Write(intent)
        write.entry = entry.rawValue
        write.intentID = intentID
        return await send(write, of: intent, unless: objections)
    }

    private func send(
        _ write: Write, of intent: WriteIntent, unless objections: @escaping @Sendable (DryRun) -> [String]
    ) async -> WriteEnding {
        // Who asked is to see what it waits for, though it goes before all else.
        let caller = CallContext.current.map { (context: $0, place: $0.join()) }
        defer { if let caller { caller.context.leave(caller.place) } }
        let context = CallContext(priority: .write) { waiting in
            if let caller { caller.context.setWaiting(waiting, of: caller.place) }
        }
        do {
            return try await CallContext.$current.withValue(context) {
                () async throws(MarketplaceError) in try await sendOnce(write, of: intent, unless: objections)
            }
        } catch let error as MarketplaceError {
            if case .outcomeUnknown = error { settleInBackground() }
            return .failed(error)
        } catch {
            return .failed(.cancelled)
        }
    }

    private func sendOnce(
        _ write: Write, of intent: WriteIntent, unless objections: @Sendable (DryRun) -> [String]
    ) async throws(MarketplaceError) -> WriteEnding {
        try gate.checkMayWrite()
        if case .place(let order) = intent, order.poNumber.isEmpty {
            throw .writeRefused(
                reason: "the order has no PO number, by which it could be recognised if its answer is lost. Give one.")
        }
        let run = try await dryRun(intent)
        let differences = objections(run)
        if !differences.isEmpty { return .movedOn(run, differences: differences) }
        if let refusal = run.refusal { throw .writeRefused(reason: "\(refusal).") }
        var write = write
        write.changes = intent.changes(since: run)
        if case .place(.renewal) = intent { write.endedOn = run.subscription?.subscription.expires }
        let orders = Set(run.seenOrders + run.equalOrders.compactMap(\.order))
        write.existing = orders.map(\.rawValue).sorted() + run.namesakes.map(\.rawValue)
        write.agreedTwins = Set(run.equalOrders.compactMap(\.entry?.rawValue))
        switch try await pass(write, for: intent) {
        case .made(let result, let entry):
            await watchOver(result, of: intent, held: run.subscription, entry: entry)
            if case .place = intent { _ = searchForOthers(like: entry) }
            return .done(result)
        case .heldBack(let twin):
            // Another program was faster.
            let latest = try await dryRun(intent)
            let differences = objections(latest)
            return .movedOn(latest, differences: differences.isEmpty ? [twin.sentence + "."] : differences)
        case .spent: throw .writeRefused(reason: "this intent was sent already.")
        }
    }

    private func settleInBackground() { Task { [weak self] in await self?.settleUnknowns() } }

    // MARK: Facts

    private func addJournal(of intent: WriteIntent, to facts: inout WriteFacts) async {
        let asked = JournalRecord.Intent(Write(intent), profile)
        let all: [JournalRecord]
        do throws(JournalError) {
            all = try await history.allRecords()
        } catch {
            facts.obstacle = "The journal cannot be read (\(error.reason)), so nothing can be sent"
            return
        }
        let now = clock.now()
        let records = history.own(all)
        facts.unsettled = asked.unsettledNeighbours(in: records) + asked.openTwinsOfOthers(in: all, now: now)
        var twins = Twin.all(of: asked, in: records, now: now)
        if let open = twins.last(where: \.isOpen) {
            await settleAtOnce(open.id)
            twins = Twin.all(of: asked, in: (try? await history.records()) ?? records, now: now)
        }
        if let open = twins.last(where: \.isOpen) { facts.openTwin = open.sentence }
        for twin in twins where !twin.isOpen && twin.isCreation { facts.add(twin) }
        guard case .place = intent, let number = intent.poNumber else { return }
        facts.addUses(of: number, in: records)
    }
}

extension WriteFacts {
    /// Joins what the journal knows with what the marketplace answered.
    fileprivate mutating func add(_ twin: Twin) {
        let place = equalOrders.firstIndex { equal in
            equal.order.map { $0.rawValue == twin.made } ?? false
        }
        if let place {
            equalOrders[place].entry = JournalEntry.ID(twin.id)
        } else {
            equalOrders.append(
                DryRun.EqualOrder(
                    order: twin.made.map { Order.ID($0) }, number: "", at: twin.at, poNumber: twin.poNumber,
                    entry: JournalEntry.ID(twin.id)))
        }
    }

    fileprivate mutating func addUses(of number: String, in records: [JournalRecord]) {
        let refused = Set(
            records.compactMap { record in
                if case .ended(.refused) = record.event { record.id } else { nil }
            })
        for record in records {
            guard case .intended(let intent) = record.event, intent.poNumber == number, !refused.contains(record.id),
                intent.path == "/orders", !poNumberUses.contains(where: { $0.entry?.rawValue == record.id })
            else { continue }
            poNumberUses.append(
                DryRun.EqualOrder(
                    order: nil, number: "", at: record.at, poNumber: nil, entry: JournalEntry.ID(record.id)))
        }
    }
}
