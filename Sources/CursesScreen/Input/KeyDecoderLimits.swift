/// How much and how long the decoder waits for the end of something.
extension KeyDecoder {
    /// A longer paste is cut; no text that a person means to paste here comes near it.
    static let pasteLimit = 1 << 20
    /// A paste whose end got lost is given up when, after so many milliseconds of silence, ^C or Esc comes first.
    static let pasteSilence: Int64 = 1000
    /// The rest of a sequence is passed over until a silence of so many milliseconds; that of a string, which may be long
    /// and stop on the way, until a longer one.
    static let restSilence: Int64 = 1000
    static let stringSilence: Int64 = 3000
    /// No control sequence is longer, and no string: then all is passed over until a short silence.
    static let sequenceLimit = 256
    static let stringLimit = 1 << 20
}

extension KeyDecoder {
    /// What the bytes before the next one began.
    enum State: Equatable {
        case text
        case escape(isDoubled: Bool)
        case control(isAlt: Bool)
        /// After `CSI [`.
        case console
        case shift(isAlt: Bool)
        /// The rest of a mouse report in an old form: so many characters.
        case coordinates(Int)
        case string, escapeInString
        /// After more bytes than any sequence has.
        case flood
    }
}
