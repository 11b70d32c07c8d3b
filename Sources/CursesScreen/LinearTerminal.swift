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
    public var isAtEnd: Bool { keyInput.isAtEnd }
    /// Whether a line could not be written: nobody reads any more.
    public private(set) var isDeaf = false

    private let output: TerminalOutput
    private let inbox: SignalInbox?
    private var ownModes = termios()
    private var shellModes = termios()
    private var keyInput: KeyInput
    private var isOpen = true

    /// - Parameter escapeDelay: How many milliseconds an Esc is held for what may belong to it; nil for what ESCDELAY
    ///   says, or what is measured.
    public convenience init(escapeDelay: Int? = nil) throws(TerminalProblem) {
        try self.init(input: STDIN_FILENO, output: STDOUT_FILENO, escapeDelay: escapeDelay)
    }

    init(input: Int32, output shared: Int32, escapeDelay: Int? = nil) throws(TerminalProblem) {
        inputDescriptor = input
        output = TerminalOutput(shared)
        isInteractive = isatty(input) == 1
        let source = isInteractive ? KeyDecoder.Source.terminal : .pipe
        keyInput = KeyInput(
            input, source: source,
            decoder: KeyDecoder(
                isUTF8: true, takesMouse: false, source: source, pause: .ofEnvironment(fixed: escapeDelay)))
        guard isInteractive else {
            signalDescriptor = -1
            inbox = nil
            return
        }
        signalDescriptor = cn_catch_signals(input, output.descriptor, getenv("SWIFT_BACKTRACE") != nil)
        inbox = SignalInbox(signalDescriptor)
        output.signals = inbox
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
        keyInput.leave()
        tcsetattr(inputDescriptor, TCSANOW, &shellModes)
        cn_screen_is_down()
    }

    /// Writes each line, made harmless, with its end.
    public func write(_ lines: [String]) {
        guard isOpen, !lines.isEmpty, !isDeaf else { return }
        let text = lines.map { TerminalText.safe($0) + "\n" }.joined()
        isDeaf = output.send(text) == .closed
        if output.waitedUntil != nil { keyInput.wasBusy() }
    }

    /// Rings the bell, where a person listens.
    public func ring() {
        if isOpen, isInteractive, !isDeaf { isDeaf = output.send("\u{7}") == .closed }
    }

    /// The keys that wait; returns at once, but for an Esc.
    public func keys() -> [Key] { isOpen ? keyInput.keys() : [] }

    /// Waits until everything written has left for the terminal, and throws away what was typed before that.
    /// - Returns: what was typed.
    public func dropKeys() -> [Key] {
        guard isOpen, isInteractive else { return [] }
        output.drain()
        return keyInput.keys()
    }

    /// The signals that wait; returns at once. A stop asked for from outside, or a continuation after one, is done here.
    public func signals() -> [TerminalSignal] {
        guard isOpen, let inbox else { return [] }
        var signals: [TerminalSignal] = []
        while let number = inbox.next() {
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
