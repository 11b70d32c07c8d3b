import CursesScreen
import Dashboard
import Glibc
import Marketplace
import Screen

/// The dashboard line by line: keys in, news out. Like the drawn session it sleeps in `poll` and wakes for a key, a
/// signal or an answer.
///
/// A person's keys are taken as they come. Keys from a pipe are taken one by one, each when everything that the one
/// before asked for is there, so that a script means what it would mean typed by somebody who looks.
struct LinearSession {
    private let terminal: LinearTerminal
    private let seat: Seat
    private let mailbox: Mailbox
    private let runner: EffectRunner
    private var clock: SteppingClock
    private var dashboard: Dashboard
    private var voice = Voice()
    private var keys: [Key] = []
    /// Whether it was told that an answer is awaited.
    private var hasToldWaiting = false
    private var exitCode: Int32?
    private var sleep = SleepWatch()
    /// Whether the terminal took so long to take lines that keys were typed without them.
    private var wasHeldUp = false

    /// What the lists and pages of the dashboard are laid out for; nobody sees it.
    private static let size = Size(columns: 100, rows: 24)
    /// What is still being read is told when it takes longer than this.
    private static let patienceMilliseconds: Int32 = 400
    /// A terminal that takes lines later than this many milliseconds did not show those before either.
    private static let heldUpAfter: Int64 = 250

    init(terminal: LinearTerminal, seat: Seat, keymap: Keymap, mailbox: Mailbox) {
        self.terminal = terminal
        self.seat = seat
        self.mailbox = mailbox
        runner = EffectRunner(
            client: seat.client, clock: seat.clock, drafts: seat.drafts, support: seat.support,
            permission: seat.permission, mailbox: mailbox)
        clock = SteppingClock(client: seat.client, clock: seat.clock)
        dashboard = Dashboard(
            profile: seat.summary, keymap: keymap, size: Self.size, isLinear: true, now: clock.now)
    }

    /// - Returns: the exit code.
    mutating func run() -> Int32 {
        let effects = dashboard.start()
        perform(effects)
        let keeper = IndexKeeper(client: seat.client, clock: seat.clock, plan: seat.index)
        let index = Task { await keeper.run() }
        defer { index.cancel() }
        while exitCode == nil {
            runner.bin.empty()
            let isTime = wait()
            take(clock.pass())
            takeSignals(afterStop: sleep.hasSlept())
            let events = mailbox.drain()
            for event in events { take(event) }
            if !events.isEmpty { runner.bin.add(events) }
            takeKeys()
            if dashboard.isAtRest || isTime { tellNews() }
            if wasHeldUp {
                resume()
                tellNews()
            }
            hasToldWaiting = !dashboard.isAtRest && (hasToldWaiting || isTime)
            if terminal.isDeaf { exitCode = exitCode ?? 128 + SIGPIPE }
        }
        tellNews()
        runner.stop()
        return exitCode ?? 0
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
        } else if terminal.isInteractive, !hasToldWaiting {
            timeout = Self.patienceMilliseconds
        }
        return poll(&descriptors, nfds_t(descriptors.count), timeout) == 0
    }

    private mutating func tellNews() {
        let began = SleepWatch.millisecondsAwake()
        terminal.tell(voice.news(dashboard.sentences))
        let took = SleepWatch.millisecondsAwake() - began
        wasHeldUp = wasHeldUp || took >= Self.heldUpAfter && dashboard.isReviewing && terminal.isInteractive
    }

    /// - Parameter afterStop: Whether the program was stopped though no signal tells of it.
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
        tellNews()
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
                tellNews()
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
            case .quit: exitCode = 0
            // Where nothing is drawn no focus is told.
            case .rest: break
            case .redraw: terminal.tell(voice.again(dashboard.sentences))
            case .suspend:
                terminal.suspend()
                takeSignals(afterStop: true)
            // A terminal without a screen has no clipboard to speak of; the text itself can be taken from its lines.
            case .copy(let offer): terminal.tell(offer.text.split(separator: "\n").map(String.init))
            case .dropTypeAhead:
                guard terminal.isInteractive else { continue }
                tellNews()
                dropKeys()
            default: runner.run(effect)
            }
        }
    }
}
