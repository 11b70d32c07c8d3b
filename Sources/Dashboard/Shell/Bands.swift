import Screen

/// The bands of the screen: header, tabs, body, message and keys. Nothing ever shifts them; small windows leave out
/// rules first, then the tabs.
struct Bands: Equatable {
    /// The least that souk draws in.
    static let minimum = Size(columns: 40, rows: 10)

    var header: Rect
    var tabs: Rect?
    var topRule: Rect?
    var body: Rect
    var bottomRule: Rect?
    var message: Rect
    var keys: Rect

    init(_ size: Size) {
        let width = size.columns
        func line(_ y: Int) -> Rect { Rect(x: 0, y: y, width: width, height: 1) }
        header = line(0)
        var top = 1
        if size.rows >= 20 {
            tabs = line(top)
            top += 1
        }
        if size.rows >= 13 {
            topRule = line(top)
            top += 1
        }
        keys = line(size.rows - 1)
        message = line(size.rows - 2)
        var bottom = size.rows - 2
        if size.rows >= 13 {
            bottom -= 1
            bottomRule = line(bottom)
        }
        body = Rect(x: 0, y: top, width: width, height: bottom - top)
    }

    /// A form, and beside it what it costs and what is missing.
    var form: PaneArea { body.width >= 100 ? Self.divide(body, mainWidth: body.width * 3 / 5) : PaneArea(main: body) }

    /// The places of a view's pane.
    /// - Parameter withDetail: Whether the pane wants a place beside its list.
    func split(for view: View, withDetail: Bool = true) -> PaneArea {
        guard body.width >= 100 else { return PaneArea(main: body, detail: nil) }
        let area =
            switch view.split {
            case .list: Self.listAndDetail(body)
            case .tree: Self.divide(body, mainWidth: min(56, body.width * 2 / 5))
            case .halves: Self.divide(body, mainWidth: max(68, min(75, body.width - 46), body.width * 12 / 25))
            }
        return withDetail ? area : PaneArea(main: area.whole, fitsDetail: area.detail != nil)
    }

    /// A list in the form of a window of 80 columns at least, and beside it what is selected, where both fit.
    static func listAndDetail(_ rect: Rect) -> PaneArea {
        let width = min(widestDetail, rect.width - 1 - listForm)
        guard width >= leastDetail else { return PaneArea(main: rect, detail: nil) }
        return divide(rect, mainWidth: rect.width - 1 - width)
    }

    /// What is opened, in as much as its lines need, and beside it what belongs to it.
    static func opened(_ rect: Rect) -> PaneArea {
        divide(rect, mainWidth: min(100, max(76, rect.width / 2)))
    }

    /// Columns of the narrow form of lists, and those of a preview.
    private static let (listForm, leastDetail, widestDetail) = (80, 39, 56)

    /// Two parts with a line between them.
    private static func divide(_ rect: Rect, mainWidth: Int) -> PaneArea {
        let main = Rect(x: rect.x, y: rect.y, width: mainWidth, height: rect.height)
        return PaneArea(
            main: main,
            detail: Rect(x: main.maxX + 1, y: rect.y, width: rect.maxX - main.maxX - 1, height: rect.height))
    }
}
