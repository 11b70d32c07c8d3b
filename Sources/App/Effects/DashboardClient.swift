import Dashboard
import Marketplace

/// What the effects of the dashboard ask of the client. Tests have a stub in its place.
protocol DashboardClient: Sendable {
    /// Every state of `query` as an event, from now on, until the reader leaves.
    func states(of query: DataQuery) -> any AsyncSequence<Event, Never> & Sendable
    /// Reads the details of one row, at the pace of what a person is likely to open next. Nil for what has none.
    /// - Parameter readSince: The cached details serve only if they were read at this time of day or later.
    func detail(_ query: DataQuery, readSince: Instant?) async -> Event?
    /// Reads again, past the cache; those who read its states get the result.
    func refresh(_ query: DataQuery) async
    /// Waits no longer for the answer to `query`.
    func stopReading(_ query: DataQuery)
    func estimate(_ order: OrderDraft) async -> Event
    func validate(_ order: SalesOrder) async -> Event
    func dryRun(_ intent: WriteIntent) async -> Event
    func send(_ intent: WriteIntent, agreed: DryRun, group: String?) async -> Event
    /// Looks up what became of the writes without an outcome, when the program starts.
    func settleAtStart() async
    /// The same, because a person asked for it. Nil when the journal cannot be read.
    func settle() async -> Event?
    /// Ends estimates, validations and dry runs on their way.
    func stopAsking()
    /// Searches the lists in memory. Nil when the task was cancelled.
    func find(_ text: String) -> Event?
    /// Searches the details in memory. Nil when the task was cancelled.
    func findTenants(_ search: TenantSearch) -> Event?
    /// Saves the file of a report, until it is whole, cannot go on or the task is cancelled.
    /// - Parameter report: Is given what is here, with every part that comes.
    func download(_ request: DownloadRequest, report: @escaping @Sendable (DownloadProgress) -> Void) async -> Download
    func supportBundle() async -> (name: String, text: String)
    /// What changes without being asked for: the budget of calls, the progress of the background index.
    func changes() -> [any AsyncSequence<Event, Never> & Sendable]
    /// Calls `action` once when the configuration makes the profile read-only.
    func onReadOnly(_ action: @escaping @Sendable () -> Void)
    /// Reads the background index until it is complete or the task is cancelled.
    func readIndex() async
}
