import Screen

@testable import Dashboard

/// A note over the view: the overlay of the contributors' page, which shows this file.
struct NoteBox: Overlay {
    let extent = OverlayExtent.box
    private(set) var line = 1

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] {
        switch key {
        case .escape: return [.close]
        case .down: line += 1
        default: return [.unused(key)]
        }
        return []
    }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        canvas.write("NOTE \(line)", x: bands.body.x + 1, y: bands.body.y, style: .title)
    }

    private static let keys = [KeyHelp("Down", "the next line", "next"), KeyHelp("Esc", "close the note", "close")]

    func hints(_ model: Model, all: Bool) -> [Hint]? { Self.keys.hints(all: all) }
    func helpSection(_ model: Model) -> HelpOverlay.Section? {
        HelpOverlay.Section(title: "IN THE NOTE", rows: Self.keys)
    }
    func sentences(over below: Dashboard) -> [Sentence] { [Sentence(.page, "Note \(line).")] }
}
