/// What a piece of text is to the reader. A theme turns it into colours; words always carry the meaning too.
public enum Tone: UInt8, Hashable, Sendable, CaseIterable {
    case plain, faint, title, accent, good, warning, bad
    /// Lines between panes.
    case rule
    /// The band at the top; `alarm` where it must warn, for example of a production system.
    case header, alarm
    /// The name of a key in the footer.
    case key
}

/// How a cell looks: its tone, and whether it is strong or part of the selection.
public struct Style: Hashable, Sendable {
    public var tone: Tone
    public var isStrong: Bool
    public var isSelected: Bool
    public var isUnderlined: Bool

    public init(_ tone: Tone, strong: Bool = false, selected: Bool = false, underlined: Bool = false) {
        self.tone = tone
        self.isStrong = strong
        self.isSelected = selected
        self.isUnderlined = underlined
    }

    public static let plain = Style(.plain)
    public static let faint = Style(.faint)
    public static let title = Style(.title, strong: true)
    public static let strong = Style(.plain, strong: true)
    public static let accent = Style(.accent)
    public static let good = Style(.good)
    public static let warning = Style(.warning)
    public static let bad = Style(.bad)
    public static let rule = Style(.rule)

    public func selected(_ isSelected: Bool = true) -> Style {
        var style = self
        style.isSelected = isSelected
        return style
    }
}
