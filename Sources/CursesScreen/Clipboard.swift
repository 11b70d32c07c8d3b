import Glibc
import Screen

/// Texts for the terminal's clipboard (OSC 52), which works over ssh too.
struct Clipboard {
    /// Terminals take sequences of 100,000 bytes at most, 8 of them around the text in base 64.
    static let limit = 74_994

    /// GNU screen hands on what is wrapped for it, in pieces of at most 768 bytes.
    private static let pieceForScreen = 720

    let isSupported: Bool
    let isInScreen: Bool

    /// What to send so that `text` is copied. Control characters are made harmless; line ends stay.
    func sequence(for text: String) -> Result<String, Problem> {
        guard isSupported else { return .failure(.notPossible) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let clean = Array(lines.map { TerminalText.safe(String($0)) }.joined(separator: "\n").utf8)
        guard clean.count <= Self.limit else { return .failure(.tooLong) }
        let whole = "\u{1B}]52;c;" + Self.base64(clean) + "\u{7}"
        guard isInScreen else { return .success(whole) }
        var rest = Substring(whole)
        var wrapped = ""
        while !rest.isEmpty {
            wrapped += "\u{1B}P" + rest.prefix(Self.pieceForScreen) + "\u{1B}\\"
            rest = rest.dropFirst(Self.pieceForScreen)
        }
        return .success(wrapped)
    }

    enum Problem: Error { case notPossible, tooLong }

    static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let number = (0..<3).reduce(0) { $0 << 8 | ($1 < part.count ? Int(part[start + $1]) : 0) }
            for place in 0..<4 {
                text.append(place <= part.count ? digits[number >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
