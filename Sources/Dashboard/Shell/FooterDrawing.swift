import Screen

/// The last band: the keys that can act here. A click on one presses it.
extension Dashboard {
    /// A key of the footer and the columns it is drawn in.
    struct KeyPlacement: Equatable {
        var hint: Hint
        var places: Range<Int>
    }

    /// What works here, as far as there is room; the ways to help and back stay, whatever leaves.
    func keyPlacements(_ pane: any Pane, width: Int) -> [KeyPlacement] {
        let all = hints(pane)
        let last = overlays.isWriting ? 1 : 2
        func columns(of hint: Hint) -> Int { TerminalText.width(of: hint.key) + TerminalText.width(of: hint.word) + 3 }
        var free = width - 1 - all.suffix(last).reduce(0) { $0 + columns(of: $1) }
        var placements: [KeyPlacement] = []
        var x = 1
        func place(_ hint: Hint) {
            let end = x + columns(of: hint)
            placements.append(KeyPlacement(hint: hint, places: x..<end - 2))
            x = end
        }
        for hint in all.dropLast(last) {
            free -= columns(of: hint)
            guard free >= 0 else { break }
            place(hint)
        }
        all.suffix(last).forEach(place)
        return placements
    }

    func drawKeys(on canvas: inout Canvas, in rect: Rect, _ pane: any Pane) {
        for placement in keyPlacements(pane, width: rect.width) {
            let hint = placement.hint
            var x = rect.x + placement.places.lowerBound
            let key = hint.isRefused ? Style.faint : Style(.key)
            x += canvas.write(hint.key, x: x, y: rect.y, width: rect.maxX - x, style: key) + 1
            canvas.write(
                hint.word, x: x, y: rect.y, width: rect.maxX - x, style: hint.isRefused ? .faint : .plain)
        }
    }

    /// The key whose name or word is drawn at column `x`. No click sends anything or types into a form.
    func keyInFooter(at x: Int) -> Key? {
        let placement = keyPlacements(pane, width: size.columns).first { $0.places.contains(x) }
        guard let hint = placement?.hint, hint.action != .confirm else { return nil }
        let key = hint.key.split(separator: " ").first.flatMap { Key(name: String($0)) }
        if overlays.isWriting, case .character = key { return nil }
        return key
    }

    /// The keys of the footer: those that can act at this place, or all.
    func hints(_ pane: any Pane, all: Bool = false) -> [Hint] {
        if let hints = overlays.top?.hints(model, all: all) { return hints }
        let keymap = model.keymap
        if pane.isTyping { return pane.typingHelp.hints() }
        return keymap.inForce(pane.hints(model, all: all) + Self.bindings.hints(for: self, model, all: all))
            + [Hint(keymap.name(of: .back), isAtRoot(pane) ? "leave" : "back")]
    }

    /// Whether there is nothing to go back to.
    private func isAtRoot(_ pane: any Pane) -> Bool {
        navigation.steps.isEmpty && model.scope == nil && pane.crumb == nil
    }
}
