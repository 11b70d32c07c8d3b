import Screen

/// The keys in force: those of the tables, unless the person has put others in their place. Inside the dashboard every
/// key means what the tables say; this is the door where the person's keys become those.
public struct Keymap: Equatable, Sendable {
    /// An action and the the keys that a person gives it.
    public struct Override: Equatable, Sendable {
        public var action: String
        /// As help writes keys. None takes the action's keys away.
        public var keys: [String]
        /// Where it is set, for messages: `config.toml, line 12`.
        public var place: String

        public init(action: String, keys: [String], place: String) {
            self.action = action
            self.keys = keys
            self.place = place
        }
    }

    public struct Problem: Error, Equatable {
        public var message: String
    }

    /// A row of the tables, with the keys in force.
    public struct Row: Equatable, Sendable {
        public var action: String
        public var keys: [String]
        /// Where it works: a view, `all views`, `forms`, `review` or `everywhere`.
        public var view: String
        public var title: String
        public var isChangeable: Bool
    }

    private enum Meaning: Equatable {
        case means(Key)
        /// A key that the table gives to an action which has another now.
        case nothing
    }

    /// Whether this terminal is known to keep F10 for itself: then the other key of an action comes first.
    public var lacksF10 = false
    private var changed: [ActionName: [Key]] = [:]
    private var meanings: [KeyPlace: [Key: Meaning]] = [:]

    /// The keys of the tables.
    public static let standard = Keymap()

    private init() {}

    /// - Throws: What is wrong with them: an action or key that does not exist, one that cannot be changed, or a
    ///   key that would mean two things at one place.
    public init(_ overrides: [Override]) throws(Problem) {
        // The tables alone mean what they say.
        if overrides.isEmpty { return }
        for override in overrides {
            let (name, keys) = try Self.keys(of: override)
            changed[name] = keys
        }
        for place in KeyPlace.all { meanings[place] = try meanings(at: place, overrides) }
    }

    /// Every row of every table, with the keys in force.
    public var rows: [Row] {
        KeyTables.all.flatMap { table in
            table.actions.map { action in
                Row(
                    action: action.name.rawValue, keys: keys(of: action).map(\.name), view: table.name.lowercased(),
                    title: action.title, isChangeable: action.reasonFixed == nil)
            }
        }
    }

    // MARK: Inside

    /// What the tables call the key that a person pressed at `place`; nil when it means nothing there.
    func key(_ pressed: Key, at place: KeyPlace) -> Key? {
        switch meanings[place]?[pressed] {
        case nil: pressed
        case .means(let key): key
        case .nothing: nil
        }
    }

    /// Rows of help with the keys in force.
    func inForce(_ rows: [KeyHelp]) -> [KeyHelp] {
        guard !changed.isEmpty || lacksF10 else { return rows }
        return rows.map { row in
            var row = row
            guard let name = row.action, let keys = changed[name] else {
                row.key = ordered(row.key)
                return row
            }
            let fixed = row.key.split(separator: " ").filter { $0 == Key.escape.name }.map(String.init)
            row.key = (keys.map(\.name) + fixed).joined(separator: " ")
            return row
        }
    }

    /// The footer's keys, with those in force.
    func inForce(_ hints: [Hint]) -> [Hint] {
        guard !changed.isEmpty || lacksF10 else { return hints }
        return hints.map { hint in
            var hint = hint
            guard let name = hint.action, let keys = changed[name] else {
                hint.key = ordered(hint.key)
                return hint
            }
            hint.key = keys.first?.name ?? (hint.key == Key.escape.name ? hint.key : "")
            return hint
        }
    }

    /// `^O F10` of `F10 ^O`, where the terminal lacks the first.
    private func ordered(_ keys: String) -> String {
        let lacked = Key.lackedByMany.name + " "
        return lacksF10 && keys.hasPrefix(lacked) ? "\(keys.dropFirst(lacked.count)) \(Key.lackedByMany.name)" : keys
    }

    /// The key of an action for a sentence: "press o". Where it has none, how else one gets there.
    func name(of action: ActionName) -> String {
        let isPlain = changed[action] == nil && !lacksF10
        let name =
            isPlain
            ? KeyTables.sentenceNames[action]
            : KeyTables.rows(of: action).first.map(keys(of:)).flatMap { keys in
                let others = lacksF10 ? keys.filter { $0 != .lackedByMany } : keys
                return (others.isEmpty ? keys : others).inSentences
            }
        assert(name != nil, "no table has the action \(action.rawValue)")
        return name ?? "the key of \(action.rawValue)"
    }

    /// Keys that always mean the same come last: they are there whatever the person asks for.
    private func keys(of action: KeyAction) -> [Key] {
        guard action.reasonFixed == nil, let keys = changed[action.name] else { return action.keys }
        return keys + action.keys.filter(\.alwaysMeansTheSame)
    }

    // MARK: Overrides

    private static func keys(of override: Override) throws(Problem) -> (ActionName, [Key]) {
        let action = ActionName(override.action)
        guard KeyTables.all.contains(where: { $0.has(action) }) else { throw Problem(message: unknown(override)) }
        if let reason = KeyTables.rows(of: action).first?.reasonFixed {
            throw Problem(message: "\(override.place): the keys of \(override.action) cannot be changed: \(reason).")
        }
        var keys: [Key] = []
        for name in override.keys {
            guard let key = Key(name: name) else {
                throw Problem(
                    message:
                        "\(override.place): \(override.action): '\(TerminalText.safe(name))' is no key. Keys are written "
                        + "as help writes them: c, F6, ^R, Space, Enter, PgDn.")
            }
            if key.alwaysMeansTheSame {
                throw Problem(message: "\(override.place): \(override.action): \(key.name) always means the same.")
            }
            if key.isText, KeyTables.all.contains(where: { $0.isTypedIn && $0.has(action) }) {
                throw Problem(
                    message:
                        "\(override.place): \(override.action): \(key.name) is text where the action works. Take a "
                        + "function key, a key with control, or a named key.")
            }
            if !keys.contains(key) { keys.append(key) }
        }
        return (action, keys)
    }

    private static func unknown(_ override: Override) -> String {
        let names = Set(KeyTables.all.flatMap { $0.actions.filter { $0.reasonFixed == nil }.map(\.name.rawValue) })
        let alike =
            names.sorted().first { Set($0.split(separator: "-")) == Set(override.action.split(separator: "-")) }
            ?? names.sorted().first { $0.hasPrefix(override.action) || override.action.hasPrefix($0) }
        let hint = alike.map { "Do you mean \($0)? " } ?? ""
        return
            "\(override.place): no action is called '\(TerminalText.safe(override.action))'. \(hint)souk keys lists them."
    }

    private func meanings(at place: KeyPlace, _ overrides: [Override]) throws(Problem) -> [Key: Meaning] {
        let actions = place.tables.flatMap(\.actions)
        var owners: [Key: KeyAction] = [:]
        var meanings: [Key: Meaning] = [:]
        for action in actions {
            for key in keys(of: action) {
                if let other = owners.updateValue(action, forKey: key) {
                    throw Problem(message: conflict(key, other, action, at: place, overrides))
                }
                meanings[key] = action.keys.contains(key) ? .means(key) : .means(action.inner)
            }
        }
        for action in actions {
            for key in action.keys where owners[key] == nil { meanings[key] = .nothing }
        }
        return meanings.filter { $0.value != .means($0.key) }
    }

    private func conflict(
        _ key: Key, _ one: KeyAction, _ other: KeyAction, at place: KeyPlace, _ overrides: [Override]
    ) -> String {
        // What the person asked for comes first: the other one may have the key from the tables.
        let (owner, second) = changed[other.name] == nil ? (one, other) : (other, one)
        let lines = [owner, second].compactMap { action in
            overrides.first { $0.action == action.name.rawValue }?.place
        }
        let view = place.tables.first?.name.lowercased() ?? ""
        return
            "\(lines.first ?? ""): \(key.name) would mean both \(owner.name.rawValue) and \(second.name.rawValue) in \(view)"
            + (lines.count > 1 ? " (\(lines[1]))" : "") + ". Give one of them another key."
    }
}

extension [Key] {
    /// What sentences call an action that has these keys.
    var inSentences: String? { (first { !$0.alwaysMeansTheSame } ?? first)?.name }
}

extension Key {
    /// Whether it is a character in a text box.
    fileprivate var isText: Bool { if case .character = self { true } else { false } }
}
