import Marketplace
import Rows
import Screen

/// What the texts of a list's rows hang on. Where it is the same, so are the texts of the same places.
struct RowStamp: Equatable, Sendable {
    var accountsVersion: Int
    var detailsVersion: Int
    /// Changes of what only this list knows.
    var ownVersion = 0
    var today: CalendarDate
    /// Only where rows count the time, in minutes.
    var now: Instant?
    /// Only where rows compare themselves with the time that orders take.
    var orderTimes: OrderTimes?
    /// In which zone times are shown.
    var zone: Zone
    var scope: Account.ID?
    fileprivate var changes = 0
    fileprivate var order: SortOrder?
    fileprivate var chosenColumns: [String: Bool] = [:]
    fileprivate var columnOrder: [String] = []

    init(_ model: Model) {
        accountsVersion = model.accounts.version
        detailsVersion = model.detailsVersion
        today = model.today
        scope = model.scope
        zone = model.zone
    }
}

extension RowStamp {
    /// Whether the same rows are shown in the same columns.
    fileprivate func isArranged(as other: RowStamp) -> Bool {
        changes == other.changes && order == other.order && chosenColumns == other.chosenColumns
            && columnOrder == other.columnOrder && scope == other.scope
    }
}

extension RowList {
    /// The pictures of rows with what they were made for.
    struct Prepared: Sendable {
        fileprivate var stamp: RowStamp
        fileprivate(set) var pictures: RowPictures<Row?>
    }

    /// With what this list knows itself.
    func complete(_ stamp: RowStamp) -> RowStamp {
        var stamp = stamp
        stamp.changes = changes
        stamp.order = order
        stamp.chosenColumns = chosenColumns
        stamp.columnOrder = columnOrder
        return stamp
    }

    /// How the columns are laid out for the rows that were in view.
    struct Settled: Sendable {
        fileprivate var stamp: RowStamp
        fileprivate var width: Int
        fileprivate(set) var longest: [Int]
        fileprivate(set) var shown: [String]
    }

    /// The longest cells before, where the same rows stand in the same columns: nothing makes these narrower.
    func longest(_ stamp: RowStamp?, width: Int) -> [Int]? {
        guard let stamp, let settled, settled.width == width, settled.stamp.isArranged(as: complete(stamp)) else {
            return nil
        }
        return settled.longest
    }

    private mutating func settle(_ stamp: RowStamp, _ pictures: RowPictures<Row?>) {
        prepared = Prepared(stamp: stamp, pictures: pictures)
        settled = Settled(stamp: stamp, width: pictures.width, longest: pictures.longest, shown: pictures.shown)
    }

    /// The longest cells of the rows in view, each column's, as they are drawn in `lines`.
    func longestDrawn(
        _ columns: @autoclosure () -> [ListColumn<Row>], _ stamp: RowStamp, width: Int, lines: Int
    ) -> [Int] {
        if let pictures = pictures(stamp, width: width, lines: lines) { return pictures.longest }
        var pictures = RowPictures(of: table(columns()), width: width, longest: longest(stamp, width: width))
        pictures.draw(places(lines), inView: places(lines)) { row($0) }
        return pictures.longest
    }

    /// The columns that have a place; nil before anything was drawn.
    var placedColumns: [String]? { settled?.shown }

    /// Draws those of the rows in view ahead that are not drawn yet, in the columns that are laid out already.
    /// - Parameter ahead: Rows before and after those in view that are drawn too.
    /// - Returns: Whether that was possible; if not, the columns have to be laid out.
    mutating func prepare(_ stamp: RowStamp, width: Int, ahead: Int) -> Bool {
        guard !isEmpty else { return true }
        guard prepared?.stamp == complete(stamp), var pictures = prepared?.pictures, pictures.width == width else {
            return false
        }
        // Half of them are used up before any is drawn again: not every key that scrolls draws a row.
        let inView = places(visible)
        let isDrawn = pictures.places.contains(places(visible, andBeyond: ahead / 2))
        guard !isDrawn || pictures.isUnmeasured(inView) else { return true }
        pictures.draw(isDrawn ? pictures.places : places(visible, andBeyond: ahead), inView: inView) { row($0) }
        settle(complete(stamp), pictures)
        return true
    }

    /// Draws the rows in view ahead.
    mutating func prepare(_ stamp: RowStamp, width: Int, _ columns: [ListColumn<Row>]) {
        var pictures = RowPictures(of: table(columns), width: width, longest: longest(stamp, width: width))
        pictures.draw(places(visible), inView: places(visible)) { row($0) }
        settle(complete(stamp), pictures)
    }

    /// The places in view of a list that has `lines`, and `more` before and after them.
    private func places(_ lines: Int, andBeyond more: Int = 0) -> Range<Int> {
        let first = max(0, cursor.top - more)
        return first..<max(first, min(count, cursor.top + lines + more))
    }

    /// What was drawn ahead, if it is what is to be drawn now.
    func pictures(_ stamp: RowStamp?, width: Int, lines: Int) -> RowPictures<Row?>? {
        guard let stamp, let prepared, prepared.pictures.width == width,
            prepared.pictures.places.contains(places(lines)), prepared.stamp == complete(stamp)
        else { return nil }
        return prepared.pictures
    }
}

extension ListPane {
    func rowStamp(_ model: Model) -> RowStamp { RowStamp(model) }
    func listWidth(_ area: PaneArea) -> Int { area.main.width }

    mutating func prepare(in area: PaneArea, _ model: Model, ahead: Int) {
        prepareRows(in: area, model, ahead: ahead)
    }

    /// Draws the rows in view ahead.
    mutating func prepareRows(in area: PaneArea, _ model: Model, ahead: Int) {
        guard isListed else { return }
        let (stamp, width) = (rowStamp(model), listWidth(area))
        if !list.prepare(stamp, width: width, ahead: ahead) { list.prepare(stamp, width: width, columns(model)) }
    }
}
