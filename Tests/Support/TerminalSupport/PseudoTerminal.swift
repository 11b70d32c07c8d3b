import CVTerm
import Glibc

/// A pseudo-terminal with an emulator behind it, and a program in it where a test wants one.
///
/// Not for use by two threads. Nothing here sleeps: every wait ends as soon as what it waits for is there.
public final class PseudoTerminal {
    public enum Exit: Equatable, Sendable {
        case code(Int)
        case signal(Int)
    }

    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    public let screen: EmulatedScreen
    /// Every byte the program has sent so far.
    public private(set) var received: [UInt8] = []
    public var sentText: String { String(decoding: received, as: UTF8.self) }
    /// The end that a program in this process can draw on.
    public let farEnd: Int32
    public let processID: Int32?

    private var nearEnd: Int32
    private var processDescriptor: Int32 = -1
    private var exit: Exit?
    private var startModes: [UInt8] = []
    private static let marker = Array("\u{1B}]7777;settled\u{7}".utf8)

    /// A pseudo-terminal without a program: the test itself draws on `farEnd`.
    public init(columns: Int = 80, rows: Int = 24) throws {
        var near: Int32 = -1
        var far: Int32 = -1
        try Self.check(cv_open_pty(Int32(columns), Int32(rows), &near, &far), "open a pseudo-terminal")
        nearEnd = near
        farEnd = far
        processID = nil
        screen = EmulatedScreen(columns: columns, rows: rows)
        startModes = lineModes
    }

    /// Starts the program at `path`. Its environment is PATH, HOME, TERM=xterm-256color, LANG=C.UTF-8 and TZ=UTC, changed
    /// by `environment`, where nil takes a name away. It starts in `folder`; nil is the one of the tests.
    public init(
        running path: String, _ arguments: [String] = [], environment: [String: String?] = [:], columns: Int = 80,
        rows: Int = 24, errorsTo errors: Int32 = -1, folder: String? = nil
    ) throws {
        var near: Int32 = -1
        var far: Int32 = -1
        try Self.check(cv_open_pty(Int32(columns), Int32(rows), &near, &far), "open a pseudo-terminal")
        nearEnd = near
        farEnd = far
        screen = EmulatedScreen(columns: columns, rows: rows)
        var variables: [String: String] = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC"]
        for name in ["PATH", "HOME", "LD_LIBRARY_PATH"] { variables[name] = getenv(name).map { String(cString: $0) } }
        for (name, value) in environment { variables[name] = value }
        var pid: pid_t = 0
        var before = [UInt8](repeating: 0, count: 256)
        startModes = Array(before[..<cv_modes(near, &before, before.count)])
        let failure = Self.withStrings([path] + arguments) { arguments in
            Self.withStrings(variables.map { "\($0)=\($1)" }) { environment in
                cv_spawn(path, arguments, environment, far, errors, folder, &pid)
            }
        }
        processID = failure == 0 ? pid : nil
        try Self.check(failure, "start \(path)")
        processDescriptor = cv_process_descriptor(pid)
    }

    deinit {
        if let processID, exit == nil {
            kill(processID, SIGKILL)
            _ = exitStatus(within: 5)
        }
        if processDescriptor >= 0 { close(processDescriptor) }
        if nearEnd >= 0 { close(nearEnd) }
        close(farEnd)
    }

    /// The path of an executable of this package, beside the running tests.
    public static func builtProduct(_ name: String) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let path = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/" + name
    }

    /// Types `text`. See `KeyText` for keys that are no characters.
    public func send(_ text: String) { send(bytes: Array(text.utf8)) }

    /// Types bytes as they are, and reads meanwhile: a program that waits for its output to be read takes no keys.
    public func send(bytes: [UInt8]) {
        var rest = bytes[...]
        let deadline = Self.milliseconds() + 30_000
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { write(nearEnd, $0.baseAddress, $0.count) }
            if sent > 0 {
                rest = rest.dropFirst(sent)
            } else if errno == EAGAIN {
                guard waitUntilWritable(until: deadline) else { return }
            } else if errno != EINTR {
                return
            }
        }
    }

    /// Feeds the screen until `condition` holds for it.
    /// - Returns: whether it did within `seconds`; false also when the program ended without it.
    @discardableResult
    public func wait(seconds: Double = 30, until condition: (EmulatedScreen) -> Bool) -> Bool {
        let deadline = Self.milliseconds() + Int(seconds * 1000)
        while true {
            if condition(screen) { return true }
            if !pump(until: deadline) { return condition(screen) }
        }
    }

    /// Feeds the screen until nothing has come for so long: to look at what one does not know yet. A test that knows waits
    /// for it.
    public func rest(milliseconds: Int) { while pump(until: Self.milliseconds() + milliseconds) {} }

    public func wait(for text: String, seconds: Double = 30) -> Bool {
        wait(seconds: seconds) { $0.contains(text) }
    }

    /// Feeds the screen with everything that was written to `farEnd` before this call.
    /// - Returns: how many bytes that were.
    @discardableResult
    public func settle() -> Int {
        let before = received.count
        // A ^S that was typed when the program was gone has stopped the output.
        tcflow(farEnd, TCOON)
        // What waits to be read may leave no room for the mark.
        while pump(until: Self.milliseconds()) {}
        _ = Self.marker.withUnsafeBytes { write(farEnd, $0.baseAddress, $0.count) }
        let deadline = Self.milliseconds() + 10_000
        while !received.suffix(Self.marker.count).elementsEqual(Self.marker), pump(until: deadline) {}
        if received.suffix(Self.marker.count).elementsEqual(Self.marker) { received.removeLast(Self.marker.count) }
        return received.count - before
    }

    /// Does `action`, which writes to `farEnd`, and reads meanwhile. A terminal that nobody reads takes some thousand bytes,
    /// how many is a matter of the system and of chance: behind them who writes waits for ever.
    public func reading<Result>(while action: () throws -> Result) rethrows -> Result {
        let reader = ReaderAside(of: nearEnd)
        defer { take(reader.stop()) }
        return try action()
    }

    public func resize(columns: Int, rows: Int) {
        screen.resize(columns: columns, rows: rows)
        cv_resize_pty(nearEnd, Int32(columns), Int32(rows))
    }

    public func signal(_ number: Int32) { if let processID, exit == nil { kill(processID, number) } }

    /// Sends the signal to a thread of the program that is not its first one, as a crash there does.
    /// - Returns: False when it has no other.
    public func signalOtherThread(_ number: Int32) -> Bool {
        guard let processID, exit == nil else { return false }
        let other = ProcessThreads.numbers(of: processID).first { $0 != processID }
        return other.map { cv_signal_thread(processID, $0, number) == 0 } ?? false
    }

    /// Closes this end, as a terminal window does when it is closed.
    public func hangUp() {
        close(nearEnd)
        nearEnd = -1
    }

    /// How the program ended, fed with all it wrote before; nil when it still runs after `seconds`.
    public func exitStatus(within seconds: Double = 10) -> Exit? {
        let deadline = Self.milliseconds() + Int(seconds * 1000)
        while exit == nil {
            guard let processID else { return nil }
            if hasEnded(processID) { break }
            guard pump(until: deadline) || hasEnded(processID) else { return nil }
        }
        if exit != nil, nearEnd >= 0 { settle() }
        return exit
    }

    /// How the program ended, though nothing of what it writes is read; nil when it still runs after `seconds`.
    public func exitStatusUnread(within seconds: Double = 10) -> Exit? {
        var source = pollfd(fd: processDescriptor, events: Int16(POLLIN), revents: 0)
        let deadline = Self.milliseconds() + Int(seconds * 1000)
        while poll(&source, 1, Int32(max(0, deadline - Self.milliseconds()))) < 0, errno == EINTR {}
        if let processID { _ = hasEnded(processID) }
        return exit
    }

    /// Waits until the program's output, which nobody reads, fills what this end holds. Behind it the system keeps some
    /// ten thousand bytes more.
    /// - Returns: whether that came within `seconds`.
    public func isStuffed(within seconds: Double = 30) -> Bool {
        let deadline = Self.milliseconds() + Int(seconds * 1000)
        while Self.milliseconds() < deadline {
            var held: Int32 = 0
            if ioctl(nearEnd, UInt(FIONREAD), &held) == 0, held >= 4000 { return true }
            sched_yield()
        }
        return false
    }

    /// Types `key`, which the program answers with output that nobody reads, until it takes no more keys.
    /// - Returns: whether that came.
    public func stuff(typing key: String) -> Bool {
        for _ in 0..<1000 {
            send(key)
            // The system takes a moment to hand it on, unless the program was faster.
            var arrival = pollfd(fd: farEnd, events: Int16(POLLIN), revents: 0)
            _ = poll(&arrival, 1, 5)
            var waiting: Int32 = 1
            let deadline = Self.milliseconds() + 1000
            while waiting > 0 {
                guard ioctl(farEnd, UInt(FIONREAD), &waiting) == 0 else { return false }
                if Self.milliseconds() > deadline { return true }
                sched_yield()
            }
        }
        return false
    }

    /// Makes the terminal non-blocking for everybody who shares it, as other programs do.
    public func makeNonBlocking() { _ = fcntl(farEnd, F_SETFL, fcntl(farEnd, F_GETFL) | O_NONBLOCK) }

    /// Every mode of the terminal's line, as the system keeps them: the same after a program as before it.
    public var lineModes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        return Array(bytes[..<cv_modes(nearEnd, &bytes, bytes.count)])
    }

    /// What a program did not leave as it found it: modes of the line, byte by byte, modes of the screen, the main screen,
    /// the cursor, and as many titles as before. And what it should not have sent at all.
    public var leftovers: [String] {
        var found: [String] = []
        let now = lineModes
        for (place, byte) in startModes.enumerated() where byte != now[place] {
            found.append("byte \(place) of the line's modes is \(now[place]) and was \(byte)")
        }
        found += screen.leftModes.sorted().map { "mode \($0) is set" }
        if !screen.isCursorVisible { found.append("the cursor is hidden") }
        found += screen.unexpected.map { "\($0.key.debugDescription) came \($0.value) times" }.sorted()
        for (save, restore) in [
            ("22;2t", "23;2t"), ("22;0;0t", "23;0;0t"), (">0u", "<u"), (">4;0m", ">4m"), (">0u", "=0u"),
        ] {
            func count(_ text: String) -> Int {
                sentText.split(separator: "\u{1B}[" + text, omittingEmptySubsequences: false).count
            }
            if count(save) != count(restore) {
                found.append("what was saved with \(save) is not restored with \(restore)")
            }
        }
        return found
    }

    /// Whether the terminal echoes what is typed and hands it on line by line, as a shell wants it.
    public var isAsShellsWantIt: Bool {
        var echoes = false
        var isCanonical = false
        cv_line_modes(nearEnd, &echoes, &isCanonical)
        return echoes && isCanonical
    }

    private func hasEnded(_ processID: Int32) -> Bool {
        var result: Int32 = 0
        if exit == nil, cv_reap(processID, &result) {
            exit = result < 0 ? .signal(Int(-result)) : .code(Int(result))
        }
        return exit != nil
    }

    /// Reads what comes until the program can be typed to.
    /// - Returns: false when it cannot before `deadline`, or never more.
    private func waitUntilWritable(until deadline: Int) -> Bool {
        while true {
            var sources = [
                pollfd(fd: nearEnd, events: Int16(POLLIN | POLLOUT), revents: 0),
                pollfd(fd: exit == nil ? processDescriptor : -1, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&sources, 2, Int32(max(0, deadline - Self.milliseconds())))
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return false }
            let events = Int32(sources[0].revents)
            if events & POLLIN != 0, !pump(until: deadline) { return false }
            if events & POLLOUT != 0 { return true }
            if events & (POLLHUP | POLLERR) != 0 || sources[1].revents != 0 { return false }
        }
    }

    /// Reads once, waiting for it until `deadline`.
    /// - Returns: false when nothing came, or nothing can come any more.
    private func pump(until deadline: Int) -> Bool {
        var sources = [
            pollfd(fd: nearEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: exit == nil ? processDescriptor : -1, events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&sources, 2, Int32(max(0, deadline - Self.milliseconds())))
        if ready < 0 { return errno == EINTR }
        guard ready > 0 else { return false }
        guard Int32(sources[0].revents) & POLLIN != 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(nearEnd, &buffer, buffer.count)
        guard count > 0 else { return false }
        take(buffer[..<count])
        return true
    }

    private func take(_ bytes: ArraySlice<UInt8>) {
        received += bytes
        screen.feed(bytes)
    }

    private static func check(_ failure: Int32, _ what: String) throws {
        if failure != 0 { throw Problem(description: "cannot \(what): \(String(cString: strerror(failure)))") }
    }

    /// Hands `strings` to C as an array that ends in nil.
    public static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return copies.withUnsafeBufferPointer { body($0.baseAddress!) }
    }

    private static func milliseconds() -> Int {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
    }
}
