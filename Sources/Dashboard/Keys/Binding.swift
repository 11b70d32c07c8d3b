import Rows
import Screen

/// One row of a key table. The table feeds dispatch, footer, help and configuration alike, so none of them can
/// disagree. Keys here are those of the table; ``Keymap`` says which keys the person has put in their place.
///
/// An object, because tables are walked with every key and every frame, and a copy of a row would copy all its words.
final class Binding<Target>: Sendable {
    /// The action's name and keys, and what it does.
    let row: KeyAction
    /// The row as help shows it while it can act.
    let help: KeyHelp
    /// The row as the footer shows it while it can act; nil where it does not.
    let hint: Hint?
    /// Why the key cannot act at this place, or nil when it can.
    let unavailable: @Sendable (Target, Model) -> String?
    /// Why what is on the cursor does not allow it, asked only where the place does. The footer keeps such a key in its
    /// place, without its colour: words that came and went with every row would be a footer that nobody can read.
    let refused: @Sendable (Target, Model) -> String?
    let action: @Sendable (inout Target, Model) -> [Reaction]

    /// - Parameters:
    ///   - title: What the key does, as help says it.
    ///   - hint: A word or two for the footer; nil keeps it out.
    ///   - topic: What it is about; what acts on the row is listed by `a`.
    init(
        _ name: ActionName, _ keys: Key..., title: String, hint: String? = nil, topic: KeyTopic = .row,
        unavailable: @escaping @Sendable (Target, Model) -> String? = { _, _ in nil },
        refused: @escaping @Sendable (Target, Model) -> String? = { _, _ in nil },
        action: @escaping @Sendable (inout Target, Model) -> [Reaction]
    ) {
        row = KeyAction(name, keys, title: title, hint: hint, topic: topic)
        help = KeyHelp(row)
        self.hint = Hint(row)
        self.unavailable = unavailable
        self.refused = refused
        self.action = action
    }

    /// Why the key cannot act now, or nil when it can.
    func reason(_ target: Target, _ model: Model) -> String? {
        unavailable(target, model) ?? refused(target, model)
    }
}

/// A row of a key table as help and footer show it.
struct KeyHelp: Hashable, Sendable {
    /// The action's name; nil for keys that belong to one form or choice alone and cannot be changed.
    var action: ActionName?
    /// Its keys, with spaces between them.
    var key: String
    var title: String
    /// A word or two for the footer.
    var hint: String?
    /// Why it cannot be used now.
    var unavailable: String?
    var topic: KeyTopic?
    /// The key that runs it, as the tables have it; nil for what is only shown.
    private(set) var inner: Key?

    /// A key that always works; `hint` is its word in the footer.
    init(_ key: String, _ title: String, _ hint: String? = nil) {
        self.key = key
        self.title = title
        self.hint = hint
        inner = key.split(separator: " ").first.flatMap { Key(name: String($0)) }
    }

    /// A row of the tables that can act.
    init(_ row: KeyAction) {
        action = row.name
        key = row.keys.map(\.name).joined(separator: " ")
        title = row.title
        hint = row.hint
        topic = row.topic
        inner = row.inner
    }

    /// Of several keys for one action the first, unless many terminals lack it: then all.
    var keyInFooter: String {
        let first = key.split(separator: " ").first.map(String.init) ?? ""
        return action == nil || key.contains(Key.lackedByMany.name) ? key : first
    }
}

extension Sequence<KeyAction> {
    /// As help and footer show them, where all of them can be used.
    func help() -> [KeyHelp] { map { KeyHelp($0) } }
}

extension Array {
    /// Runs the action of `key`, or says why it cannot run. Nil when no row has the key.
    func perform<Target>(_ key: Key, on target: inout Target, _ model: Model) -> [Reaction]?
    where Element == Binding<Target> {
        guard let binding = first(where: { $0.row.keys.contains(key) }) else { return nil }
        if let reason = binding.reason(target, model) { return [.say(Notice(.info, reason))] }
        return binding.action(&target, model)
    }

    func help<Target>(for target: Target, _ model: Model) -> [KeyHelp] where Element == Binding<Target> {
        var rows: [KeyHelp] = []
        rows.reserveCapacity(count)
        for binding in self {
            var row = binding.help
            row.unavailable = binding.reason(target, model)
            rows.append(row)
        }
        return rows
    }

    /// Those that the footer names: all, or what can act at this place.
    func hints<Target>(for target: Target, _ model: Model, all: Bool) -> [Hint] where Element == Binding<Target> {
        var hints: [Hint] = []
        for binding in self {
            guard var hint = binding.hint, all || binding.unavailable(target, model) == nil else { continue }
            hint.isRefused = binding.refused(target, model) != nil
            hints.append(hint)
        }
        return hints
    }
}

extension KeyHelp {
    /// The filter language of a list of these columns.
    static func filters(_ columns: [FilterColumn]) -> [KeyHelp] {
        FilterHelp.lines(columns).map { line in
            var row = KeyHelp(line.form, line.meaning)
            row.topic = .filters
            return row
        }
    }
}
