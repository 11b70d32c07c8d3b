import CNCurses
import Glibc
import Screen

/// The real terminal. One at a time may be open, and only one thread may call it.
///
/// Promises: whatever way the process ends, short of SIGKILL, the terminal is left as the shell wants it: main screen,
/// cursor shown, its own modes. While it is open nothing but this type writes to the terminal; what others write to the
/// standard error appears when it is closed.
public final class CursesTerminal {
    public private(set) var size: Size
    /// Readable when keys wait.
    public let inputDescriptor: Int32
    /// Readable when signals wait.
    public let signalDescriptor: Int32

    /// Polling it shows, without a read, when the other end was closed.
    public var outputDescriptor: Int32 { output.descriptor }

    private let screen: OpaquePointer
    private let files: (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>)
    private let window: UnsafeMutablePointer<WINDOW>
    private let modes: ScreenModes
    /// The terminal's own modes while the screen is up.
    private var ownModes = termios()
    private let inbox: SignalInbox
    private let output: TerminalOutput
    private let errors: DivertedErrors?
    private var painter: CanvasPainter
    private var frame: FrameOutput
    private var input: KeyInput
    private var isOpen = true
    /// Whether the screen is taken, and the modes that curses does not know are set.
    private var isEntered = false
    private var isCursorShown: Bool?
    private let clipboard: Clipboard
    private let alerts: Alerts
    private var shownTitle = ""

    /// Whether the terminal has the focus. True for the many terminals that do not report it.
    public var hasFocus: Bool { input.hasFocus }

    /// Takes the terminal on the standard input and output.
    public convenience init(_ options: TerminalOptions) throws(TerminalProblem) {
        try self.init(
            input: STDIN_FILENO, output: STDOUT_FILENO, type: getenv("TERM").map { String(cString: $0) } ?? "",
            options, errors: { DivertedErrors(path: options.errorLog) })
    }

    init(
        input: Int32, output shared: Int32, type: String, _ options: TerminalOptions,
        errors divert: () -> DivertedErrors? = { nil }
    ) throws(TerminalProblem) {
        guard isatty(input) == 1, isatty(shared) == 1 else { throw .notATerminal }
        switch type.isEmpty ? -1 : cn_can_draw(type, shared) {
        case 1: break
        case 0: throw .tooDumb(name: type)
        default: throw .unknownTerminal(name: type)
        }
        let isUTF8 = CharacterSet.choose()
        // The handlers stand before curses starts, which then installs none of its own.
        let output = TerminalOutput(shared)
        let signals = cn_catch_signals(input, output.descriptor, getenv("SWIFT_BACKTRACE") != nil)
        guard signals >= 0 else { throw .notATerminal }
        guard let inputFile = Self.file(on: input, mode: "r"), let outputFile = Self.file(on: shared, mode: "w") else {
            cn_release_signals()
            throw .notATerminal
        }
        use_env(false)
        use_tioctl(true)
        guard let screen = newterm(type, outputFile, inputFile) else {
            cn_release_signals()
            fclose(inputFile)
            fclose(outputFile)
            throw .unknownTerminal(name: type)
        }
        // What is sent first and last is what the entry says.
        modes = ScreenModes.ofCurrentTerminal(type: type, mouse: options.mouse)
        TerminalEntry.shorten()
        clipboard = Clipboard(
            isSupported: modes.understandsTitles || type.hasPrefix("screen"),
            isInScreen: type.hasPrefix("screen") && getenv("TMUX") == nil)
        alerts = options.alerts
        errors = divert()
        if let report = options.crashReport { cn_report_crashes_in(report, options.program) }
        cn_screen_is_up(modes.restore, modes.restore.utf8.count)
        raw()
        noecho()
        nonl()
        typeahead(-1)
        window = cn_stdscr()
        keypad(window, true)
        self.screen = screen
        files = (inputFile, outputFile)
        inputDescriptor = input
        self.output = output
        inbox = SignalInbox(signals)
        output.signals = inbox
        signalDescriptor = signals
        painter = CanvasPainter(palette: Palette(theme: options.theme), asciiOnly: options.asciiOnly || !isUTF8)
        frame = FrameOutput(
            terminal: shared, output: output, curses: fileno(outputFile),
            marksFrames: options.marksFrames && modes.understandsSequences)
        self.input = KeyInput(
            input, source: .terminal,
            decoder: KeyDecoder(
                isUTF8: isUTF8, takesMouse: options.mouse, pause: .ofEnvironment(fixed: options.escapeDelay),
                ownKeys: TerminalKeys.ofCurrentTerminal()))
        size = Size(columns: Int(getmaxx(window)), rows: Int(getmaxy(window)))
        tcgetattr(shared, &ownModes)
        // Curses has sent what takes the screen when it set the keypad's mode.
        enter(modes.ordinaryCharacters + modes.enter)
    }

    deinit { close() }

    /// Makes the screen show `canvas`. Only what changed is sent, in one piece where the terminal can take it so.
    public func present(_ canvas: Canvas) {
        guard isOpen else { return }
        painter.paint(canvas, on: window)
        enterAgain()
        if !frame.send({ update(canvas) }) {
            redraw()
            painter.paint(canvas, on: window)
            update(canvas)
        }
        if output.waitedUntil != nil { input.wasBusy() }
    }

    private func update(_ canvas: Canvas) {
        place(canvas.cursor)
        wnoutrefresh(window)
        doupdate()
    }

    /// The keys that wait; returns at once. Only after an Esc it waits a little for what may belong to it.
    public func keys() -> [Key] { isOpen ? input.keys() : [] }

    /// Waits until what was drawn has left for the terminal, and throws away what was typed before that.
    /// - Returns: what was typed.
    public func dropKeys() -> [Key] {
        guard isOpen else { return [] }
        output.drain()
        return input.keys()
    }

    /// Sets the title of the terminal's window, which the report of a crash names too.
    public func title(_ text: String) {
        guard isOpen, text != shownTitle else { return }
        shownTitle = text
        let clean = TerminalText.cut(text, to: 80)
        cn_note_for_crash(clean)
        guard modes.understandsTitles else { return }
        enterAgain()
        output.send("\u{1B}]2;\(clean)\u{7}")
    }

    /// Rings the bell and shows a note on the desktop, as far as that is wanted and the terminal can.
    public func alert(_ text: String) {
        let sequence = alerts.sequence(for: text, understandsNotes: modes.understandsTitles)
        guard isOpen, !sequence.isEmpty else { return }
        enterAgain()
        output.send(sequence)
    }

    public func copy(_ text: String) -> Copied {
        guard isOpen else { return .notPossible }
        switch clipboard.sequence(for: text) {
        case .success(let sequence):
            output.send(sequence)
            return .sent
        case .failure(.tooLong): return .tooLong(limit: Clipboard.limit)
        case .failure(.notPossible): return .notPossible
        }
    }

    /// The signals that wait; returns at once. A stop asked for from outside, or a continuation after one, is done here.
    public func signals() -> [TerminalSignal] {
        guard isOpen else { return [] }
        var signals: [TerminalSignal] = []
        while let number = inbox.next() {
            switch number {
            case SIGWINCH: if signals.last != .resized { signals.append(.resized) }
            case SIGCONT:
                comeBack()
                signals.append(.continued)
            case SIGTSTP:
                suspend()
                signals.append(.continued)
            default:
                cn_ending_was_served()
                signals.append(.ended(signal: number))
            }
        }
        return signals
    }

    /// Whether nobody is at the other end any more.
    public var isHungUp: Bool {
        var states = [
            pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: outputDescriptor, events: 0, revents: 0),
        ]
        guard poll(&states, 2, 0) > 0 else { return false }
        let events = Int32(states[0].revents)
        if (events | Int32(states[1].revents)) & (POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
        var waiting: Int32 = 0
        return events & POLLIN != 0 && ioctl(inputDescriptor, UInt(FIONREAD), &waiting) == 0 && waiting == 0
    }

    /// Takes over the terminal's size after `.resized`; the next `present` draws everything.
    public func resize() {
        guard isOpen else { return }
        var window = winsize()
        if ioctl(outputDescriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 {
            resizeterm(Int32(window.ws_row), Int32(window.ws_col))
        }
        size = Size(columns: Int(getmaxx(self.window)), rows: Int(getmaxy(self.window)))
        redraw()
    }

    /// The next `present` repaints everything, whatever the terminal shows.
    public func redraw() {
        guard isOpen else { return }
        painter.forget()
        isCursorShown = nil
        clearok(cn_curscr(), true)
        if isEntered { output.send(modes.ordinaryCharacters) }
    }

    /// Gives the terminal back, stops the process group as ^Z does, and takes the terminal again when it goes on. The
    /// next `present` draws everything, in the size the terminal has then.
    public func suspend() {
        guard isOpen else { return }
        leave()
        cn_stop_process_group()
        inbox.drop(SIGCONT, SIGTSTP)
        comeBack()
    }

    /// Gives the terminal to other programs while `body` runs, and takes it again. The next `present` draws everything,
    /// in the size the terminal has then.
    public func lend<Value>(_ body: () throws -> Value) rethrows -> Value {
        guard isOpen else { return try body() }
        leave()
        defer { comeBack() }
        return try body()
    }

    /// Gives the terminal back as it was. More calls do nothing.
    public func close() {
        guard isOpen else { return }
        leave()
        isOpen = false
        delscreen(screen)
        frame.close()
        fclose(files.input)
        fclose(files.output)
        cn_release_signals()
        errors?.restore()
    }

    private func enter(_ text: String) {
        output.send(text)
        isEntered = true
    }

    private func enterAgain() { if !isEntered { enter(modes.screen + modes.enter) } }

    private func leave() {
        // The rest of a paste must not become commands of the shell.
        input.leave()
        // Curses waits for the terminal to take everything: for ever, where it takes nothing any more.
        guard output.waitUntilWritable(until: MonotonicClock.milliseconds() + Self.lastMilliseconds) else {
            return cn_give_up_screen()
        }
        if !output.finishCut(within: Self.lastMilliseconds) { send(modes.cancel) }
        if isEntered { send(modes.leave) }
        // Where nothing was drawn since the last time, the screen was left then: left again, it would take the title of
        // whoever was before.
        if isEntered { endwin() } else { reset_shell_mode() }
        if isEntered { send(modes.left) }
        isEntered = false
        cn_screen_is_down()
    }

    /// Sends what is needed in the end, to a terminal that may take no more.
    private func send(_ text: String) { output.send(Array(text.utf8)[...], within: Self.lastMilliseconds) }

    private func comeBack() {
        // Stopped by SIGSTOP the program could leave nothing in order: the screen is left now, and taken anew.
        if isEntered { output.send(modes.leave + modes.exit + modes.left) }
        isEntered = false
        // Curses would take the screen, and draw its first frame, with writes of its own, which do not wait for a terminal
        // that is full. It is made to believe that it has done so.
        frame.withoutTerminal {
            if !isendwin() { endwin() }
            doupdate()
            curs_set(1)
        }
        tcsetattr(outputDescriptor, TCSANOW, &ownModes)
        cn_screen_is_up(modes.restore, modes.restore.utf8.count)
        resize()
    }

    /// How long the terminal may take no more before it is left as it is.
    private static let lastMilliseconds: Int64 = 1000

    private func place(_ cursor: (x: Int, y: Int)?) {
        var isShown = false
        if let cursor, cursor.x >= 0, cursor.y >= 0, cursor.x < size.columns, cursor.y < size.rows {
            isShown = true
            wmove(window, Int32(cursor.y), Int32(cursor.x))
        }
        // A hidden cursor may stay where the last change left it.
        leaveok(window, !isShown)
        if isCursorShown != isShown { curs_set(isShown ? 1 : 0) }
        isCursorShown = isShown
    }

    private static func file(on descriptor: Int32, mode: String) -> UnsafeMutablePointer<FILE>? {
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard own >= 0 else { return nil }
        if let file = fdopen(own, mode) { return file }
        Glibc.close(own)
        return nil
    }
}
