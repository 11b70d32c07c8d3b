/// The terminal's own sixteen colours, or its default.
public enum Colour: Hashable, Sendable {
    case terminal
    /// 0 to 7 the plain colours in the usual order (black red green yellow blue magenta cyan white), 8 to 15 bright.
    case palette(UInt8)
}

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

    /// False where the terminal has no colours or the person wants none: bold, dim and reverse remain.
    public var hasColour: Bool

    public init(hasColour: Bool = true) { self.hasColour = hasColour }

    public func look(of style: Style) -> Look {
        var look = hasColour ? coloured(style.tone) : uncoloured(style.tone)
        if style.isStrong { look.isBold = true }
        if style.isSelected {
            look = hasColour ? Look(.palette(0), on: .palette(6)) : Look(reversed: true)
            look.isBold = style.isStrong
        }
        return look
    }

    private func coloured(_ tone: Tone) -> Look {
        switch tone {
        case .plain: Look()
        case .faint, .rule: Look(dim: true)
        case .title: Look(.palette(6), bold: true)
        case .accent: Look(.palette(6))
        case .good: Look(.palette(2))
        case .warning: Look(.palette(3))
        case .bad: Look(.palette(1), bold: true)
        case .header: Look(reversed: true)
        case .alarm: Look(.palette(7), on: .palette(1), bold: true)
        case .key: Look(.palette(6), bold: true)
        }
    }

    private func uncoloured(_ tone: Tone) -> Look {
        switch tone {
        case .plain, .accent, .good: Look()
        case .faint, .rule: Look(dim: true)
        case .title, .key, .warning, .bad: Look(bold: true)
        case .header: Look(reversed: true)
        case .alarm: Look(bold: true, reversed: true)
        }
    }
}
