/// A passage of Markdown that says what to press and what is seen then, as readers follow it and as programs play it.
///
/// What stands in back-ticks is pressed, in order: the name of a key (`Enter`, `F10`, `^O`), or text, letter by letter.
/// What stands in straight quotes is on the screen after it. All else is prose.
public struct Walkthrough: Sendable {
    public enum Step: Equatable, Sendable {
        /// What to press, as the passage spells it, and what a terminal sends for each key of it.
        case press(String, [String])
        case see(String)
    }

    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    public let steps: [Step]
    /// How many keys are pressed in all of it.
    public var keyCount: Int {
        steps.reduce(0) { count, step in if case .press(_, let keys) = step { count + keys.count } else { count } }
    }
    /// The same with each text as one.
    public var pressCount: Int {
        steps.count { if case .press = $0 { true } else { false } }
    }

    public init(_ markdown: some StringProtocol) {
        var steps: [Step] = []
        var rest = markdown[...]
        while let open = rest.firstIndex(where: { $0 == "`" || $0 == "\"" }) {
            let inside = rest[rest.index(after: open)...]
            guard let close = inside.firstIndex(of: rest[open]) else { break }
            let text = String(inside[..<close])
            steps.append(rest[open] == "`" ? .press(text, Self.keys(text)) : .see(text))
            rest = inside[inside.index(after: close)...]
        }
        self.steps = steps
    }

    /// The text between the comments `<!-- name -->` and `<!-- /name -->` of a page.
    public static func section(_ name: String, of page: String) throws -> Substring {
        let parts = page.split(separator: "<!-- \(name) -->", maxSplits: 1)
        guard parts.count == 2, let section = parts[1].split(separator: "<!-- /\(name) -->", maxSplits: 1).first else {
            throw Problem(description: "The page has no section “\(name)”.")
        }
        return section
    }

    private static let named = [
        "Enter": KeyText.enter, "Esc": KeyText.escape, "Tab": KeyText.tab, "Space": " ", "Backspace": KeyText.backspace,
        "Up": KeyText.up, "Down": KeyText.down, "Left": KeyText.left, "Right": KeyText.right, "Home": KeyText.home,
        "End": KeyText.end, "PgUp": KeyText.pageUp, "PgDn": KeyText.pageDown, "F1": KeyText.f1, "F10": KeyText.f10,
    ]

    private static func keys(_ text: String) -> [String] {
        if let key = named[text] { return [key] }
        let scalars = text.unicodeScalars
        if scalars.count == 2, scalars.first == "^", let letter = scalars.last { return [KeyText.control(letter)] }
        return text.map(String.init)
    }

    /// Plays it on `terminal`.
    /// - Parameter after: Called after each step with the step and, of a key, its text.
    /// - Throws: What was not seen, with the screen that was seen instead.
    public func play(on terminal: PseudoTerminal, after: (Step, _ key: String?) -> Void = { _, _ in }) throws {
        for (place, step) in steps.enumerated() {
            switch step {
            case .press(_, let keys):
                for key in keys {
                    terminal.send(key)
                    after(step, key)
                }
            case .see(let text):
                guard try see(text, place, terminal) else {
                    throw Problem(
                        description: "Step \(place + 1): “\(text)” was not seen, but\n\(terminal.screen.text)")
                }
                after(step, nil)
            }
        }
    }

    /// Keys that come in the very moment of a review's first picture are dropped like those typed ahead of it. No person is
    /// so quick, but a program is, and presses them again.
    private func see(_ text: String, _ place: Int, _ terminal: PseudoTerminal) throws -> Bool {
        for _ in 0..<5 {
            guard terminal.wait(until: { $0.contains(text) || $0.contains(Self.dropped) }) else { return false }
            if terminal.screen.contains(text) { return true }
            let pressed = keysPressed(before: place)
            if pressed.isEmpty { return false }
            for key in pressed { terminal.send(key) }
            _ = terminal.wait(until: { !$0.contains(Self.dropped) })
        }
        return false
    }

    /// Those since the last that was to be seen.
    private func keysPressed(before place: Int) -> [String] {
        var keys: [String] = []
        for step in steps[..<place].reversed() {
            guard case .press(_, let pressed) = step else { break }
            keys = pressed + keys
        }
        return keys
    }

    private static let dropped = "Keys typed before this page"
}
