import Screen

/// The mouse chooses, scrolls and presses the keys that the footer names; it never fills in a form, and no click sends
/// anything.
extension Dashboard {
    /// Rows that one turn of the wheel moves by.
    private static var step: Int { 3 }

    mutating func take(_ mouse: Mouse) -> [Reaction] {
        switch mouse.action {
        case .wheelUp: turn(.up)
        case .wheelDown: turn(.down)
        case .click: click(mouse)
        }
    }

    private mutating func turn(_ key: Key) -> [Reaction] {
        guard overlays.top?.takesWheel ?? !pane.isTyping else { return [] }
        return (0..<Self.step).flatMap { _ in take(key) }
    }

    private mutating func click(_ mouse: Mouse) -> [Reaction] {
        let bands = bands
        if mouse.y == bands.keys.y { return keyInFooter(at: mouse.x).map { take($0) } ?? [] }
        guard overlays.isEmpty, !pane.isTyping else { return [] }
        if let tabs = bands.tabs, mouse.y == tabs.y {
            if let target = tab(at: mouse.x) { go(to: target) }
            return []
        }
        let list = area.main
        guard list.contains(mouse) else { return [] }
        notice = nil
        let line = mouse.y - list.y
        // A click on the row that the cursor is on opens it.
        return panes[view].point(atLine: line) == true ? panes[view].update(.key(.enter), model) : []
    }
}

extension Rect {
    fileprivate func contains(_ mouse: Mouse) -> Bool {
        (x..<maxX).contains(mouse.x) && (y..<maxY).contains(mouse.y)
    }
}
