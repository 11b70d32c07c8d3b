import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The form that makes a profile: keys and reports in, effects and screens out. What a value must be is not its business.
@Suite(.onComputingThreads) struct `The form of the set-up` {
    private var dashboard: Dashboard

    init() { dashboard = Self.dashboard() }

    private static func dashboard(_ size: Size = Size(columns: 80, rows: 24), keymap: Keymap = .standard) -> Dashboard {
        let stores = [
            SetupChoices.Store(value: "pass", label: "pass"),
            SetupChoices.Store(value: "secret-tool", label: "secret service (secret-tool)"),
            SetupChoices.Store(value: "file", label: "a file only you can read: ~/.config/souk/config.toml"),
        ]
        return Dashboard(
            settingUp: SetupChoices(stores: stores, regions: ["eu", "na"]), keymap: keymap, size: size,
            now: Stage.start)
    }

    private static let typed =
        "eu<Tab>us<Tab>nordwind.api<Tab>p4ssw0rd of mine<Tab>k3y-of-mine-k3y-of-mine-k3y-of-mi<Tab>"

    private mutating func press(_ keys: String) -> [Effect] { Self.press(keys, on: &dashboard) }

    private static func press(_ keys: String, on dashboard: inout Dashboard) -> [Effect] {
        Stage.keys(keys).flatMap { dashboard.update(.key($0)) }
    }

    private func setups(_ effects: [Effect]) -> [SetupEffect] {
        effects.compactMap { if case .setup(let effect) = $0 { effect } else { nil } }
    }

    private func form(_ dashboard: Dashboard) throws -> SetupForm {
        try #require(dashboard.overlays.first(SetupForm.self))
    }

    private static let values = SetupValues(
        baseURL: "eu", marketplace: "us", user: "nordwind.api", password: Secret("p4ssw0rd of mine"),
        key: Secret("k3y-of-mine-k3y-of-mine-k3y-of-mi"), name: "nordwind", store: "pass")

    /// - Parameter wrong: The values that are not right, with the words beside them.
    private static func report(
        _ number: Int, wrong: [SetupField: String] = [:], isDone: Bool = true, problem: String? = nil
    ) -> SetupReport {
        var report = SetupReport(number: number, baseURL: "https://api.cloud.im/marketplace/eu")
        for field in SetupField.allCases {
            report.verdicts[field] =
                wrong[field].map { SetupVerdict(.wrong, $0) }
                ?? SetupVerdict(isDone ? .right : .testing, isDone ? "ok" : "testing…")
        }
        report.problem = problem
        report.isDone = isDone
        return report
    }

    private static let wrongPassword = report(
        1, wrong: [.password: "wrong, or the API user", .user: "wrong, or the password"],
        problem: "The marketplace refuses the API user or the password; base URL and subscription key are right. The "
            + "user's name ends in .api and must be activated once by the link in its first e-mail; a new password is "
            + "set in the panel under Users.")

    // MARK: Tests

    @Test mutating func `asks for all values at once, and saves what passed every test`() throws {
        #expect(setups(press(Self.typed)) == [])
        #expect(setups(press("<F10>")) == [.test(Self.values, number: 1)])
        #expect(setups(dashboard.update(.setup(Self.report(1, isDone: false)))) == [])
        #expect(dashboard.draw().text.contains("testing…"))
        var right = Self.values
        right.baseURL = "https://api.cloud.im/marketplace/eu"
        #expect(setups(dashboard.update(.setup(Self.report(1)))) == [.save(right)])
    }

    @Test mutating func `saves nothing when one value is wrong, and goes to it`() throws {
        _ = press(Self.typed + "<F10>")
        #expect(setups(dashboard.update(.setup(Self.wrongPassword))) == [])
        let text = dashboard.draw().text
        #expect(text.contains("wrong, or the password"))
        #expect(text.contains("WRONG: API user, password"))
        #expect(text.contains("The marketplace refuses the API user or the password"))
        #expect(text.contains("field 3 of 7"))
    }

    @Test mutating func `F5 tests and saves nothing`() throws {
        #expect(setups(press(Self.typed + "<F5>")) == [.test(Self.values, number: 1)])
        #expect(setups(dashboard.update(.setup(Self.report(1)))) == [])
        #expect(dashboard.draw().text.contains("Every test has passed."))
    }

    @Test mutating func `F10 during a test of the same values saves after it, and ^O is F10`() throws {
        _ = press(Self.typed + "<F5>")
        #expect(setups(press("<^O>")) == [])
        let saved = setups(dashboard.update(.setup(Self.report(1))))
        #expect(saved.count == 1)
        if case .save = saved.first {} else { Issue.record("\(saved)") }
    }

    @Test mutating func `an answer about values that were changed since is dropped`() throws {
        _ = press(Self.typed + "<F10>")
        #expect(setups(press("x")) == [.stopTest])
        #expect(dashboard.draw().text.contains("The test was stopped, because a value was changed."))
        #expect(setups(dashboard.update(.setup(Self.report(1)))) == [])
        #expect(!dashboard.draw().text.contains(" ok"))
        // The next test has a number of its own: the late answer of the first is none of it.
        let second = setups(press("<F10>"))
        if case .test(_, number: 2)? = second.first {} else { Issue.record("\(second)") }
        #expect(setups(dashboard.update(.setup(Self.report(1)))) == [])
        #expect(setups(dashboard.update(.setup(Self.report(2)))).count == 1)
    }

    @Test(arguments: [
        (keys: "<Home>x", left: [SetupField.name, .store]),
        (keys: "<Tab>x", left: [.baseURL, .key, .store, .name]),
        (keys: "<Tab><Tab><Tab><Tab>x", left: [.baseURL, .name, .store]),
        (keys: "<BTab><Down>", left: [.baseURL, .marketplace, .user, .password, .key, .name]),
    ])
    mutating func `a verdict goes with the value that it rests on`(change: (keys: String, left: [SetupField])) throws {
        _ = press(Self.typed + "<Tab><Tab><F5>")
        #expect(try form(dashboard).fields.focus == SetupField.baseURL.rawValue)
        _ = dashboard.update(.setup(Self.report(1)))
        #expect(try form(dashboard).verdicts.count == 7)
        _ = press(change.keys)
        #expect(Set(try form(dashboard).verdicts.keys) == Set(change.left))
    }

    @Test mutating func `what was copied with blanks and a line end around it is taken without`() throws {
        for text in [
            " eu\n", "us\r\n", "\tnordwind.api ", " p4ssw0rd of mine\n", "k3y-of-mine-k3y-of-mine-k3y-of-mi \n",
        ] {
            _ = dashboard.update(.key(.paste(text)))
            _ = dashboard.update(.key(.tab))
        }
        #expect(try form(dashboard).values == Self.values)
    }

    @Test mutating func `a typed secret is on no screen, in no effect's words, and gone when the form is left`() throws
    {
        _ = press(Self.typed)
        for picture in [dashboard.draw().text, "\(dashboard.sentences)", dashboard.title] {
            #expect(!picture.contains("p4ss"))
            #expect(!picture.contains("k3y"))
        }
        #expect(dashboard.draw().text.contains("****************"))
        let tested = press("<F5>")
        #expect(!"\(tested)".contains("p4ss") && !"\(tested)".contains("k3y"))
        #expect(!String(reflecting: tested).contains("p4ss"))
        #expect(try form(dashboard).fields.values.values.allSatisfy { !$0.contains("p4ss") && !$0.contains("k3y") })
        let left = press("<Esc>")
        #expect(left.contains(.quit) && left.contains(.setup(.stopTest)))
        #expect(try form(dashboard).values.password.isEmpty)
        #expect(try form(dashboard).values.key.isEmpty)
    }

    @Test mutating func `Esc leaves and F2 opens the sandbox, whatever is typed`() throws {
        #expect(press("eu<Esc>").contains(.quit))
        #expect(setups(press("<F2>")) == [.openSandbox])
    }

    @Test mutating func `a profile that could not be stored leaves the form as it is, with the reason`() throws {
        _ = press(Self.typed + "<F10>")
        _ = dashboard.update(.setup(Self.report(1)))
        _ = dashboard.update(.setupRefused("pass did not keep the secrets: its command ended with exit status 2."))
        let text = dashboard.draw().text
        #expect(text.contains("NOT SAVED"))
        #expect(text.contains("pass did not keep the secrets"))
        #expect(try form(dashboard).values.password == Self.values.password)
        #expect(setups(press("<F10>")).count == 1)
    }

    @Test mutating func `proposes a name for the profile, which typing replaces`() throws {
        _ = press("eu<Tab>us<Tab>nordwind.api")
        #expect(try form(dashboard).values.name == "nordwind")
        _ = press("<Tab><Tab><Tab>prod")
        #expect(try form(dashboard).values.name == "prod")
        _ = press("<Up><Up><Up>x")
        #expect(try form(dashboard).values.name == "prod")
    }

    @Test mutating func `help and the footer name its keys, and help runs them`() throws {
        let footer = dashboard.draw().text.split(separator: "\n").last.map(String.init) ?? ""
        for words in ["Tab next", "F5 test", "F10 ^O test and save", "F2 sandbox", "F1 keys", "Esc leave"] {
            #expect(footer.contains(words), "\(footer)")
        }
        _ = press("<F1>")
        #expect(dashboard.draw().text.contains("open the sandbox: no"))
        _ = press("<Esc>")
        #expect(dashboard.draw().text.contains("field 1 of 7"))
    }

    @Test func `what is wrong can be read to its end in a small window`() {
        var dashboard = Self.dashboard(Size(columns: 60, rows: 15))
        _ = Self.press(Self.typed + "<F10>", on: &dashboard)
        _ = dashboard.update(.setup(Self.wrongPassword))
        #expect(!dashboard.draw().text.contains("under Users."))
        _ = Self.press("<PgDn>", on: &dashboard)
        #expect(dashboard.draw().text.contains("under Users."))
        _ = Self.press("<PgUp>", on: &dashboard)
        #expect(dashboard.draw().text.contains("WRONG: API user, password"))
    }

    @Test func `its keys can be changed`() throws {
        let keymap = try Keymap([Keymap.Override(action: "open-sandbox", keys: ["F7"], place: "config.toml, line 1")])
        var dashboard = Self.dashboard(keymap: keymap)
        #expect(dashboard.draw().text.contains("F7 sandbox"))
        #expect(setups(dashboard.update(.key(.function(7)))) == [.openSandbox])
    }

    @Test mutating func `the time, the size and a lost focus change nothing of it`() throws {
        _ = press(Self.typed)
        let before = try form(dashboard)
        for event: Event in [.focused(false), .focused(true), .time(Stage.start), .resumed, .readOnly] {
            _ = dashboard.update(event)
        }
        #expect(try form(dashboard) == before)
        _ = dashboard.update(.resized(Size(columns: 30, rows: 5)))
        #expect(dashboard.draw().text.contains("Your form is kept."))
    }

    @Test(arguments: [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
        Size(columns: 60, rows: 15),
    ])
    func `as whole screens`(size: Size) {
        let name = "\(size.columns)x\(size.rows)"
        var dashboard = Self.dashboard(size)
        expectScreen(dashboard.draw().text, matches: "setup-empty-\(name)")
        _ = Self.press(Self.typed + "<F10>", on: &dashboard)
        _ = dashboard.update(.setup(Self.report(1, isDone: false)))
        expectScreen(dashboard.draw().text, matches: "setup-testing-\(name)")
        _ = dashboard.update(.setup(Self.wrongPassword))
        expectScreen(dashboard.draw().text, matches: "setup-wrong-\(name)")
    }
}
