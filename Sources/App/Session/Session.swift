import CursesScreen
import Dashboard
import Glibc
import Marketplace
import MarketplaceClient
import Screen

/// The event loop of the screen's thread: all waiting events are drained, the dashboard updates once for each, and one
/// frame is drawn. It sleeps in `poll` and wakes for a key, a signal or an answer; for the time only while seconds are
/// shown, and once when a key has repeated.
struct Session {
    private let terminal: CursesTerminal
    private let mailbox: Mailbox
    /// Nil where there is no marketplace yet.
    private let runner: ClientEffectRunner?
    /// What makes a profile where there is none, and what tests it.
    private let setup: (maker: any ProfileMaking, tests: ProfileTests)?
    /// What the dashboard goes on with, after the set-up.
    private var next: Backend?
    /// What it waits for: keys, signals, mail, and the end of the terminal.
    private var watched: [pollfd]
    private var dashboard: Dashboard
    /// Run once the frame that they came with has been drawn: a person waits for the frame.
    private var waiting: [ClientEffect] = []
    private var clock: SteppingClock
    private var keyRepeat = KeyRepeat()
    /// The time that the dashboard has.
    private var lastTime: Instant
    private var hadFocus = true
    private var sleep = SleepWatch()
    /// How often the program was stopped, slept, or was held up by its terminal while a review was in front.
    private var stops = 0
    /// Whether the terminal took so long to take a picture that keys were typed without it.
    private var wasHeldUp = false
    /// Until when keys are dropped, by the clock of ``SleepWatch/millisecondsAwake()``.
    private var takesKeysFrom: Int64 = 0
    /// Set when the session is to end.
    private var exitCode: Int32?

    /// A terminal that takes a picture later than this many milliseconds was not showing the one before either.
    private static let heldUpAfter: Int64 = 250
    /// What comes sooner after a picture, in milliseconds, cannot be an answer to it.
    private static let soonestAnswer: Int64 = 100

    /// The dashboard of a profile.
    init(terminal: CursesTerminal, backend: Backend, keymap: Keymap, mailbox: Mailbox) {
        let clock = SteppingClock(client: backend.client, clock: backend.clock)
        let dashboard = Dashboard(
            profile: backend.summary, keymap: keymap, size: terminal.size, now: clock.now, zone: .local)
        self.init(
            terminal: terminal, dashboard, clock, ClientEffectRunner(backend, mailbox: mailbox), setup: nil,
            mailbox: mailbox)
    }

    /// The form that makes a profile.
    init(settingUp maker: ProfileMaker, terminal: CursesTerminal, keymap: Keymap, mailbox: Mailbox) {
        let clock = SteppingClock(client: nil, clock: SystemClock())
        let dashboard = Dashboard(
            settingUp: maker.choices, keymap: keymap, size: terminal.size, now: clock.now, zone: .local)
        self.init(
            terminal: terminal, dashboard, clock, nil,
            setup: (maker, ProfileTests(maker, mailbox: mailbox)), mailbox: mailbox)
    }

    private init(
        terminal: CursesTerminal, _ dashboard: Dashboard, _ clock: SteppingClock, _ runner: ClientEffectRunner?,
        setup: (maker: any ProfileMaking, tests: ProfileTests)?, mailbox: Mailbox
    ) {
        self.terminal = terminal
        self.dashboard = dashboard
        self.clock = clock
        self.runner = runner
        self.setup = setup
        self.mailbox = mailbox
        lastTime = clock.now
        watched = [terminal.inputDescriptor, terminal.signalDescriptor, mailbox.descriptor].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        watched.append(pollfd(fd: terminal.outputDescriptor, events: 0, revents: 0))
    }

    mutating func run() -> SessionEnd {
        draw()
        runner?.start()
        perform(dashboard.start())
        runWaiting()
        while exitCode == nil {
            runner?.deallocations.drain()
            let ready = wait()
            takeTime()
            let hasSlept = sleep.hasSlept()
            if ready.signals || hasSlept { takeSignals(afterStop: hasSlept) }
            if ready.mail { takeMail() }
            let wasSilent = ready.keys && !takeKeys()
            if dashboard.holdsPreview, keyPause == nil { take(.keysRepeat(false)) }
            draw()
            if wasHeldUp {
                resume()
                draw()
            }
            perform(dashboard.settle())
            // Whoever leaves in the same moment means nothing more to be sent.
            if exitCode == nil { runWaiting() } else { runner?.keepSession(waiting) }
            dashboard.prepareAhead()
            // A terminal that is gone is readable for ever and gives nothing.
            if wasSilent || ready.end, terminal.isHungUp { exitCode = exitCode ?? 128 + SIGHUP }
        }
        setup?.tests.stop()
        return SessionEnd(exitCode: exitCode ?? 0, problem: runner?.stop(), next: next)
    }

    private mutating func draw() {
        dashboard.prepare()
        let began = SleepWatch.millisecondsAwake()
        // First the title: it is what the report of a crash calls the picture that is drawn then.
        terminal.title(dashboard.title)
        terminal.present(dashboard.draw())
        let took = SleepWatch.millisecondsAwake() - began
        wasHeldUp = wasHeldUp || took >= Self.heldUpAfter && dashboard.isReviewing
    }

    /// Milliseconds until no key repeats any more; nil when none does.
    private var keyPause: Int64? { keyRepeat.left(at: SleepWatch.millisecondsAwake()) }

    /// Sleeps until something happens.
    private mutating func wait() -> (keys: Bool, signals: Bool, mail: Bool, end: Bool) {
        var longest: Int32 = dashboard.wantsTicks ? 1000 : -1
        if dashboard.holdsPreview { longest = Int32(keyPause ?? 0) }
        guard poll(&watched, nfds_t(watched.count), longest) >= 0 else {
            // Woken by a signal, which says nothing about the others.
            return (true, true, true, true)
        }
        func isReady(_ place: Int) -> Bool { watched[place].revents != 0 }
        return (isReady(0), isReady(1), isReady(2), isReady(3))
    }

    /// Nothing shows less than seconds, so the dashboard gets the time ten times a second at most.
    private mutating func takeTime() {
        let event = clock.pass()
        let passed = clock.now.millisecondsSince1970 - lastTime.millisecondsSince1970
        if case .time = event, (0..<100).contains(passed) { return }
        lastTime = clock.now
        take(event)
    }

    /// - Parameter afterStop: Whether the program was stopped without a signal that says so.
    private mutating func takeSignals(afterStop: Bool = false) {
        var wasStopped = afterStop
        for signal in terminal.signals() {
            switch signal {
            case .resized:
                terminal.resize()
                take(.resized(terminal.size))
            case .continued:
                terminal.redraw()
                take(.resized(terminal.size))
                wasStopped = true
            case .ended(let number): exitCode = 128 + number
            }
        }
        if wasStopped, exitCode == nil { resume() }
    }

    /// Goes on after a stop: shows the picture anew, and drops what was typed without it.
    private mutating func resume() {
        stops += 1
        takeTime()
        take(.resumed)
        if dropKeys() { take(.typeAheadDropped) }
        takesKeysFrom = SleepWatch.millisecondsAwake() + Self.soonestAnswer
        wasHeldUp = false
    }

    private mutating func takeMail() {
        var mustBeSeen = false
        let events = mailbox.drain()
        for event in events { mustBeSeen = take(event).contains(.terminal(.dropTypeAhead)) || mustBeSeen }
        runner?.deallocations.add(events)
        if mustBeSeen, dropKeys() { take(.typeAheadDropped) }
    }

    /// - Returns: whether there were any.
    private mutating func takeKeys() -> Bool {
        let stopsBefore = stops
        let keys = terminal.keys()
        // A stop that ended while they were read: they were typed during it, or before.
        takeSignals()
        if terminal.hasFocus != hadFocus {
            hadFocus = terminal.hasFocus
            take(.focused(hadFocus))
        }
        if !keys.isEmpty, stops != stopsBefore || SleepWatch.millisecondsAwake() < takesKeysFrom {
            drop(keys)
            take(.typeAheadDropped)
            return true
        }
        if !keys.isEmpty {
            let repeats = keyRepeat.takesKeys(at: SleepWatch.millisecondsAwake())
            if repeats || dashboard.holdsPreview { take(.keysRepeat(repeats)) }
        }
        for key in keys {
            let effects = take(.key(key))
            if exitCode != nil || stops != stopsBefore { break }
            if effects.contains(.terminal(.dropTypeAhead)) {
                if dropKeys() { take(.typeAheadDropped) }
                break
            }
        }
        return !keys.isEmpty
    }

    /// A review must be seen before a key can mean anything on it.
    /// - Returns: whether anything was typed but ^C, which says itself what it does.
    private mutating func dropKeys() -> Bool {
        draw()
        let keys = terminal.dropKeys()
        drop(keys)
        return keys.contains { $0 != .control("c") }
    }

    /// Uses nothing of `keys` but ^C, which leaves whatever happens and agrees to nothing.
    private mutating func drop(_ keys: [Key]) {
        for key in keys where key == .control("c") { take(.key(key)) }
    }

    @discardableResult
    private mutating func take(_ event: Event) -> [Effect] {
        let effects = dashboard.change(event)
        perform(effects)
        return effects
    }

    private mutating func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .client(let effect): waiting.append(effect)
            case .terminal(let effect): perform(effect)
            case .setup(let effect): perform(effect)
            }
        }
    }

    private mutating func perform(_ effect: SetupEffect) {
        guard let setup else { return }
        switch effect {
        case .test(let values, let number): setup.tests.begin(values, number: number)
        case .stopTest: setup.tests.stop()
        // A store may ask for its passphrase on the terminal.
        case .save(let values): goOn { [terminal] in try terminal.lend { try setup.maker.save(values) } }
        case .openSandbox: goOn { try setup.maker.sandbox() }
        }
    }

    /// Ends the set-up when there is something to go on with; else the form says why not.
    private mutating func goOn(with make: () throws -> Backend) {
        do {
            next = try make()
            exitCode = 0
        } catch {
            take(.resized(terminal.size))
            take(.setupRefused((error as? CommandError)?.sentences ?? "\(error)"))
        }
    }

    private mutating func perform(_ effect: TerminalEffect) {
        switch effect {
        case .quit: exitCode = 0
        case .redraw: terminal.redraw()
        case .suspend:
            terminal.suspend()
            take(.resized(terminal.size))
            // Signals that came meanwhile: a request to end, another size.
            takeSignals(afterStop: true)
        case .copy(let copy): take(.copied(copy, terminal.copy(copy.text)))
        case .alert(let text): terminal.alert(text)
        // Done by those who take events, once all of a turn are taken.
        case .dropTypeAhead: break
        }
    }

    private mutating func runWaiting() {
        for effect in waiting { runner?.run(effect) }
        waiting.removeAll(keepingCapacity: true)
    }
}
