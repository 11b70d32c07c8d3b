import Screen

/// What the tab band holds while something is written: what it is, its steps, and the state of the write. Nothing else
/// on the screen says the state.
struct WriteBand: Equatable {
    /// The state of a write, as the band and linear mode name it.
    enum State: Equatable {
        case notSent
        case sending(since: String)
        case sendingRows(String)
        case unknown, taken, notTaken, refused
        /// The state of several writes, or of one in other words.
        case other(String, Style)

        var words: String {
            switch self {
            case .notSent: "NOT SENT"
            case .sending(let since): "SENDING since \(since)"
            case .sendingRows(let count): "SENDING \(count)"
            case .unknown: "OUTCOME UNKNOWN"
            case .taken: "TAKEN"
            case .notTaken: "NOT TAKEN"
            case .refused: "REFUSED"
            case .other(let words, _): words
            }
        }

        var style: Style {
            switch self {
            case .notSent: .plain
            case .sending, .sendingRows: .warning
            case .unknown, .notTaken, .refused: .bad
            case .taken: .good
            case .other(_, let style): style
            }
        }
    }

    var title: String
    var steps: [String]
    /// The step in front, from 0.
    var step: Int
    var state: State

    init(_ title: String, _ steps: [String] = ["fill in", "review", "result"], step: Int, _ state: State) {
        self.title = title.capitalised
        self.steps = steps
        self.step = step
        self.state = state
    }

    func draw(on canvas: inout Canvas, in rect: Rect) {
        let words = state.words
        let width = TerminalText.width(of: words)
        let free = rect.width - width - 4
        canvas.write(words, x: rect.maxX - width - 1, y: rect.y, style: state.style)
        let all = steps.enumerated().map { place, name in "\(place + 1) \(place == step ? name.uppercased() : name)" }
        let titleWidth = TerminalText.width(of: title)
        let isWhole = titleWidth + all.reduce(0) { $0 + 3 + TerminalText.width(of: $1) } <= free
        let shown = isWhole ? Array(all.indices) : [step]
        let stepsWidth = shown.reduce(0) { $0 + 3 + TerminalText.width(of: all[$1]) }
        var x = rect.x + 1
        x += canvas.write(title, x: x, y: rect.y, width: max(0, free - stepsWidth), style: .title)
        for place in shown where x + 3 + TerminalText.width(of: all[place]) <= rect.x + 1 + free {
            let style = place == step ? Style(.title, strong: true, underlined: true) : .faint
            x += 3 + canvas.write(all[place], x: x + 3, y: rect.y, style: style)
        }
    }

    /// The same in words, for linear mode.
    var spoken: String {
        "\(title), step \(step + 1) of \(steps.count): \(steps[step]). \(state.words.lowercased().capitalised)."
    }
}
