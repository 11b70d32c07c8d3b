import Marketplace
import Screen

/// A list pane whose rows open over the list.
protocol OpeningPane: ListPane {
    /// First line of its page.
    var scroll: Int { get set }
}

extension OpeningPane {
    /// The row that is open.
    var opened: Row.ID? {
        get { list.opened }
        set { list.opened = newValue }
    }
    var isListed: Bool { opened == nil }
    var openRow: OpenRow? { opened.map { OpenRow($0) } }
    var position: String? { opened == nil ? list.position : nil }

    mutating func open(_ row: OpenRow) { row.id(as: Row.ID.self).map { open($0) } }

    /// Opens a row, whether or not the list holds it.
    mutating func open(_ id: Row.ID) {
        opened = id
        scroll = 0
    }

    mutating func closeRow() { opened = nil }

    /// A key of the open page, of the list or of the pane's table.
    mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        takeInPage(key) ? [] : takeInList(key, model)
    }

    /// - Returns: Whether the key scrolls the open page.
    mutating func takeInPage(_ key: Key) -> Bool {
        guard opened != nil, let motion = ListCursor<Int>.Motion(key) else { return false }
        scroll = scrolled(scroll, motion)
        return true
    }

    static func backBinding(_ title: String) -> Binding<Self> {
        Binding(.back, .escape, "q", title: title, topic: .places) { pane, _ in
            if pane.opened != nil {
                pane.opened = nil
                return []
            }
            return pane.list.takeBack() ? [] : [.open(.back)]
        }
    }
}

/// The scroll position of a page of text after a motion; drawing keeps it within the page.
func scrolled(_ line: Int, _ motion: ListCursor<Int>.Motion) -> Int {
    switch motion {
    case .up: max(0, line - 1)
    case .down: line + 1
    case .pageUp, .halfPageUp: max(0, line - 10)
    case .pageDown, .halfPageDown: line + 10
    case .first: 0
    case .last: 10_000
    }
}
