import Screen

/// What of the row can be copied: a letter, or Enter on a line, copies it.
struct CopyMenu: Equatable {
    let offers: [CopyOffer]
    /// The row or rows that they are of.
    let subject: String
    private(set) var selected = 0

    init(_ offers: [CopyOffer], of subject: String) {
        self.offers = offers
        self.subject = subject
    }

    mutating func take(_ key: Key) -> [Reaction] {
        switch key {
        case .escape, "q": return [.close]
        case .enter: return [.close] + (offers.indices.contains(selected) ? [.effect(.copy(offers[selected]))] : [])
        case .down: selected = min(offers.count - 1, selected + 1)
        case .up: selected = max(0, selected - 1)
        case .character(let letter):
            guard let offer = offers.first(where: { $0.key == letter }) else { return unused(key) }
            return [.close, .effect(.copy(offer))]
        default: return unused(key)
        }
        return []
    }

    private func unused(_ key: Key) -> [Reaction] {
        [.say(Notice(.info, "\(key.name) does nothing in this menu."))]
    }

    static let keys = [
        KeyHelp("a-z", "copy what has the letter", "copy it"), KeyHelp("Up Down", "move", "move"),
        KeyHelp("Enter", "copy what is on the cursor", "copy"), KeyHelp("Esc", "close", "close"),
    ]

    func draw(on canvas: inout Canvas, in rect: Rect) {
        let labels = offers.map { TerminalText.width(of: $0.what) }.max() ?? 0
        let texts = offers.map { TerminalText.width(of: String($0.text.prefix(60))) }.max() ?? 0
        let width = min(rect.width, max(40, min(66, labels + texts + 10)))
        let box = drawMenuBox("COPY  \(subject)", width: width, rows: offers.count, on: &canvas, in: rect)
        let top = max(0, min(selected - box.height + 1, offers.count - box.height))
        for (line, offer) in offers.dropFirst(top).prefix(box.height).enumerated() {
            let y = box.y + line
            let isHere = top + line == selected
            if isHere { canvas.write(">", x: box.x + 1, y: y) }
            canvas.write(String(offer.key), x: box.x + 3, y: y, style: Style(.key))
            let label = min(labels, box.width / 2)
            canvas.write(offer.what, x: box.x + 6, y: y, width: label)
            let x = box.x + 6 + label + 2
            let first = offer.text.prefix { $0 != "\n" }
            canvas.write(String(first.prefix(200)), x: x, y: y, width: box.maxX - x - 1, style: .faint)
            if isHere { canvas.select(Rect(x: box.x, y: y, width: box.width, height: 1)) }
        }
    }
}

extension CopyMenu: Overlay {
    var extent: OverlayExtent { .box }
    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { take(key) }
    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) { draw(on: &canvas, in: bands.body) }
    func hints(_ model: Model, all: Bool) -> [Hint]? { Self.keys.hints() }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { HelpOverlay.Section(title: "COPY", rows: Self.keys) }
    func sentences(over below: Dashboard) -> [Sentence] { spoken }
}
