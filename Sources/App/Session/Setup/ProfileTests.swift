import Dashboard
import Synchronization

/// Runs the tests of a new profile beside the screen's thread, one at a time, and posts how they go.
final class ProfileTests: Sendable {
    private let maker: any ProfileMaking
    private let mailbox: Mailbox
    private let running = Mutex<Task<Void, Never>?>(nil)

    init(_ maker: any ProfileMaking, mailbox: Mailbox) {
        self.maker = maker
        self.mailbox = mailbox
    }

    /// Replaces the test before, whose reports nobody waits for any more.
    func begin(_ values: SetupValues, number: Int) {
        let task = Task { [maker, mailbox] in
            await maker.test(values, number: number) { report in
                if !Task.isCancelled { mailbox.post(.setup(report)) }
            }
        }
        replace(by: task)
    }

    func stop() { replace(by: nil) }

    private func replace(by task: Task<Void, Never>?) {
        running.withLock { running in
            defer { running = task }
            return running
        }?.cancel()
    }
}
