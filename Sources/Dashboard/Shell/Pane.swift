import Marketplace
import Rows
import Screen

/// A part of the screen with keys, state and a picture of its own: a view, the request log, a list to choose from.
protocol Pane: SendableMetatype {
    /// What must be kept up to date while this pane is looked at.
    func queries(_ model: Model) -> [DataQuery]
    /// What must be kept up to date once the cursor rests: a cursor that passes by costs no call.
    func settledQueries(_ model: Model) -> [DataQuery]
    /// What is nice to know of the rows in view, read once each at a polite pace.
    func rowDetails(_ model: Model) -> RowDetails
    mutating func update(_ event: Event, _ model: Model) -> [Reaction]
    /// Asked after every event: what it wants done and said since then about details that it reads one by one.
    mutating func advance(_ event: Event, _ model: Model) -> [Reaction]
    /// Ends the reading of details that the person asked for; nil when there is none in front.
    mutating func stopReadingRest(_ model: Model) -> [Reaction]?
    /// Another account is in view, or all: what was shown of the one before is gone.
    mutating func scopeChanged(_ model: Model)
    /// Takes in what the shell wants of the pane that it concerns.
    mutating func receive(_ message: PaneMessage, _ model: Model) -> [Reaction]
    /// The account in view in another view that is chosen by its key.
    func scope(for target: View, _ model: Model) -> Account.ID?
    /// What is read wherever the person is.
    /// - Parameter isResting: Whether nobody has looked for a long time: then only what costs no call.
    func backgroundQueries(isResting: Bool) -> [DataQuery]
    /// The row that is open over the list.
    var openRow: OpenRow? { get }
    /// Opens a row, whether or not the list holds it.
    mutating func open(_ row: OpenRow)
    mutating func closeRow()
    /// The text of its list's filter; empty without one.
    var filterText: String { get }
    /// Narrows its list to what this filter lets pass, with the cursor on the first row; empty for the whole list.
    mutating func narrow(to filter: String, sortedBy order: SortOrder?, _ model: Model)
    /// How the person has its list sorted; nil in the list's own order.
    var listOrder: SortOrder? { get }
    /// What its list shows, for a saved view; nil where it has no list.
    func savedContent(_ model: Model) -> SavedContent?
    /// Shows these columns, in this order.
    mutating func show(columns: [String], _ model: Model)
    /// The columns that can be shown.
    func columnNames(_ model: Model) -> [String]
    /// What makes another count of its rows possible: as long as it is equal, each saved view counts as many.
    func countStamp(_ model: Model) -> CountStamp?
    /// Counts the rows that a saved view has among those read so far; nil before there are any.
    func counting(_ view: SavedView, _ model: Model) -> ViewCounting?
    /// What is read so that its rows can be counted.
    func countedQueries(_ model: Model) -> [DataQuery]
    /// Closes whatever is open, as another view was chosen by its key.
    mutating func reset()
    /// A row that is open, or was, for the list of earlier places.
    func words(for row: OpenRow, _ model: Model) -> String?
    /// Says how large the pane is, before keys and drawing.
    mutating func layout(_ area: PaneArea)
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool)
    /// Draws ahead the rows in view and `ahead` before and after them; drawing gives the same picture without it.
    mutating func prepare(in area: PaneArea, _ model: Model, ahead: Int)
    /// Whether it wants a place for what is on the cursor beside its list.
    var wantsDetail: Bool { get }
    /// What the person chose of how it is shown.
    var choices: ViewChoices { get set }
    /// Whether something visible counts seconds.
    func wantsTicks(_ model: Model) -> Bool
    /// Its keys.
    static var bindings: [Binding<Self>] { get }
    func help(_ model: Model) -> [KeyHelp]
    /// Of its keys those that the footer names: all, or what can act at this place.
    func hints(_ model: Model, all: Bool) -> [Hint]
    /// Whether a key must wait until what it acts on is there: the list as the person has asked for it, or the row.
    func waits(_ key: Key, _ model: Model) -> Bool
    /// What a key that waits waits for.
    var awaitedWords: String { get }
    /// Puts the cursor on what is drawn in line `line` of its place, from 0 on.
    /// - Returns: Whether it was there before; nil when there is nothing to be on.
    mutating func point(atLine line: Int) -> Bool?
    /// What its lists want done elsewhere since this was asked last.
    mutating func takeEffects() -> [Effect]
    /// Whether a list is being arranged elsewhere, or details are being read for it that nobody asked for.
    var isArranging: Bool { get }
    /// What it says of itself in linear mode.
    func summary(_ model: Model) -> PaneSummary
    /// The columns that its filter knows.
    func filterColumns(_ model: Model) -> [FilterColumn]
    /// What is wrong with what the person is typing, for the message line.
    var caution: String? { get }
    /// What its keys act on, in few words: the row on the cursor, or what is open.
    func subject(_ model: Model) -> String?
    /// Why nothing can be copied just now, or nil when something can.
    func copyRefusal(_ model: Model) -> String?
    /// Of what ``copies(_:)`` copies, in few words.
    func copied(_ model: Model) -> String
    /// What can be copied of what its keys act on.
    func copies(_ model: Model) -> [CopyOffer]
    /// Whether plain letters are text just now and not commands.
    var isTyping: Bool { get }
    /// What keys do while letters are text, for the footer.
    var typingHelp: [KeyHelp] { get }
    /// The listing's age and failure, for header and message line.
    func freshness(_ model: Model) -> Freshness
    /// How many rows are marked: `3 marked`; empty without marks.
    var marks: String { get }
    /// Where the cursor is in the list: `3 of 1,500`.
    var position: String? { get }
    /// The customer, or reseller, that what is open or on the cursor names; nil where it names none.
    func namedAccount(_ model: Model) -> Account.ID?
    /// What `w` watches: the order, subscription or customer that is open or on the cursor.
    func watchable(_ model: Model) -> WatchedRow?
    /// Why what is on the cursor is in its state, for the message line at rest; nil where that is as usual.
    func reason(_ model: Model) -> String?
    /// Words for the breadcrumb after the account in view, for example an order number.
    var crumb: String? { get }
}

/// The pane of a view, made once for each dashboard.
protocol ViewPane: Pane {
    init()
    /// Its place among the views.
    static var view: View { get }
}

extension Pane {
    static var actions: [KeyAction] { bindings.map(\.row) }
    mutating func receive(_ message: PaneMessage, _ model: Model) -> [Reaction] { [] }
    mutating func advance(_ event: Event, _ model: Model) -> [Reaction] { [] }
    mutating func stopReadingRest(_ model: Model) -> [Reaction]? { nil }
    func scope(for target: View, _ model: Model) -> Account.ID? { model.scope }
    func backgroundQueries(isResting: Bool) -> [DataQuery] { [] }
    var openRow: OpenRow? { nil }
    mutating func open(_ row: OpenRow) {}
    mutating func closeRow() {}
    var filterText: String { "" }
    mutating func narrow(to filter: String, sortedBy order: SortOrder?, _ model: Model) {}
    var listOrder: SortOrder? { nil }
    func savedContent(_ model: Model) -> SavedContent? { nil }
    mutating func show(columns: [String], _ model: Model) {}
    func columnNames(_ model: Model) -> [String] { [] }
    func countStamp(_ model: Model) -> CountStamp? { nil }
    func counting(_ view: SavedView, _ model: Model) -> ViewCounting? { nil }
    func countedQueries(_ model: Model) -> [DataQuery] { [] }
    mutating func reset() { closeRow() }
    func words(for row: OpenRow, _ model: Model) -> String? { nil }
    mutating func prepare(in area: PaneArea, _ model: Model, ahead: Int) {}
    func wantsTicks(_ model: Model) -> Bool { false }
    var wantsDetail: Bool { true }
    var choices: ViewChoices {
        get { ViewChoices() }
        set {}
    }
    func help(_ model: Model) -> [KeyHelp] { Self.bindings.help(for: self, model) }
    func hints(_ model: Model, all: Bool) -> [Hint] {
        Self.bindings.hints(for: self, model, all: all)
    }
    var isTyping: Bool { false }
    static var filterHelp: [KeyHelp] {
        [
            KeyHelp("Enter", "keep the filter", "keep"), KeyHelp("Esc", "clear the filter", "clear"),
            KeyHelp("Down", "keep it and go to the list", "to the list"),
        ]
    }
    var typingHelp: [KeyHelp] { Self.filterHelp }
    var crumb: String? { nil }
    var marks: String { "" }
    var position: String? { nil }
    func namedAccount(_ model: Model) -> Account.ID? { nil }
    func watchable(_ model: Model) -> WatchedRow? { nil }
    func reason(_ model: Model) -> String? { nil }
    func settledQueries(_ model: Model) -> [DataQuery] { [] }
    func rowDetails(_ model: Model) -> RowDetails { RowDetails() }
    mutating func scopeChanged(_ model: Model) {}
    func waits(_ key: Key, _ model: Model) -> Bool { false }
    var awaitedWords: String { "the list" }
    mutating func point(atLine line: Int) -> Bool? { nil }
    mutating func takeEffects() -> [Effect] { [] }
    var isArranging: Bool { false }
    func copied(_ model: Model) -> String { subject(model) ?? "" }
    var caution: String? { nil }
    func filterColumns(_ model: Model) -> [FilterColumn] { [] }
}

/// When what is on screen was read, and what goes on about it.
struct Freshness: Equatable {
    var readAt: Instant?
    var isLoading = false
    var failure: MarketplaceError?
    /// What a read waits for before it is sent.
    var waiting: Waiting?

    init<Value>(_ snapshot: Snapshot<Value>) {
        waiting = snapshot.waiting
        readAt = snapshot.readAt
        isLoading = snapshot.isLoading
        failure = snapshot.failure
    }
}

/// The places a view may draw in: a list, and beside it what is selected, when the window is wide enough.
struct PaneArea: Equatable {
    var main: Rect
    /// Nil when only one fits, or only one is wanted.
    var detail: Rect?
    /// Whether both would fit.
    var fitsDetail: Bool

    init(main: Rect, detail: Rect? = nil, fitsDetail: Bool? = nil) {
        self.main = main
        self.detail = detail
        self.fitsDetail = fitsDetail ?? (detail != nil)
    }

    /// Both and the line between them.
    var whole: Rect {
        detail.map { Rect(x: main.x, y: main.y, width: $0.maxX - main.x, height: main.height) } ?? main
    }
}

extension Model {
    /// On the way to a new order: its product comes first.
    var choosingProduct: [Reaction] {
        let key = keymap.name(of: .order)
        return [.open(.catalog), .say(Notice(.info, "Choose a product, then press \(key) again to order it."))]
    }
}
