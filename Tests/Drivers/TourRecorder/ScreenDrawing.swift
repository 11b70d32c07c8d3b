import TerminalSupport

/// A screen as an SVG picture: one text for each run of cells that look alike, so that it stays sharp at every size and a
/// changed word is a changed line.
enum ScreenDrawing {
    private static let (cellWidth, cellHeight, baseline, margin) = (9, 19, 14, 12)
    private static let (paper, ink) = ("#10131a", "#d8dbe2")

    private struct Look: Equatable {
        var foreground: String
        var background: String?
        var isBold: Bool
        var isUnderlined: Bool
    }

    static func svg(of screen: EmulatedScreen) -> String {
        let (width, height) = (screen.columns * cellWidth + 2 * margin, screen.rows * cellHeight + 2 * margin)
        var lines = [
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(width) \#(height)" width="\#(width)" height="\#(height)">"#,
            #"<rect width="\#(width)" height="\#(height)" rx="8" fill="\#(paper)"/>"#,
            #"<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15" xml:space="preserve">"#,
        ]
        for y in 0..<screen.rows { lines += row(y, of: screen) }
        return (lines + ["</g>", "</svg>", ""]).joined(separator: "\n")
    }

    private static func row(_ y: Int, of screen: EmulatedScreen) -> [String] {
        var lines: [String] = []
        var x = 0
        while x < screen.columns {
            let look = look(of: screen.cell(x, y))
            let start = x
            var text = ""
            // A wide glyph has a run of its own: fonts do not agree on its width.
            repeat {
                let cell = screen.cell(x, y)
                text += cell.text.isEmpty ? " " : cell.text
                x += max(1, cell.width)
                if cell.width > 1 { break }
            } while x < screen.columns && self.look(of: screen.cell(x, y)) == look && screen.cell(x, y).width == 1
            lines += run(text, from: start, to: x, y, look)
        }
        return lines
    }

    private static func run(_ text: String, from start: Int, to end: Int, _ y: Int, _ look: Look) -> [String] {
        let (left, top, width) = (margin + start * cellWidth, margin + y * cellHeight, (end - start) * cellWidth)
        var lines: [String] = []
        if let background = look.background {
            lines.append(
                #"<rect x="\#(left)" y="\#(top)" width="\#(width)" height="\#(cellHeight)" fill="\#(background)"/>"#)
        }
        guard text.contains(where: { $0 != " " }) else { return lines }
        let attributes =
            (look.isBold ? #" font-weight="bold""# : "") + (look.isUnderlined ? #" text-decoration="underline""# : "")
        lines.append(
            #"<text x="\#(left)" y="\#(top + baseline)" textLength="\#(width)" lengthAdjust="spacingAndGlyphs" fill="\#(look.foreground)"\#(attributes)>\#(escaped(text))</text>"#
        )
        return lines
    }

    private static func look(of cell: EmulatedScreen.Cell) -> Look {
        var (foreground, background) = (colour(cell.foreground), colour(cell.background))
        if cell.isReversed { (foreground, background) = (background ?? paper, foreground ?? ink) }
        if cell.isDim, !cell.isReversed { foreground = "#8f96a6" }
        return Look(
            foreground: foreground ?? ink, background: background, isBold: cell.isBold,
            isUnderlined: cell.isUnderlined)
    }

    private static let basic = [
        "#1c1f26", "#e06c75", "#8fce8b", "#e5c07b", "#61afef", "#c678dd", "#7fc8e8", "#d8dbe2", "#5c6370", "#ff8a8a",
        "#a5e09f", "#f0d58c", "#8fbfe0", "#d7a1e8", "#a0dcf0", "#ffffff",
    ]

    /// - Parameter number: As ``EmulatedScreen/Cell`` has it.
    private static func colour(_ number: Int) -> String? {
        func hex(_ parts: [Int]) -> String {
            "#" + parts.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
        }
        switch number {
        case ..<0: return nil
        case 0..<16: return basic[number]
        case 16..<232:
            let cube = [0, 95, 135, 175, 215, 255]
            let place = number - 16
            return hex([cube[place / 36], cube[place / 6 % 6], cube[place % 6]])
        case 232..<256: return hex(Array(repeating: 8 + (number - 232) * 10, count: 3))
        default: return hex([number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF])
        }
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
