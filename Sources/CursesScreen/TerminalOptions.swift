import Screen

/// How a person wants the terminal to be used.
public struct TerminalOptions: Sendable {
    /// Draw with ASCII alone. It is so anyway where the locale has no UTF-8.
    public var asciiOnly = false
    /// Where the terminal has fewer colours than it needs, the standard theme or none takes its place.
    public var theme = Theme.standard
    /// Take clicks and the wheel. Most terminals then select text only while Shift is held.
    public var mouse = true
    /// Mark large frames, so that a terminal that knows such marks (DECSET 2026) shows each of them as a whole.
    public var marksFrames = true
    /// How many milliseconds an Esc is held for what may belong to it; nil for what ESCDELAY says, or what is measured.
    public var escapeDelay: Int?
    /// How a change of what is watched reaches a person who looks elsewhere.
    public var alerts = Alerts.osc9
    /// A file for what is written to the standard error meanwhile; nil for one that nobody sees.
    public var errorLog: String?
    /// The file for a crash's report; nil for none.
    public var crashReport: String?
    /// The first line of such a report: the program and its version.
    public var program = ""

    public init() {}
}
