import Marketplace
import Screen

/// One view of the dashboard: its keys, its state and its picture.
protocol Pane {
    /// What must be kept up to date while this pane is looked at.
    func requests(_ known: Known) -> [Request]
    /// What must be kept up to date once the cursor rests: a cursor that passes by costs no call.
    func settledRequests(_ known: Known) -> [Request]
    /// What is nice to know of the rows in view, read once each at a polite pace.
    func wishes(_ known: Known) -> [Request]
    mutating func update(_ event: Event, _ known: Known) -> [Reaction]
    /// Another account is in view, or all: what was shown of the one before is gone.
    mutating func accountChanged(_ known: Known)
    /// Says how much room the pane has, before keys and drawing.
    mutating func layout(_ room: Room)
    func draw(on canvas: inout Canvas, in room: Room, _ known: Known, focused: Bool)
    /// Its keys.
    static var bindings: [Binding<Looking<Self>>] { get }
    func help(_ known: Known) -> [KeyHelp]
    /// Of its keys those that the footer names: all, or what can act at this place.
    func hints(_ known: Known, all: Bool) -> [Hint]
    /// Whether a key must wait until its list shows what the person has asked of it.
    func waits(_ key: Key) -> Bool
    /// Puts the cursor on what is drawn in line `line` of its place, from 0 on.
    /// - Returns: Whether it was there before; nil when there is nothing to be on.
    mutating func point(atLine line: Int) -> Bool?
    /// What its lists want done elsewhere since this was asked last.
    mutating func takeEffects() -> [Effect]
    /// Whether a list is being arranged elsewhere.
    var isArranging: Bool { get }
    /// What it says of itself in linear mode.
    func spoken(_ known: Known) -> Spoken
    /// The columns that its filter knows.
    func filterColumns(_ known: Known) -> [FilterColumn]
    /// What is wrong with what the person is typing, for the message line.
    var caution: String? { get }
    /// What its keys act on, in few words: the row on the cursor, or what is open.
    func subject(_ known: Known) -> String?
    /// Why nothing can be copied just now, or nil when something can.
    func copyRefusal(_ known: Known) -> String?
    /// Of what ``copies(_:)`` copies, in few words.
    func copied(_ known: Known) -> String
    /// What can be copied of what its keys act on.
    func copies(_ known: Known) -> [CopyOffer]
    /// Whether plain letters are text just now and not commands.
    var isTyping: Bool { get }
    /// What keys do while letters are text, for the footer.
    var typingHelp: [KeyHelp] { get }
    /// The listing's age and failure, for header and message line.
    func freshness(_ known: Known) -> Freshness
    /// Where the cursor is in the list: `3 of 1,500`.
    var position: String? { get }
    /// Words for the breadcrumb after the account in view, for example an order number.
    var crumb: String? { get }
}

extension Pane {
    func help(_ known: Known) -> [KeyHelp] { Self.bindings.help(for: Looking(pane: self, known: known)) }
    func hints(_ known: Known, all: Bool) -> [Hint] {
        Self.bindings.hints(for: Looking(pane: self, known: known), all: all)
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
    var position: String? { nil }
    func settledRequests(_ known: Known) -> [Request] { [] }
    func wishes(_ known: Known) -> [Request] { [] }
    mutating func accountChanged(_ known: Known) {}
    func waits(_ key: Key) -> Bool { false }
    mutating func point(atLine line: Int) -> Bool? { nil }
    mutating func takeEffects() -> [Effect] { [] }
    var isArranging: Bool { false }
    func copied(_ known: Known) -> String { subject(known) ?? "" }
    var caution: String? { nil }
    func filterColumns(_ known: Known) -> [FilterColumn] { [] }
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
struct Room: Equatable {
    var main: Rect
    /// Nil when there is only room for one.
    var detail: Rect?

    /// Both and the line between them.
    var whole: Rect {
        detail.map { Rect(x: main.x, y: main.y, width: $0.maxX - main.x, height: main.height) } ?? main
    }
}

/// What a pane's keys act on: the pane and what is known around it.
struct Looking<P> {
    var pane: P
    var known: Known
}

extension Looking {
    /// On the way to a new order: its product comes first.
    var choosingProduct: [Reaction] {
        let key = known.keymap.name(of: .order)
        return [.open(.catalog), .say(Notice(.info, "Choose a product, then press \(key) again to order it."))]
    }
}
