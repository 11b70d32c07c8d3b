import Dispatch
import Glibc
import Marketplace
import MarketplaceClient
import Synchronization

/// Runs a command that writes until it ends, or until a person stops it. Before the request leaves, ^C ends it with nothing
/// sent; afterwards its answer is waited for, and a second ^C leaves it to the journal.
enum WriteInterruption {
    /// - Returns: Why it failed; nil when it did not.
    static func run(_ run: WriteRun, _ body: @escaping @Sendable () async -> (any Error)?) -> (any Error)? {
        let outcome = Mailslot<any Error>()
        let semaphore = DispatchSemaphore(value: 0)
        let task = Task.detached {
            if let error = await body() { outcome.put(error) }
            semaphore.signal()
        }
        let before = signal(SIGINT, SIG_IGN)
        // A signal that was ignored at the start stays so, as with nohup.
        guard unsafeBitCast(before, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else {
            semaphore.wait()
            return outcome.take()
        }
        let times = Mutex(0)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            task.cancel()
            let isFirst = times.withLock { times in
                times += 1
                return times == 1
            }
            Task.detached {
                guard let sent = await run.underWay() else { return }
                if isFirst {
                    printError("souk: Sent; waiting for its answer. ^C again leaves it to the journal.")
                } else {
                    outcome.put(WriteRun.unknown(sent.name, reason: "Its answer was not waited for.", sent.id))
                    semaphore.signal()
                }
            }
        }
        source.resume()
        semaphore.wait()
        source.cancel()
        return outcome.take()
    }
}

extension WriteRun {
    /// The entry in the journal of what is on its way; nil when nothing is.
    fileprivate func underWay() async -> JournalEntry? {
        guard let entry = (try? await client.journalEntries())?.first(where: { $0.id == entry }) else { return nil }
        return entry.outcome == .sending ? entry : nil
    }
}
