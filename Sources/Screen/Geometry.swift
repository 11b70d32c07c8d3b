/// Columns and rows of a terminal or a part of it.
public struct Size: Hashable, Sendable {
    public var columns: Int
    public var rows: Int

    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

/// A part of the screen, in cells from the upper left corner. Widths and heights are never negative.
public struct Rect: Hashable, Sendable {
    public var x: Int
    public var y: Int
    public var width: Int
    public var height: Int

    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    public var maxX: Int { x + width }
    public var maxY: Int { y + height }
    public var isEmpty: Bool { width == 0 || height == 0 }

    /// The rectangle without its first `count` rows.
    public func droppingTop(_ count: Int) -> Rect { Rect(x: x, y: y + count, width: width, height: height - count) }
    public func droppingBottom(_ count: Int) -> Rect { Rect(x: x, y: y, width: width, height: height - count) }
    public func inset(left: Int = 0, right: Int = 0) -> Rect {
        Rect(x: x + left, y: y, width: width - left - right, height: height)
    }
}
