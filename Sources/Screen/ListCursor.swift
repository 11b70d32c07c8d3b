/// The selected row of a list, by identity, and the part of the list in view. Rows may come, go and move: the selection
/// stays on its row while the row exists.
public struct ListCursor<ID: Hashable & Sendable>: Hashable, Sendable {
    public var selected: ID? { chosen }
    /// Where `selected` was seen last.
    public var index: Int { place }
    public var top: Int { first }

    // Everything can be inlined: every event settles every list, and code that is generic at run time is slow.
    @usableFromInline var chosen: ID?
    @usableFromInline var place = 0
    @usableFromInline var first = 0

    @inlinable
    public init(selected: ID? = nil) { chosen = selected }

    public enum Motion: Hashable, Sendable {
        case up, down, pageUp, pageDown, halfPageUp, halfPageDown, first, last

        /// The motion that a key means in every list.
        @inlinable
        public init?(_ key: Key) {
            switch key {
            case .up, "k": self = .up
            case .down, "j": self = .down
            case .pageUp, .control("b"): self = .pageUp
            case .pageDown, .control("f"): self = .pageDown
            case .control("u"): self = .halfPageUp
            case .control("d"): self = .halfPageDown
            case .home, "g": self = .first
            case .end, "G": self = .last
            default: return nil
            }
        }
    }

    /// Moves the selection among `ids`, of which `visible` fit on the screen.
    @inlinable
    public mutating func move(_ motion: Motion, in ids: some RandomAccessCollection<ID>, visible: Int) {
        guard !ids.isEmpty else { return }
        settle(in: ids)
        let page = max(1, visible - 1)
        let target =
            switch motion {
            case .up: index - 1
            case .down: index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .halfPageUp: index - max(1, visible / 2)
            case .halfPageDown: index + max(1, visible / 2)
            case .first: 0
            case .last: ids.count - 1
            }
        select(min(max(0, target), ids.count - 1), in: ids)
        scroll(count: ids.count, visible: visible)
    }

    /// Finds the selected row again after `ids` changed. When it is gone the row now at its place is selected; in an
    /// empty list the identity is kept, so that rows that come back find it.
    @inlinable
    public mutating func settle(in ids: some RandomAccessCollection<ID>) {
        guard !ids.isEmpty else { return }
        if let chosen {
            if place < ids.count, id(at: place, in: ids) == chosen { return }
            if let found = ids.firstIndex(of: chosen) {
                place = ids.distance(from: ids.startIndex, to: found)
                return
            }
        }
        select(min(place, ids.count - 1), in: ids)
    }

    /// The same part of the list in view, with no row selected.
    @inlinable
    public var withoutSelection: Self {
        var cursor = self
        cursor.chosen = nil
        return cursor
    }

    /// Keeps the selected row within the `visible` rows of the screen.
    @inlinable
    public mutating func scroll(count: Int, visible: Int) {
        guard visible > 0 else { return }
        if place < first { first = place }
        if place >= first + visible { first = place - visible + 1 }
        first = max(0, min(first, count - visible))
    }

    /// Selects a row by its index, without a search for it.
    @inlinable
    public mutating func put(on id: ID, at place: Int) {
        chosen = id
        self.place = place
    }

    @inlinable
    public mutating func select(id: ID, in ids: some RandomAccessCollection<ID>) {
        chosen = id
        settle(in: ids)
    }

    @inlinable
    mutating func select(_ target: Int, in ids: some RandomAccessCollection<ID>) {
        place = target
        chosen = id(at: target, in: ids)
    }

    @inlinable
    func id<IDs: RandomAccessCollection<ID>>(at place: Int, in ids: IDs) -> ID {
        ids[ids.index(ids.startIndex, offsetBy: place)]
    }
}
