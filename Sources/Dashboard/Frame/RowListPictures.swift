import Marketplace
import Screen

/// What the texts of a list's rows hang on. Where it is the same, so are the texts of the same places.
struct RowStamp: Equatable, Sendable {
    var accountsVersion: Int
    var detailsVersion: Int
    /// Changes of what only this list knows.
    var ownVersion = 0
    var today: CalendarDate
    /// Only where rows count the time.
    var now: Instant?
    var scope: Account.ID?
    fileprivate var changes = 0
    fileprivate var order: SortOrder?
    fileprivate var chosenColumns: [String: Bool] = [:]

    init(_ known: Known) {
        accountsVersion = known.accounts.version
        detailsVersion = known.detailsVersion
        today = known.today
        scope = known.scope
    }
}

extension RowList {
    /// The pictures of rows with what they were made for.
    struct Prepared: Sendable {
        fileprivate var stamp: RowStamp
        fileprivate var pictures: RowPictures
    }

    private func complete(_ stamp: RowStamp) -> RowStamp {
        var stamp = stamp
        stamp.changes = changes
        stamp.order = order
        stamp.chosenColumns = chosenColumns
        return stamp
    }

    /// Whether the rows in view are drawn ahead as they are to be shown.
    func isPrepared(_ stamp: RowStamp, width: Int) -> Bool {
        isEmpty || pictures(stamp, width: width, lines: visible) != nil
    }

    /// Draws the rows in view ahead, those that are not drawn yet.
    mutating func prepare(_ stamp: RowStamp, width: Int, _ columns: [ListColumn<Row>]) {
        let stamp = complete(stamp)
        let isSame = prepared.map { $0.stamp == stamp && $0.pictures.width == width } ?? false
        let pictures = RowPictures(
            of: table(columns), width: width, places: places(visible), earlier: isSame ? prepared?.pictures : nil
        ) { row($0) }
        prepared = Prepared(stamp: stamp, pictures: pictures)
    }

    private func places(_ lines: Int) -> Range<Int> { cursor.top..<max(cursor.top, min(count, cursor.top + lines)) }

    /// What was drawn ahead, if it is what is to be drawn now.
    func pictures(_ stamp: RowStamp?, width: Int, lines: Int) -> RowPictures? {
        guard let stamp, let prepared, prepared.pictures.width == width,
            prepared.pictures.places == places(lines), prepared.stamp == complete(stamp)
        else { return nil }
        return prepared.pictures
    }
}

extension ListPane {
    func rowStamp(_ known: Known) -> RowStamp { RowStamp(known) }
    func listWidth(_ room: Room) -> Int { room.main.width }

    /// Draws the rows in view ahead.
    mutating func prepare(in room: Room, _ known: Known) {
        let (stamp, width) = (rowStamp(known), listWidth(room))
        guard isListed, !list.isPrepared(stamp, width: width) else { return }
        list.prepare(stamp, width: width, columns(known))
    }
}
