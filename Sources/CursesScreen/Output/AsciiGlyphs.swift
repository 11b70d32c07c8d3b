/// What stands for a picture on a terminal that shows ASCII only.
enum AsciiGlyphs {
    /// The ASCII scalar for `scalar`; `?` where nothing is like it.
    static func glyph(for scalar: UInt32) -> UInt32 {
        let ascii: Unicode.Scalar =
            switch scalar {
            case 0x20..<0x7F: Unicode.Scalar(UInt8(scalar))
            case 0xA0: " "
            case 0x2010...0x2015, 0x2212: "-"
            case 0x2018, 0x2019: "'"
            case 0x201C, 0x201D: "\""
            case 0x2022, 0x00B7, 0x25CF: "*"
            case 0x2026: "~"
            case 0x2190, 0x25C0, 0x25C2, 0x2039: "<"
            case 0x2192, 0x25B6, 0x25B8, 0x203A: ">"
            case 0x2191, 0x25B2, 0x25B4: "^"
            case 0x2193, 0x25BC, 0x25BE: "v"
            case 0x00D7: "x"
            case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D: "-"
            case 0x2550: "="
            case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551: "|"
            case 0x2500...0x257F: "+"
            case 0x2580...0x259F, 0x25A0: "#"
            default: "?"
            }
        return ascii.value
    }
}
