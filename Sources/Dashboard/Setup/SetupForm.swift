import Marketplace
import Screen

/// The form that makes a profile, where there is none: seven values, each tested by the call that proves it. It knows no
/// rule of its own: what a value must be is reported by the test. It is never kept as a draft.
struct SetupForm: Equatable {
    private(set) var fields = FormFields()
    let choices: SetupChoices
    /// What the latest test says of each value, as far as the value is still the same.
    private(set) var verdicts: [SetupField: SetupVerdict] = [:]
    /// What is wrong and what to do, as sentences.
    private(set) var problem: String?
    private(set) var warning: String?
    /// The number of the test that runs; nil when none does.
    private(set) var testing: Int?
    /// Whether the profile is to be stored when the test has passed.
    private var isToBeSaved = false
    private var tests = 0
    /// Lines of the words below the boxes that are scrolled away.
    var scroll = 0
    /// Columns of the screen, of which the verdicts need some.
    var columns = 80 { didSet { if columns != oldValue { lay() } } }
    /// What happened last, until the next key.
    private var said: Notice?
    /// The values that the latest test was asked about.
    private var tested: SetupValues?

    init(_ choices: SetupChoices) {
        self.choices = choices
        lay()
    }

    var values: SetupValues {
        SetupValues(
            baseURL: self[.baseURL], marketplace: self[.marketplace], user: self[.user],
            password: Secret(self[.password]), key: Secret(self[.key]), name: self[.name], store: self[.store])
    }

    subscript(field: SetupField) -> String { fields[field.rawValue] }

    // MARK: Rows

    private mutating func lay() {
        var rows = [
            text(.baseURL, width: 40, note: "or \(choices.regions.joined(separator: ", "))"),
            text(.marketplace, width: 6, note: "the part after cp. in the panel's address"),
            text(.user, width: 30, note: "it ends in .api"),
            FormField.secret(SetupField.password.rawValue, SetupField.password.label, width: boxWidth(30)),
            FormField.secret(SetupField.key.rawValue, SetupField.key.label, width: boxWidth(32)),
            text(.name, ProfileName.proposal(for: self[.user]) ?? "", width: 20),
            FormField.choice(
                SetupField.store.rawValue, SetupField.store.label,
                choices.stores.map { FormField.Choice(value: $0.value, label: $0.label) }),
        ]
        for place in rows.indices {
            guard let field = SetupField(rawValue: rows[place].id), let verdict = verdicts[field] else { continue }
            // That a name or a store is as it should be says itself.
            if verdict.state == .right, field == .name || field == .store { continue }
            rows[place].note = verdict.words
            rows[place].noteStyle = verdict.style
        }
        fields.labelColumns = 16
        fields.lay(out: rows)
    }

    private func text(_ field: SetupField, _ first: String = "", width: Int, note: String = "") -> FormField {
        .text(field.rawValue, field.label, first, width: boxWidth(width), note: note)
    }

    /// In a small window the boxes leave the verdicts what these need.
    private func boxWidth(_ width: Int) -> Int { min(width, max(12, columns - 52)) }

    /// `field 4 of 7`
    var place: String {
        let all = SetupField.allCases
        let place = all.firstIndex { $0.rawValue == fields.focus } ?? 0
        return "field \(place + 1) of \(all.count)"
    }

    // MARK: Keys

    private static let scrollStep = 3

    mutating func take(_ key: Key) -> [Reaction] {
        said = nil
        switch key {
        case .escape: return leave([.effect(.terminal(.quit))])
        case .function(2): return leave([.effect(.setup(.openSandbox))])
        case .function(5): return test(toSave: false)
        case .pageDown, .pageUp:
            scroll = max(0, scroll + (key == .pageDown ? Self.scrollStep : -Self.scrollStep))
            return []
        default: break
        }
        let before = values
        // Copied values come with blanks and line ends around them, which belong to no value.
        switch fields.take(key.trimmingPaste) {
        case .finished: return test(toSave: true)
        case .unused: return [.unused(key)]
        case .taken, .opened: break
        }
        return note(changeSince: before)
    }

    /// Nothing that was typed stays.
    private mutating func leave(_ reactions: [Reaction]) -> [Reaction] {
        let stop: [Reaction] = testing == nil ? [] : [.effect(.setup(.stopTest))]
        forgetSecrets()
        return stop + reactions
    }

    private mutating func forgetSecrets() {
        for field in SetupField.allCases where field.isSecret { fields.put("", into: field.rawValue) }
        (testing, tested, isToBeSaved) = (nil, nil, false)
    }

    /// What was said of a value holds no longer once it is another.
    private mutating func note(changeSince before: SetupValues) -> [Reaction] {
        let changed = values.fields(otherThan: before)
        guard !changed.isEmpty else { return [] }
        for field in changed.flatMap(\.proves) { verdicts[field] = nil }
        (problem, warning) = (nil, nil)
        defer { lay() }
        guard testing != nil else { return [] }
        stopTest()
        said = Notice(.warning, "The test was stopped, because a value was changed.")
        return [.effect(.setup(.stopTest))]
    }

    private mutating func stopTest() {
        (testing, tested, isToBeSaved) = (nil, nil, false)
        verdicts = verdicts.filter { $0.value.state != .testing }
    }

    // MARK: Tests

    private mutating func test(toSave: Bool) -> [Reaction] {
        isToBeSaved = toSave || (testing != nil && isToBeSaved)
        if testing != nil, tested == values { return [] }
        tests += 1
        testing = tests
        tested = values
        (problem, warning, verdicts) = (nil, nil, [:])
        scroll = 0
        lay()
        return [.effect(.setup(.test(values, number: tests)))]
    }

    /// A report about values that were changed since, or about a test that was stopped, is dropped.
    mutating func receive(_ report: SetupReport) -> [Reaction] {
        guard report.number == testing, tested == values else { return [] }
        (verdicts, problem, warning) = (report.verdicts, report.problem, report.warning)
        defer { lay() }
        if report.isProved, !report.baseURL.isEmpty, report.baseURL != self[.baseURL] {
            fields.put(report.baseURL, into: SetupField.baseURL.rawValue)
            tested = values
        }
        guard report.isDone else { return [] }
        let isToBeSaved = isToBeSaved
        (testing, tested, self.isToBeSaved) = (nil, nil, false)
        guard report.isProved else {
            // The first wrong value is the next to be typed.
            if let wrong = SetupField.allCases.first(where: { verdicts[$0]?.state == .wrong }) {
                fields.focus(on: wrong.rawValue)
            }
            return []
        }
        if isToBeSaved {
            said = Notice(.info, "Storing the profile…")
            return [.effect(.setup(.save(values)))]
        }
        said = Notice(.done, "Every test has passed.")
        return []
    }

    /// The profile could not be stored.
    mutating func receive(refusal sentences: String) {
        said = nil
        problem = sentences
    }

    /// What the message line says.
    var notice: Notice {
        if let said { return said }
        return testing == nil
            ? Notice(.info, "Nothing is saved before every test has passed.")
            : Notice(.info, isToBeSaved ? "Testing, to save then… Esc leaves." : "Testing… Esc leaves.")
    }

    var wrongFields: [SetupField] { SetupField.allCases.filter { verdicts[$0]?.state == .wrong } }
}

extension SetupVerdict {
    fileprivate var style: Style {
        switch state {
        case .right: .good
        case .wrong: .bad
        case .testing, .notTested: .faint
        }
    }
}

extension SetupValues {
    /// The fields in which it differs from other values.
    fileprivate func fields(otherThan other: SetupValues) -> [SetupField] {
        SetupField.allCases.filter { field in
            switch field {
            case .baseURL: baseURL != other.baseURL
            case .marketplace: marketplace != other.marketplace
            case .user: user != other.user
            case .password: password != other.password
            case .key: key != other.key
            case .name: name != other.name
            case .store: store != other.store
            }
        }
    }
}

extension Key {
    /// Pasted text without the blanks and line ends around it.
    fileprivate var trimmingPaste: Key {
        guard case .paste(let text) = self else { return self }
        var trimmed = text[...]
        while trimmed.first?.isWhitespace == true { trimmed = trimmed.dropFirst() }
        while trimmed.last?.isWhitespace == true { trimmed = trimmed.dropLast() }
        return .paste(String(trimmed))
    }
}
