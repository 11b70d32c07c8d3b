import CNCurses
import Screen

/// How curses shows each style: attributes and a colour pair. Colour pairs are allocated when they are first needed; where
/// the terminal has no more of them the text keeps its attributes and loses its colour.
struct Palette {
    private let theme: Theme
    private let hasColour: Bool
    private let hasDefaultColours: Bool
    /// How many colours the terminal has; more than 256 are given by their light.
    private let colours: Int32
    private let pairLimit: Int32
    private var blanks: [cchar_t?] = Array(repeating: nil, count: Tone.allCases.count * 8)
    private var pairs: [Pair: Int32] = [:]

    private struct Pair: Hashable {
        var foreground: Int32
        var background: Int32
    }

    /// Asks the screen that is current in curses for its abilities. A theme that needs more colours than it has gives
    /// way to the standard one, and that to none.
    init(theme: Theme) {
        hasColour = theme.coloursNeeded > 0 && has_colors() && start_color() == OK && cn_colours() >= 8
        guard hasColour else {
            self.theme = .withoutColour
            hasDefaultColours = false
            colours = 0
            pairLimit = 0
            return
        }
        hasDefaultColours = use_default_colors() == OK
        colours = cn_colours()
        pairLimit = min(cn_colour_pairs(), Int32(Int16.max))
        self.theme = theme.coloursNeeded <= colours ? theme : .standard
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
        guard hasColour else { return cn_blank(attributes, 0) }
        let pair = pair(
            number(of: wanted.foreground, otherwise: 7), number(of: wanted.background, otherwise: 0))
        return cn_blank(attributes, pair)
    }

    private func number(of colour: Colour, otherwise standard: Int32) -> Int32 {
        switch colour {
        case .terminal: hasDefaultColours ? -1 : standard
        case .palette(let index) where colours > 256 && index >= 16: light(.of256(index))
        case .palette(let index): Int32(index)
        case .rgb(let rgb): colours > 256 ? light(rgb) : Int32(rgb.nearestOf256)
        }
    }

    /// A colour by its light. The first eight numbers are the terminal's own colours there.
    private func light(_ rgb: RGB) -> Int32 {
        max(8, Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue))
    }

    private mutating func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
        let isDefault = hasDefaultColours ? foreground == -1 && background == -1 : foreground == 7 && background == 0
        if isDefault { return 0 }
        let wanted = Pair(foreground: foreground, background: background)
        if let pair = pairs[wanted] { return pair }
        let next = Int32(pairs.count) + 1
        guard next < pairLimit, init_extended_pair(next, foreground, background) == OK else { return 0 }
        pairs[wanted] = next
        return next
    }
}
