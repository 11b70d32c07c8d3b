import CNCurses
import Screen

/// How curses shows each style: attributes and a colour pair. Colour pairs are allocated when they are first needed; where
/// the terminal has no more of them the text keeps its attributes and loses its colour.
struct Palette {
    private let theme: Theme
    private let hasDefaultColours: Bool
    private let colours: Int32
    private let pairLimit: Int32
    private var blanks: [cchar_t?] = Array(repeating: nil, count: Tone.allCases.count * 8)
    private var pairs: [Int32: Int32] = [:]

    /// Asks the screen that is current in curses for its abilities.
    init(colour: Bool) {
        let hasColour = colour && has_colors()
        if hasColour {
            start_color()
            hasDefaultColours = use_default_colors() == OK
            colours = cn_colours()
            pairLimit = min(cn_colour_pairs(), Int32(Int16.max))
        } else {
            hasDefaultColours = false
            colours = 0
            pairLimit = 0
        }
        theme = Theme(hasColour: hasColour && colours >= 8)
    }

    /// A blank in the look of `style`.
    mutating func blank(of style: Style) -> cchar_t {
        let index =
            Int(style.tone.rawValue) * 8 + (style.isStrong ? 1 : 0) + (style.isSelected ? 2 : 0)
            + (style.isUnderlined ? 4 : 0)
        if let blank = blanks[index] { return blank }
        let blank = makeBlank(of: style)
        blanks[index] = blank
        return blank
    }

    private mutating func makeBlank(of style: Style) -> cchar_t {
        let wanted = theme.look(of: style)
        var attributes: attr_t = 0
        if wanted.isBold { attributes |= CN_BOLD }
        if wanted.isDim { attributes |= CN_DIM }
        if wanted.isReversed { attributes |= CN_REVERSE }
        if style.isUnderlined { attributes |= CN_UNDERLINE }
        guard theme.hasColour else { return cn_blank(attributes, 0) }
        // With eight colours the bright ones are the plain ones in bold.
        if colours < 16, case .palette(8...) = wanted.foreground { attributes |= CN_BOLD }
        let pair = pair(
            number(of: wanted.foreground, otherwise: 7), number(of: wanted.background, otherwise: 0))
        return cn_blank(attributes, pair)
    }

    private func number(of colour: Colour, otherwise standard: Int32) -> Int32 {
        switch colour {
        case .terminal: hasDefaultColours ? -1 : standard
        case .palette(let index): Int32(index) < colours ? Int32(index) : Int32(index) & 7
        }
    }

    private mutating func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
        let isDefault = hasDefaultColours ? foreground == -1 && background == -1 : foreground == 7 && background == 0
        if isDefault { return 0 }
        let key = foreground << 8 | (background & 0xFF)
        if let pair = pairs[key] { return pair }
        let next = Int32(pairs.count) + 1
        guard next < pairLimit, init_pair(Int16(next), Int16(foreground), Int16(background)) == OK else { return 0 }
        pairs[key] = next
        return next
    }
}
