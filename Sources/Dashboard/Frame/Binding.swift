import Screen

/// One row of a key table. The table feeds dispatch, footer and help alike, so none of them can disagree.
struct Binding<Target>: Sendable {
    var keys: [Key]
    /// What the key does, as help says it.
    var title: String
    /// A word or two for the footer; nil keeps it out.
    var hint: String?
    /// Why the key cannot act now, or nil when it can.
    var unavailable: @Sendable (Target) -> String?
    var action: @Sendable (inout Target) -> [Reaction]

    init(
        _ keys: Key..., title: String, hint: String? = nil,
        unavailable: @escaping @Sendable (Target) -> String? = { _ in nil },
        action: @escaping @Sendable (inout Target) -> [Reaction]
    ) {
        self.keys = keys
        self.title = title
        self.hint = hint
        self.unavailable = unavailable
        self.action = action
    }
}

/// A row of a key table as help and footer show it.
struct KeyHelp: Equatable {
    var key: String
    var title: String
    var hint: String?
    /// Why it cannot be used now.
    var unavailable: String?

    init(key: String, title: String, hint: String? = nil, unavailable: String? = nil) {
        self.key = key
        self.title = title
        self.hint = hint
        self.unavailable = unavailable
    }

    /// A key that always works; `hint` is its word in the footer.
    init(_ key: String, _ title: String, _ hint: String? = nil) {
        self.init(key: key, title: title, hint: hint.map { "\(key) \($0)" })
    }
}

extension Sequence {
    /// Runs the action of `key`, or says why it cannot run. Nil when no row has the key.
    func perform<Target>(_ key: Key, on target: inout Target) -> [Reaction]? where Element == Binding<Target> {
        guard let binding = first(where: { $0.keys.contains(key) }) else { return nil }
        if let reason = binding.unavailable(target) { return [.say(Notice(.info, reason))] }
        return binding.action(&target)
    }

    func help<Target>(for target: Target) -> [KeyHelp] where Element == Binding<Target> {
        map { binding in
            KeyHelp(
                key: binding.keys.map(\.name).joined(separator: " "), title: binding.title,
                hint: binding.hint.map { "\(binding.keys[0].name) \($0)" },
                unavailable: binding.unavailable(target))
        }
    }
}
