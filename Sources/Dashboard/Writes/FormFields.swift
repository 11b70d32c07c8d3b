import Screen

/// One row of a form.
struct FormField: Equatable {
    enum Content: Equatable {
        /// A line that is typed, `width` columns of it in view.
        case text(TextField, width: Int)
        /// A line that is typed unseen, and that no draft keeps.
        case secret(TextField, width: Int)
        /// One of several: each on its own line, or one line for all where there are many.
        case choice([Choice], selected: Int)
        /// Chosen elsewhere: Enter, or any letter, opens the choice. What is chosen now.
        case opens(String)
        /// Shown only; it cannot be edited.
        case fact(String)
    }

    /// One way to answer a choice.
    struct Choice: Equatable {
        /// Its identity, in drafts too.
        var value: String
        var label: String
    }

    let id: String
    /// Empty where the row belongs to the one above it.
    var label: String
    var content: Content
    /// The text after it: limits, a verdict, a reason.
    var note = ""
    var noteStyle = Style.faint

    /// A line to type in; `text` is its first content.
    static func text(
        _ id: String, _ label: String, _ text: String = "", width: Int = 30, note: String = "",
        noteStyle: Style = .faint
    ) -> FormField {
        FormField(
            id: id, label: label, content: .text(TextField(text), width: width), note: note, noteStyle: noteStyle)
    }

    static func secret(_ id: String, _ label: String, width: Int = 30, note: String = "") -> FormField {
        FormField(id: id, label: label, content: .secret(TextField(), width: width), note: note)
    }

    /// - Parameter first: The value chosen first; nil for the first choice.
    static func choice(
        _ id: String, _ label: String, _ choices: [Choice], first: String? = nil, note: String = ""
    ) -> FormField {
        let place = choices.firstIndex { $0.value == first } ?? 0
        return FormField(id: id, label: label, content: .choice(choices, selected: place), note: note)
    }

    static func opens(
        _ id: String, _ label: String, _ value: String, note: String = "", noteStyle: Style = .faint
    ) -> FormField {
        FormField(id: id, label: label, content: .opens(value), note: note, noteStyle: noteStyle)
    }

    static func fact(
        _ id: String, _ label: String, _ value: String, note: String = "", noteStyle: Style = .faint
    ) -> FormField {
        FormField(id: id, label: label, content: .fact(value), note: note, noteStyle: noteStyle)
    }

    var isAsked: Bool { if case .fact = content { false } else { true } }
    var isText: Bool { if case .text = content { true } else { false } }

    /// What the person put in; nil for what is only shown or chosen elsewhere.
    var value: String? {
        switch content {
        case .text(let field, _), .secret(let field, _): field.text
        case .choice(let choices, let selected): choices.indices.contains(selected) ? choices[selected].value : ""
        case .opens, .fact: nil
        }
    }

    /// As `value`, but nothing of a secret.
    fileprivate var draftValue: String? { if case .secret = content { nil } else { value } }

    /// Whether so many choices share one line.
    static func isOneLine(_ choices: [Choice]) -> Bool { choices.count > 4 }

    /// This row with what the person put into `older`, the same row as it was before.
    fileprivate func keeping(_ older: FormField) -> FormField {
        var kept = self
        switch (content, older.content) {
        case (.text(_, let width), .text(let typed, _)): kept.content = .text(typed, width: width)
        case (.secret(_, let width), .secret(let typed, _)): kept.content = .secret(typed, width: width)
        case (.choice(let choices, let first), .choice(let before, let selected)):
            let value = before.indices.contains(selected) ? before[selected].value : nil
            kept.content = .choice(choices, selected: choices.firstIndex { $0.value == value } ?? first)
        default: break
        }
        return kept
    }
}

/// The rows of a form, what was put into them, and the one that keys go to.
struct FormFields: Equatable {
    private(set) var rows: [FormField] = []
    /// Columns of the labels.
    var labelColumns = 10
    /// The id of the row that keys go to; nil in a form that asks nothing.
    private(set) var focus: String?
    /// Counts what the person changed.
    private(set) var revision = 0
    /// Values of rows that are not laid out now: not yet, or not while another part of the form is in view.
    private var waiting: [String: String] = [:]
    /// The text rows whose content is a proposal that the person has not edited: the first character replaces it.
    private var proposals: Set<String> = []
    /// The rows that the person edited.
    private var touched: Set<String> = []
    /// The ids whose first values came from outside: from a draft, or from what is ordered again.
    private let restored: Set<String>

    init() { restored = [] }

    /// Fields as a draft kept them: each value finds its row when it is laid out.
    init(restoring values: [String: String]) {
        waiting = values
        let kept = waiting.removeValue(forKey: Self.proposalsName) ?? ""
        proposals = Set(kept.split(separator: "\n").map(String.init))
        restored = Set(waiting.keys)
    }

    /// Under which a draft keeps the ids of the rows that still hold a proposal.
    private static let proposalsName = "proposals"

    /// What it began with was not typed by the person, as in a copy of an order: each value is a proposal.
    mutating func proposeRestored() {
        proposals.formUnion(restored.filter { id in waiting[id]?.isEmpty == false || !self[id].isEmpty })
    }

    /// What a person may want to know of proposals.
    static let proposalHelp = KeyHelp(
        "Text", "the first character replaces a proposal, Backspace empties it; arrows, Home, End edit it")

    /// Whether the row's content is a proposal, which the first character typed replaces.
    func isProposal(_ id: String) -> Bool { proposals.contains(id) }

    private var asked: [FormField] { rows.filter(\.isAsked) }

    /// Characters that were typed before there was a box for them.
    private var ahead: [Key] = []

    /// Keeps a character for the first box, as long as there is none.
    /// - Returns: False where there is one, or the key is no character.
    mutating func typeAhead(_ key: Key) -> Bool {
        guard asked.isEmpty, case .character = key else { return false }
        ahead.append(key)
        return true
    }

    /// Lays out the rows anew. What was put into a row stays in the row of the same id, and so does the cursor.
    mutating func lay(out latest: [FormField]) {
        let before = rows
        rows = latest.map { row in
            guard let old = before.first(where: { $0.id == row.id }) else {
                if row.isText, row.value?.isEmpty == false, waiting[row.id] == nil { proposals.insert(row.id) }
                return row
            }
            // What nobody has touched follows what the form proposes now.
            guard row.isText, !touched.contains(row.id), !restored.contains(row.id) else { return row.keeping(old) }
            if row.value?.isEmpty == false { proposals.insert(row.id) }
            return row
        }
        for row in before where row.draftValue?.isEmpty == false && !rows.contains(where: { $0.id == row.id }) {
            waiting[row.id] = row.draftValue
        }
        for (id, value) in waiting where rows.contains(where: { $0.id == id }) { fill(value, into: id) }
        if let focus, asked.contains(where: { $0.id == focus }) { return }
        // The row with the cursor is gone: the next one that is left takes it.
        let place = before.firstIndex { $0.id == focus } ?? 0
        focus = (asked.first { row in (before.firstIndex { $0.id == row.id } ?? .max) > place } ?? asked.first)?.id
        guard focus != nil else { return }
        let keys = ahead
        ahead = []
        for key in keys { _ = take(key) }
    }

    /// What the person put into a row; empty where there is no such row.
    subscript(id: String) -> String { rows.first { $0.id == id }?.value ?? waiting[id] ?? "" }

    /// `required` beside a row that is empty.
    func requirement(_ id: String, else note: String = "") -> String {
        self[id].trimmingSpaces().isEmpty ? "required" : note
    }

    /// Everything that the person put in, by row, without secrets.
    var values: [String: String] {
        var values = waiting
        for row in rows { if let value = row.draftValue { values[row.id] = value } }
        let proposed = proposals.filter { values[$0] != nil }.sorted()
        if !proposed.isEmpty { values[Self.proposalsName] = proposed.joined(separator: "\n") }
        return values
    }

    mutating func put(_ value: String, into id: String) {
        proposals.remove(id)
        touched.insert(id)
        fill(value, into: id)
    }

    private mutating func fill(_ value: String, into id: String) {
        waiting[id] = value
        guard let place = rows.firstIndex(where: { $0.id == id }) else { return }
        switch rows[place].content {
        case .text(_, let width): rows[place].content = .text(TextField(value), width: width)
        case .secret(_, let width): rows[place].content = .secret(TextField(value), width: width)
        case .choice(let choices, let selected):
            rows[place].content = .choice(choices, selected: choices.firstIndex { $0.value == value } ?? selected)
        case .opens, .fact: break
        }
        // A choice that is not offered yet waits until it is.
        if rows[place].value == value || rows[place].value == nil { waiting[id] = nil }
    }

    /// Drops the rows whose ids begin so, with their values.
    mutating func forget(_ prefix: String) {
        rows.removeAll { $0.id.hasPrefix(prefix) }
        waiting = waiting.filter { !$0.key.hasPrefix(prefix) }
        proposals = proposals.filter { !$0.hasPrefix(prefix) }
        touched = touched.filter { !$0.hasPrefix(prefix) }
        revision += 1
    }

    /// Says beside each box what it lacks.
    mutating func note(_ problems: [FormProblem]) {
        for problem in problems {
            guard let short = problem.short, let place = rows.firstIndex(where: { $0.id == problem.field }) else {
                continue
            }
            rows[place].note = short
            rows[place].noteStyle = .warning
        }
    }

    mutating func focus(on id: String) { if asked.contains(where: { $0.id == id }) { focus = id } }

    /// What came of a key.
    enum Outcome: Equatable {
        case taken
        case unused
        /// The person wants what this row opens.
        case opened(String)
        /// The person is through and wants the review.
        case finished
    }

    mutating func take(_ key: Key) -> Outcome {
        guard let place = rows.firstIndex(where: { $0.id == focus }) else {
            return key == .enter || Self.isReviewKey(key) ? .finished : .unused
        }
        if Self.isReviewKey(key) { return .finished }
        let before = rows[place].value
        defer {
            if rows[place].value != before {
                revision += 1
                waiting[rows[place].id] = nil
            }
        }
        switch (key, rows[place].content) {
        case (.enter, .opens): return .opened(rows[place].id)
        case (.enter, _) where rows[place].id == asked.last?.id: return .finished
        case (.up, .choice(let choices, let selected)) where selected > 0 && !FormField.isOneLine(choices):
            rows[place].content = .choice(choices, selected: selected - 1)
        case (.down, .choice(let choices, let selected))
        where selected < choices.count - 1 && !FormField.isOneLine(choices):
            rows[place].content = .choice(choices, selected: selected + 1)
        case (.tab, _), (.down, _), (.enter, _): step(1)
        case (.backTab, _), (.up, _): step(-1)
        default: return edit(place, key)
        }
        return .taken
    }

    /// Whether the key takes the place of a whole proposal; other keys begin to edit it.
    private static func replaces(_ key: Key) -> Bool {
        switch key {
        case .character, .backspace, .delete: true
        case .paste(let text): !text.isEmpty
        default: false
        }
    }

    private static func isReviewKey(_ key: Key) -> Bool { key == .function(10) || key == .control("o") }

    private mutating func edit(_ place: Int, _ key: Key) -> Outcome {
        switch rows[place].content {
        case .text(let typed, let width):
            var field = isProposal(rows[place].id) && Self.replaces(key) ? TextField() : typed
            guard field.take(key) else { return .unused }
            if case .paste("") = key { return .taken }
            proposals.remove(rows[place].id)
            touched.insert(rows[place].id)
            rows[place].content = .text(field, width: width)
        case .secret(var field, let width):
            guard field.take(key) else { return .unused }
            rows[place].content = .secret(field, width: width)
        case .choice(let choices, let selected):
            switch key {
            case .right, " ": rows[place].content = .choice(choices, selected: (selected + 1) % max(1, choices.count))
            case .left:
                rows[place].content = .choice(
                    choices, selected: (selected + max(1, choices.count) - 1) % max(1, choices.count))
            default: return .unused
            }
        case .opens:
            guard case .character = key else { return .unused }
            return .opened(rows[place].id)
        case .fact: return .unused
        }
        return .taken
    }

    private mutating func step(_ count: Int) {
        let ids = asked.map(\.id)
        guard let place = ids.firstIndex(where: { $0 == focus }) else { return }
        focus = ids[(place + count + ids.count) % ids.count]
    }
}
