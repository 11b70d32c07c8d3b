import Dispatch
import Glibc
import Marketplace
import Synchronization

/// The driver's two pipes: commands and the time come in, and what it does goes out, one line each.
final class Console: Sendable {
    private struct State {
        var now: Instant
        var stops: Set<CrashStep> = []
        /// Those who wait for a word, oldest first.
        var waiting: [CheckedContinuation<Void, Never>] = []
        var timeout: (@Sendable () -> Void)?
        var rest: [UInt8] = []
    }

    /// What is to be done next.
    let tasks: AsyncStream<CrashCommand>
    private let asked: AsyncStream<CrashCommand>.Continuation
    private let state: Mutex<State>
    /// Unsafe, because a dispatch source, which may be used from anywhere, is not marked as sendable.
    private nonisolated(unsafe) let input: any DispatchSourceRead

    init(now: Instant) {
        (tasks, asked) = AsyncStream<CrashCommand>.makeStream()
        state = Mutex(State(now: now))
        input = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .global())
        input.setEventHandler { [weak self] in self?.read() }
        input.activate()
    }

    var now: Instant { state.withLock { $0.now } }

    func say(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        // Shorter than a pipe takes at once, so that two tasks cannot mix their lines.
        _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }

    /// Says `line` and waits for the word to go on.
    func wait(saying line: String) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiting.append(continuation) }
            say(line)
        }
    }

    /// Stops at `step`, if asked to.
    func pass(_ step: CrashStep) async {
        guard state.withLock({ $0.stops.remove(step) }) != nil else { return }
        await wait(saying: "at \(step.rawValue)")
    }

    /// Calls `action` when the time-out of the request under way comes.
    func onTimeout(_ action: (@Sendable () -> Void)?) { state.withLock { $0.timeout = action } }

    private func read() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
        // The test is gone.
        guard count > 0 else { exit(0) }
        let lines = state.withLock { state in
            state.rest += buffer[..<count]
            guard let end = state.rest.lastIndex(of: UInt8(ascii: "\n")) else { return [Substring]() }
            let text = String(decoding: state.rest[..<end], as: UTF8.self)
            state.rest.removeSubrange(...end)
            return text.split(separator: "\n")
        }
        for line in lines { take(line.split(separator: " ")) }
    }

    private func take(_ words: [Substring]) {
        guard let now = words.first.flatMap({ Int64($0) }), let command = CrashCommand(words: Array(words.dropFirst()))
        else { return say("what? \(words.joined(separator: " "))") }
        state.withLock { $0.now = max($0.now, Instant(millisecondsSince1970: now)) }
        switch command {
        case .stop(let step): state.withLock { _ = $0.stops.insert(step) }
        case .go: state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }?.resume()
        case .giveUp: state.withLock { $0.timeout }?()
        case .sell, .sellAgain, .change, .settle: asked.yield(command)
        }
    }
}
