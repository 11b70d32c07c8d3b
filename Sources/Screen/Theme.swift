/// How each tone looks. The default theme uses the terminal's own palette and background, so it fits light and dark.
public struct Theme: Hashable, Sendable {
    public struct Look: Hashable, Sendable {
        public var foreground: Colour
        public var background: Colour
        public var isBold: Bool
        public var isDim: Bool
        public var isReversed: Bool

        public init(
            _ foreground: Colour = .terminal, on background: Colour = .terminal, bold: Bool = false,
            dim: Bool = false, reversed: Bool = false
        ) {
            self.foreground = foreground
            self.background = background
            isBold = bold
            isDim = dim
            isReversed = reversed
        }
    }

    /// The background of the whole screen; `.terminal` leaves it as it is.
    public internal(set) var background = Colour.terminal
    var looks: [Tone: Look] = [:]
    var selection = Look(reversed: true)
    private var hasColour = true

    init() {}

    /// Bold, dim and reverse alone: for terminals without colours and people who want none.
    public static let withoutColour: Theme = {
        var theme = Theme()
        theme.hasColour = false
        return theme
    }()

    /// How many colours a terminal must have to show this theme: 0, 8, 16 or 256.
    public var coloursNeeded: Int {
        guard hasColour else { return 0 }
        let all = (looks.values + [selection]).flatMap { [$0.foreground, $0.background] } + [background]
        return all.map { colour in
            switch colour {
            case .terminal, .palette(0...7): 8
            case .palette(8...15): 16
            case .palette, .rgb: 256
            }
        }.max() ?? 8
    }

    public func look(of style: Style) -> Look {
        guard hasColour else { return uncoloured(style) }
        var look = style.isSelected ? selection : looks[style.tone] ?? Look()
        if style.isStrong { look.isBold = true }
        if look.foreground == .terminal { look.foreground = looks[.plain]?.foreground ?? .terminal }
        if look.background == .terminal { look.background = background }
        return look
    }

    private func uncoloured(_ style: Style) -> Look {
        if style.isSelected { return Look(bold: style.isStrong, reversed: true) }
        var look =
            switch style.tone {
            case .plain, .accent, .good: Look()
            case .faint, .rule: Look(dim: true)
            case .title, .key, .warning, .bad: Look(bold: true)
            case .header: Look(reversed: true)
            case .alarm: Look(bold: true, reversed: true)
            }
        if style.isStrong { look.isBold = true }
        return look
    }
}
