import CursesScreen
import Dashboard
import Glibc
import Marketplace
import Screen

/// The dashboard line by line: keys in, news out. Like the drawn session it sleeps in `poll` and wakes for a key, a
/// signal or an answer.
///
/// A person's keys are taken as they come. Keys from a pipe are taken one by one, each when everything that the one
/// before asked for is there, so that a script means what it would mean typed by a person who reads the lines.
struct LinearSession {
    private let terminal: LinearTerminal
    private let backend: Backend
    private let mailbox: Mailbox
    private let runner: ClientEffectRunner
    private var clock: SteppingClock
    private var dashboard: Dashboard
    private var voice = Voice()
    private var keys: [Key] = []
    /// Whether it was said that an answer is awaited.
    private var hasSaidWaiting = false
    private var exitCode: Int32?
    private var sleep = SleepWatch()
    /// Whether the terminal took so long to take lines that keys were typed without them.
    private var wasHeldUp = false

    /// What the lists and pages of the dashboard are laid out for; nobody sees it.
    private static let size = Size(columns: 100, rows: 24)
    /// What is still being read is said when it takes longer than this.
    private static let waitMilliseconds: Int32 = 400
    /// A terminal that takes lines later than this many milliseconds did not show those before either.
    private static let heldUpAfter: Int64 = 250

    init(terminal: LinearTerminal, backend: Backend, keymap: Keymap, mailbox: Mailbox) {
        self.terminal = terminal
        self.backend = backend
        self.mailbox = mailbox
        runner = ClientEffectRunner(backend, mailbox: mailbox)
        clock = SteppingClock(client: backend.client, clock: backend.clock)
        dashboard = Dashboard(
            profile: backend.summary, keymap: keymap, size: Self.size, isLinear: true, now: clock.now,
            zone: .local)
    }

    mutating func run() -> SessionEnd {
        runner.start()
        let effects = dashboard.start()
        perform(effects)
        while exitCode == nil {
            runner.deallocations.drain()
            let isTime = wait()
            take(clock.pass())
            takeSignals(afterStop: sleep.hasSlept())
            let events = mailbox.drain()
            for event in events { take(event) }
            if !events.isEmpty { runner.deallocations.add(events) }
            takeKeys()
            if dashboard.isAtRest || isTime { sayNews() }
            if wasHeldUp {
                resume()
                sayNews()
            }
            hasSaidWaiting = !dashboard.isAtRest && (hasSaidWaiting || isTime)
            if terminal.isDeaf { exitCode = exitCode ?? 128 + SIGPIPE }
        }
        sayNews()
        return SessionEnd(exitCode: exitCode ?? 0, problem: runner.stop())
    }

    /// - Returns: whether the time was up without anything.
    private func wait() -> Bool {
        if !keys.isEmpty, dashboard.isAtRest { return false }
        // Keys from a pipe stay there until they can mean something.
        let listens = !terminal.isAtEnd && (terminal.isInteractive || (keys.isEmpty && dashboard.isAtRest))
        var descriptors = [listens ? terminal.inputDescriptor : -1, terminal.signalDescriptor, mailbox.descriptor].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let isDone = dashboard.isAtRest && keys.isEmpty
        var timeout: Int32 = -1
        if isDone {
            if terminal.isAtEnd { timeout = 0 }
        } else if terminal.isInteractive, !hasSaidWaiting {
            timeout = Self.waitMilliseconds
        }
        return poll(&descriptors, nfds_t(descriptors.count), timeout) == 0
    }

    private mutating func sayNews() {
        let began = SleepWatch.millisecondsAwake()
        terminal.write(voice.news(dashboard.sentences))
        let took = SleepWatch.millisecondsAwake() - began
        wasHeldUp = wasHeldUp || took >= Self.heldUpAfter && dashboard.isReviewing && terminal.isInteractive
    }

    /// - Parameter afterStop: Whether the program was stopped without a signal that says so.
    private mutating func takeSignals(afterStop: Bool = false) {
        var wasStopped = afterStop
        for signal in terminal.signals() {
            switch signal {
            case .ended(let number): exitCode = 128 + number
            case .continued: wasStopped = true
            case .resized: break
            }
        }
        if wasStopped, terminal.isInteractive, exitCode == nil { resume() }
    }

    /// Goes on after a stop: what was typed meanwhile is dropped, and old facts of a review are asked again.
    private mutating func resume() {
        take(clock.pass())
        take(.resumed)
        sayNews()
        let wasTyped = !keys.isEmpty
        if dropKeys() || wasTyped { take(.typeAheadDropped) }
        wasHeldUp = false
    }

    /// Uses nothing of what was typed so far but ^C, which leaves whatever happens and agrees to nothing.
    /// - Returns: whether anything came since keys were read last.
    @discardableResult
    private mutating func dropKeys() -> Bool {
        let latest = terminal.dropKeys()
        let dropped = keys + latest
        keys = []
        for key in dropped where key == .control("c") { take(.key(key)) }
        return !latest.isEmpty
    }

    private mutating func takeKeys() {
        guard exitCode == nil else { return }
        keys += terminal.keys()
        // A stop that ended while they were read: they were typed during it, or before.
        takeSignals()
        while !keys.isEmpty, exitCode == nil {
            if !terminal.isInteractive {
                guard dashboard.isAtRest else { return }
                sayNews()
            }
            take(.key(keys.removeFirst()))
        }
        // The end of a person's terminal is a hang-up, that of a pipe the end of the work.
        guard terminal.isAtEnd, keys.isEmpty, exitCode == nil else { return }
        if terminal.isInteractive {
            exitCode = 128 + SIGHUP
        } else if dashboard.isAtRest {
            exitCode = 0
        }
    }

    private mutating func take(_ event: Event) {
        let effects = dashboard.update(event)
        perform(effects)
    }

    private mutating func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .client(let effect): runner.run(effect)
            case .terminal(let effect): perform(effect)
            // Linear mode asks for a profile line by line, before there is a dashboard.
            case .setup: break
            }
        }
    }

    private mutating func perform(_ effect: TerminalEffect) {
        switch effect {
        case .quit: exitCode = 0
        case .redraw: terminal.write(voice.again(dashboard.sentences))
        case .suspend:
            terminal.suspend()
            takeSignals(afterStop: true)
        // The text of it is among the news.
        case .alert: terminal.ring()
        // A terminal without a screen has no clipboard to speak of; the text itself can be taken from its lines.
        case .copy(let offer): terminal.write(offer.text.split(separator: "\n").map(String.init))
        case .dropTypeAhead:
            guard terminal.isInteractive else { return }
            sayNews()
            dropKeys()
        }
    }
}
