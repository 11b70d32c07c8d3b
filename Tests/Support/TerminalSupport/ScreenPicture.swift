extension EmulatedScreen {
    /// The whole screen for a file that people read: its size and cursor, its text, and its looks.
    public var picture: String {
        let place = isCursorVisible ? "cursor at column \(cursor.x), row \(cursor.y)" : "cursor hidden"
        return "\(columns)x\(rows), \(place)\n\(text)\n\(looks)"
    }

    /// What most of the screen looks like, where that is not the terminal's own look; then row by row where it looks
    /// different: the columns from and to, and the look there. A colour is its number in the palette or its light, `on`
    /// stands before the ground's. Rows and columns count from 0.
    ///
    /// Of a blank only the ground is seen: it belongs to the look before it.
    public var looks: String {
        let rows = (0..<rows).map { y in (0..<columns).map { cell($0, y) } }
        let ground = Ground(of: rows.joined())
        var lines = ground.words.isEmpty ? [] : ["most of it: " + ground.words]
        for (y, row) in rows.enumerated() {
            let runs = Self.runs(row, on: ground)
            if !runs.isEmpty { lines.append("row \(y): " + runs.map(\.words).joined(separator: ", ")) }
        }
        return lines.joined(separator: "\n")
    }

    private struct Run {
        var from: Int
        var to: Int
        var look: String
        /// What a blank in this look looks like.
        var blank: String

        var words: String { (from == to ? "\(from)" : "\(from)-\(to)") + " " + look }
    }

    private static func runs(_ row: [Cell], on ground: Ground) -> [Run] {
        var runs: [Run] = []
        var isOpen = false
        for (x, cell) in row.enumerated() {
            let blank = ground.blankLook(of: cell)
            let look = cell.isBlank ? blank : ground.look(of: cell)
            if isOpen, let last = runs.last, last.look == look || cell.isBlank && last.blank == blank {
                // A blank on the common ground is seen only where the same look goes on behind it.
                if !cell.isBlank || !blank.isEmpty { runs[runs.count - 1].to = x }
            } else if look.isEmpty {
                isOpen = false
            } else {
                runs.append(Run(from: x, to: x, look: look, blank: blank))
                isOpen = true
            }
        }
        return runs
    }
}

/// The colours that most of a screen has.
private struct Ground {
    private var foreground: Int
    private var background: Int

    init(of cells: some Sequence<EmulatedScreen.Cell>) {
        let background = Self.mostCommon(cells.map(\.background))
        self.background = background
        foreground = Self.mostCommon(
            cells.filter { $0.background == background && !$0.isBlank }.map(\.foreground))
    }

    private static func mostCommon(_ values: [Int]) -> Int {
        let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? -1
    }

    /// Empty for the terminal's own colours.
    var words: String {
        [foreground < 0 ? nil : Self.name(foreground), background < 0 ? nil : "on \(Self.name(background))"]
            .compactMap(\.self).joined(separator: " ")
    }

    /// What of a cell looks unlike the ground.
    func look(of cell: EmulatedScreen.Cell) -> String {
        var words: [String] = []
        if cell.foreground != foreground { words.append(Self.name(cell.foreground)) }
        if cell.background != background { words.append("on \(Self.name(cell.background))") }
        if cell.isBold { words.append("bold") }
        if cell.isDim { words.append("dim") }
        if cell.isUnderlined { words.append("underlined") }
        if cell.isReversed { words.append("reversed") }
        return words.joined(separator: " ")
    }

    /// The same for what a blank shows of its look.
    func blankLook(of cell: EmulatedScreen.Cell) -> String {
        var blank = cell
        blank.isBold = false
        blank.isDim = false
        if cell.isReversed { blank.background = background } else { blank.foreground = foreground }
        return look(of: blank)
    }

    private static func name(_ colour: Int) -> String {
        if colour < 0 { return "own" }
        guard colour >= 0x100_0000 else { return String(colour) }
        let digits = String(colour & 0xFF_FFFF, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}

extension EmulatedScreen.Cell {
    /// Nothing of it is seen but the ground.
    fileprivate var isBlank: Bool { (text.isEmpty || text == " ") && width > 0 }
}
