import CNCurses
import Glibc
import Screen

/// Lines out and keys in, on a terminal of any kind or on pipes. Nothing is drawn and nothing already written is
/// changed. One at a time may be open, and only one thread may call it.
///
/// Promises: where keys come from a terminal they come one by one and without echo, and whatever way the process ends,
/// short of SIGKILL, the terminal has its own modes back.
public final class LinearTerminal {
    /// Readable when keys wait.
    public let inputDescriptor: Int32
    /// Readable when signals wait; negative where keys come from a pipe.
    public let signalDescriptor: Int32
    /// Whether a person types, and not a pipe.
    public let isInteractive: Bool
    /// Whether no more keys can come.
    public private(set) var isAtEnd = false
    /// Whether a line could not be written: nobody reads any more.
    public private(set) var isDeaf = false

    private let outputDescriptor: Int32
    private var ownModes = termios()
    private var shellModes = termios()
    private var bytes = KeyBytes()
    private var isOpen = true
    /// How long an Esc is held for what may belong to it.
    private static let escapeMilliseconds: Int32 = 25

    public convenience init() throws(TerminalProblem) {
        try self.init(input: STDIN_FILENO, output: STDOUT_FILENO)
    }

    init(input: Int32, output: Int32) throws(TerminalProblem) {
        inputDescriptor = input
        outputDescriptor = output
        isInteractive = isatty(input) == 1
        guard isInteractive else {
            signalDescriptor = -1
            return
        }
        signalDescriptor = cn_catch_signals(input, output, getenv("SWIFT_BACKTRACE") != nil)
        guard signalDescriptor >= 0, tcgetattr(input, &shellModes) == 0 else { throw .notATerminal }
        ownModes = shellModes
        ownModes.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        ownModes.c_iflag &= ~tcflag_t(IXON | ICRNL)
        enter()
    }

    deinit { close() }

    private func enter() {
        cn_screen_is_up("", 0)
        tcsetattr(inputDescriptor, TCSANOW, &ownModes)
    }

    private func leave() {
        tcsetattr(inputDescriptor, TCSANOW, &shellModes)
        cn_screen_is_down()
    }

    /// Writes each line, made harmless, with its end.
    public func tell(_ lines: [String]) {
        guard isOpen, !lines.isEmpty, !isDeaf else { return }
        var rest = Array(lines.map { TerminalText.safe($0) + "\n" }.joined().utf8)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { write(outputDescriptor, $0.baseAddress, $0.count) }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else {
                isDeaf = true
                return
            }
            rest = rest.dropFirst(sent)
        }
    }

    /// The keys that wait; returns at once, but for an Esc.
    public func keys() -> [Key] {
        guard isOpen else { return [] }
        var keys: [Key] = []
        while isReadable(within: 0), readMore(&keys) {}
        while bytes.isUnfinished, isInteractive, isReadable(within: Self.escapeMilliseconds), readMore(&keys) {}
        if bytes.isUnfinished, isInteractive || isAtEnd { keys += bytes.take([], isOver: true) }
        return keys
    }

    /// - Returns: whether something came.
    private func readMore(_ keys: inout [Key]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(inputDescriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { return true }
        guard count > 0 else {
            isAtEnd = true
            return false
        }
        keys += bytes.take(buffer[..<count], isOver: false)
        return true
    }

    private func isReadable(within milliseconds: Int32) -> Bool {
        guard !isAtEnd else { return false }
        var state = pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, milliseconds) > 0
    }

    /// Waits until what was told has left for the terminal, and throws away what was typed before that.
    /// - Returns: what was typed.
    public func dropKeys() -> [Key] {
        guard isOpen, isInteractive else { return [] }
        // A signal ends the wait: it is served first.
        tcdrain(outputDescriptor)
        let dropped = keys()
        bytes.drop()
        return dropped
    }

    /// The signals that wait; returns at once. A stop asked for from outside, or a continuation after one, is done here.
    public func signals() -> [TerminalSignal] {
        guard isOpen, signalDescriptor >= 0 else { return [] }
        var buffer = [UInt8](repeating: 0, count: 64)
        var signals: [TerminalSignal] = []
        while case let count = read(signalDescriptor, &buffer, buffer.count), count > 0 {
            for number in buffer[..<count].map(Int32.init) {
                switch number {
                case SIGWINCH: break
                case SIGTSTP:
                    suspend()
                    signals.append(.continued)
                case SIGCONT:
                    enter()
                    signals.append(.continued)
                default:
                    cn_ending_was_served()
                    signals.append(.ended(signal: number))
                }
            }
        }
        return signals
    }

    /// Gives the terminal back, stops the process group as ^Z does, and takes the terminal again when it goes on.
    public func suspend() {
        guard isOpen, isInteractive else { return }
        leave()
        cn_stop_process_group()
        enter()
    }

    /// Gives the terminal back as it was. More calls do nothing.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        guard isInteractive, signalDescriptor >= 0 else { return }
        leave()
        cn_release_signals()
    }
}
