/// The name of a list. Jobs of one name and purpose replace each other.
public struct ListName: Hashable, Sendable {
    private let name: String

    public init(_ name: String) { self.name = name }
}

/// Work on a long list, to be done on another thread than the screen's.
///
/// Promises: it is a value that may be sent to any thread and be run there once or several times, with the same
/// results; it changes nothing but the caches of the `RowStore` it works on, which serialise their use. Two jobs are
/// equal when they have the same ticket: what a job does follows from what its ticket was issued for.
public struct ListJob: Equatable, Sendable {
    /// What a later job replaces this one in: the earlier one is to be cancelled.
    public struct Slot: Hashable, Sendable {
        public enum Purpose: Sendable { case arranging, marking, indexing }

        public let list: ListName
        public let purpose: Purpose

        public init(_ list: ListName, _ purpose: Purpose = .arranging) {
            self.list = list
            self.purpose = purpose
        }
    }

    public let slot: Slot
    private let number: Int
    private let work: @Sendable (_ isCancelled: () -> Bool, _ post: (ListResult) -> Void) -> Void

    /// - Parameter work: Asks `isCancelled` every few thousand rows, and may post first results before the last.
    public init<Content: Sendable>(
        _ ticket: JobTicket<Content>,
        work: @escaping @Sendable (_ isCancelled: () -> Bool, _ post: (Content) -> Void) -> Void
    ) {
        slot = ticket.slot
        number = ticket.number
        self.work = { isCancelled, post in
            work(isCancelled) { post(ListResult(slot: ticket.slot, number: ticket.number, content: $0)) }
        }
    }

    /// Does the work and posts its results, in order, before it returns. Ends soon after `isCancelled` says true; then
    /// the last result may be missing.
    public func run(isCancelled: () -> Bool, post: (ListResult) -> Void) { work(isCancelled, post) }

    public static func == (left: ListJob, right: ListJob) -> Bool {
        left.slot == right.slot && left.number == right.number
    }
}

/// Identifies one job of a slot by its number, and carries the type of the job's results: whoever keeps the ticket
/// reads a result as that type, and no other job's result as its own.
public struct JobTicket<Content: Sendable>: Hashable, Sendable {
    public let slot: ListJob.Slot
    public let number: Int

    public init(_ slot: ListJob.Slot, number: Int) {
        self.slot = slot
        self.number = number
    }

    /// The ticket of the next job.
    public var next: Self { Self(slot, number: number + 1) }

    /// What the job of this ticket came to; nil when the result is of another job, such as an earlier one.
    public func content(of result: ListResult) -> Content? {
        guard result.slot == slot, result.number == number else { return nil }
        // A result of this slot and number was made by a job of this ticket, whose content is of this type.
        return result.content as? Content
    }
}

/// What a job of a list came to: for the one who keeps its ticket.
public struct ListResult: Sendable {
    fileprivate let slot: ListJob.Slot
    fileprivate let number: Int
    fileprivate let content: any Sendable
}

/// What a list needs done on another thread than the screen's.
public enum BackgroundWork: Equatable, Sendable {
    /// Run this job and hand its results back; replaces the job of the same slot before it.
    case run(ListJob)
    /// Free these values.
    case free(Discarded)
}

/// Values that are no longer shown and so big that freeing them would delay the screen. Whoever holds this last frees
/// them, on another thread.
public struct Discarded: Equatable, Sendable {
    private let values: [any Sendable]

    /// - Parameter values: Only kept, never read.
    public init(_ values: [any Sendable]) { self.values = values }

    /// Equal when they hold equally many values: nothing else of them can be asked.
    public static func == (left: Discarded, right: Discarded) -> Bool { left.values.count == right.values.count }
}
