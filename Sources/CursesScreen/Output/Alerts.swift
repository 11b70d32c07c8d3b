import Screen

/// How a terminal is told that something happened which its person waits for: the bell, and a note on the desktop where the
/// terminal shows one.
public enum Alerts: String, Sendable, CaseIterable {
    case off
    case bell
    /// Bell and note: iTerm2's sequence, which kitty, WezTerm, foot, Ghostty and Windows Terminal know too.
    case osc9
    /// Bell and note: urxvt's sequence, which foot, Ghostty and WezTerm know too.
    case osc777

    /// - Parameters:
    ///   - text: What happened; control characters of it are not sent.
    ///   - understandsNotes: Whether the terminal passes over sequences that it does not know.
    func sequence(for text: String, understandsNotes: Bool) -> String {
        let clean = TerminalText.cut(TerminalText.safe(text), to: 120)
        switch self {
        case .off: return ""
        case .osc9 where understandsNotes: return "\u{1B}]9;souk: \(clean)\u{7}\u{7}"
        case .osc777 where understandsNotes:
            return "\u{1B}]777;notify;souk;\(clean.replacing(";", with: ","))\u{7}\u{7}"
        case .bell, .osc9, .osc777: return "\u{7}"
        }
    }
}
