import Screen

/// The mouse chooses and scrolls; it never fills in a form, and no click sends anything.
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
        guard overlays.isEmpty, !pane.isTyping else { return [] }
        let bands = bands
        if let tabs = bands.tabs, mouse.y == tabs.y {
            if let target = tab(at: mouse.x) { go(to: target) }
            return []
        }
        let (tree, area) = split
        let isInTree = tree?.contains(mouse) == true
        guard isInTree || area.main.contains(mouse) else { return [] }
        notice = nil
        treeHasFocus = isInTree
        let line = mouse.y - (tree ?? area.main).y
        // A click on the row that the cursor is on opens it.
        return panes[focusedView].point(atLine: line) == true ? panes[focusedView].update(.key(.enter), model) : []
    }

    /// The view whose tab is drawn at column `x`.
    func tab(at x: Int) -> View? {
        tabPlaces.first { $0.places.contains(x) }?.view
    }

    /// Where each tab is drawn.
    var tabPlaces: [(view: View, places: Range<Int>)] {
        var x = 1
        return View.all.map { target in
            let start = x
            // Titles are plain letters, one byte and one column each.
            let width = target.title.utf8.count
            x += width + (size.columns >= 100 ? 5 : 4)
            return (target, start..<(start + width + 2))
        }
    }
}

extension Rect {
    fileprivate func contains(_ mouse: Mouse) -> Bool {
        (x..<maxX).contains(mouse.x) && (y..<maxY).contains(mouse.y)
    }
}
