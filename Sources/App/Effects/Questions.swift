import Dashboard
import Marketplace
import MarketplaceClient
import Synchronization

/// Estimates, validations and dry runs on their way: shows what they wait for, and ends them when the person
/// no longer waits. None of them changes anything.
final class Questions: Sendable {
    private struct State {
        var lastID = 0
        var open: [Int: @Sendable () -> Void] = [:]
        var waits: [Int: Waiting] = [:]

        /// The one that a person would take back first: the longest without an answer, else any.
        var foremost: Waiting? {
            waits.values.filter { $0.reason == .silence }.min { $0.until < $1.until }
                ?? waits.values.max { $0.until < $1.until }
        }
    }

    private let client: Client
    private let mailbox: Mailbox
    private let state = Mutex(State())

    init(client: Client, mailbox: Mailbox) {
        self.client = client
        self.mailbox = mailbox
    }

    /// The answer to one question; `.cancelled` when it was stopped, or when the calling task was cancelled.
    func ask<Value: Sendable>(
        _ question: @escaping @Sendable () async throws(MarketplaceError) -> Value
    ) async -> Result<Value, MarketplaceError> {
        let (id, task) = state.withLock { state in
            state.lastID += 1
            let id = state.lastID
            let task = Task { [client] in
                await client.reportingWaits({ waiting in self.note(waiting, of: id) }) { await Result(question) }
            }
            state.open[id] = { task.cancel() }
            return (id, task)
        }
        let answer = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        state.withLock { $0.open[id] = nil }
        note(nil, of: id)
        return answer
    }

    /// How many are on their way.
    var count: Int { state.withLock { $0.open.count } }

    /// Ends all that are on their way.
    func stop() { for cancel in state.withLock({ Array($0.open.values) }) { cancel() } }

    /// Says what a question waits for; nothing once it has ended.
    func note(_ waiting: Waiting?, of id: Int) {
        state.withLock { state in
            let before = state.foremost
            state.waits[id] = state.open[id] == nil ? nil : waiting
            let after = state.foremost
            // Under the lock, so that the latest comes last.
            if before != after { mailbox.post(.asking(after)) }
        }
    }
}

extension Result where Success: Sendable, Failure == MarketplaceError {
    fileprivate init(_ body: () async throws(MarketplaceError) -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
