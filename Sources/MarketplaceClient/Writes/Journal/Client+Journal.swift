import Marketplace

extension Client {
    /// Every write of this profile's journal, by this program and others, newest first.
    /// - Throws: When the journal cannot be read.
    public func journalEntries() async throws(JournalError) -> [JournalEntry] { try await history.entries() }

    /// The journal's entries now, and again after each record that this program or another one adds. Only the newest
    /// state is kept for a slow reader. A journal that cannot be read just now yields nothing.
    public func journalUpdates() -> AsyncStream<[JournalEntry]> { history.updates() }

    /// Finds out what became of the writes without an answer, as far as the marketplace shows it, and writes it
    /// down. What cannot be settled at once is looked up again after 2, 5, 15, 60… seconds; returns when everything is
    /// settled or further looks would not help. Orders whose subscriptions were not compared with what was asked for are
    /// compared.
    ///
    /// Only reads at the marketplace. Several calls at a time are one.
    public func settleUnknowns() async {
        guard let records = try? await history.records() else { return }
        var open: [String] = []
        for id in JournalRecord.unsettled(in: records) where await !history.isUnderWay(id) { open.append(id) }
        let tasks = open.map { settling($0) } + uncheckedOrders(in: records).map { checking($0) }
        for task in tasks { await task.value }
    }

    /// Looks once and now for every write without an answer, whenever the next look would be due.
    public func lookForUnknowns() async {
        guard let records = try? await history.records() else { return }
        for id in JournalRecord.unsettled(in: records) { await settleAtOnce(id) }
    }

    /// Looks once and now for one write without an answer.
    public func look(for entry: JournalEntry.ID) async { await settleAtOnce(entry.rawValue) }

    /// As ``settleUnknowns()``, for one write, with one look.
    func settleAtOnce(_ id: String) async { _ = await look(for: id) }
}

extension Client {
    /// The request that `intent` would be sent as: method, path below the base URL, and the body as JSON text with its
    /// keys sorted, without secrets.
    public func request(of intent: WriteIntent) -> (method: String, path: String, body: String) {
        let request = connection.secrets.cleaned(JournalRecord.Intent(Write(intent), profile))
        return (request.method, request.path, request.request)
    }
}
