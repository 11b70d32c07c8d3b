import Marketplace
import Screen

/// What lies over the view: a form, the request log, help and so on. Overlays are one stack (``Overlays``): the topmost
/// is drawn last and takes the keys, and Esc takes exactly that one off. Whatever the shell asks of what is in front
/// (keys, footer, help, title, message, data), it asks the stack, so that no two answers can come from different layers.
///
/// `below` is the dashboard as it is beneath the overlay, without it and those above it.
protocol Overlay {
    /// How much of the screen it takes.
    var extent: OverlayExtent { get }
    /// Which key tables have a say.
    var keyPlace: KeyPlace { get }
    /// A pane of its own, which takes keys as the views' panes do, those of every view among them; nil for an overlay
    /// that takes every key itself.
    var pane: (any Pane)? { get }
    /// Whether it keeps a key for itself that otherwise means the same everywhere.
    func claims(_ key: Key) -> Bool
    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction]
    /// Takes in an answer, or another event that is not a key.
    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction]
    /// Asked after every event: what it wants done since it was asked last.
    mutating func advance(_ model: Model) -> [Effect]
    /// `^C`, which ends what is under way; nil where there is nothing to end.
    mutating func interrupt() -> Notice?
    /// What there is to do and to say as it is taken off.
    func leave(_ model: Model) -> [Reaction]

    mutating func layout(in bands: Bands, _ model: Model)
    /// Draws ahead what stays as it is from one picture to the next.
    /// - Parameter ahead: Rows of a list before and after those in view.
    mutating func prepare(in bands: Bands, _ model: Model, ahead: Int)
    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard)
    /// The footer's keys; nil for those of its pane.
    func hints(_ model: Model, all: Bool) -> [Hint]?
    /// Its keys, for help; nil for those of its pane.
    func helpSection(_ model: Model) -> HelpOverlay.Section?
    /// Its name for the breadcrumb, help and the terminal's window.
    var crumb: String? { get }
    /// The account that what it names is about.
    func account(_ model: Model) -> Account.ID?
    /// What the tab band shows in place of the views: the steps and the state of a write.
    func band(_ model: Model) -> WriteBand?
    /// The message line's text, where it is always its own; nil for the latest notice.
    func message(over below: Dashboard) -> Notice?
    /// Whether ``message(over:)`` is not nil: then notices wait until the overlay is taken off.
    var hasOwnMessage: Bool { get }
    /// What the message line says when nothing happened, of a page that has no marketplace behind it: then the header has
    /// no age of its rows either. Nil for all others.
    var standing: Notice? { get }
    /// Whether the message line says how the reading of what lies below goes.
    var reportsReading: Bool { get }
    /// The place of the cursor, at the end of the message line.
    /// - Parameter below: The dashboard without the overlay.
    func position(_ below: String) -> String
    /// What it says of itself in linear mode.
    func sentences(over below: Dashboard) -> [Sentence]

    /// What must be kept up to date while it is in front. A page is read in place of the view, a popup beside it.
    func queries(_ model: Model) -> [DataQuery]
    /// The same, once the cursor or typing rests.
    func settledQueries(over below: Dashboard) -> [DataQuery]
    /// Of these what a person waits for, so that Esc takes it back when no answer comes.
    func awaitedQueries(_ model: Model) -> [DataQuery]
    /// Whether questions to the marketplace may be on their way whose answers are awaited here.
    var asksQuestions: Bool { get }
    /// Its reads of these queries were taken back.
    mutating func stopWaiting(for queries: [DataQuery])
    /// Changes whenever it must be given anew what is read already.
    var readingID: String { get }
    /// Whether an answer to something asked here is awaited.
    var isAwaiting: Bool { get }
    /// Whether seconds count on the screen.
    var wantsTicks: Bool { get }
    /// Whether the wheel moves its cursor.
    var takesWheel: Bool { get }
    /// Whether a change of the marketplace is being prepared or sent here. There is one such overlay at most; the one
    /// before it is kept as a draft.
    var isWriting: Bool { get }
    /// Whether it asks for a confirmation, which no key may give that was typed before its picture was there.
    var isReview: Bool { get }
}

/// How much of the screen an overlay takes.
enum OverlayExtent: Equatable {
    /// A box over what lies below, which stays in sight.
    case box
    /// The whole body. What lies below is read on.
    case popup
    /// The whole body, in place of the view: nothing below is read.
    case page
}

extension Overlay {
    var keyPlace: KeyPlace { .text }
    var pane: (any Pane)? { nil }
    func claims(_ key: Key) -> Bool { false }
    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] { [] }
    mutating func advance(_ model: Model) -> [Effect] { [] }
    mutating func interrupt() -> Notice? { nil }
    func leave(_ model: Model) -> [Reaction] { [] }
    mutating func layout(in bands: Bands, _ model: Model) {}
    mutating func prepare(in bands: Bands, _ model: Model, ahead: Int) {}
    var crumb: String? { nil }
    func account(_ model: Model) -> Account.ID? { nil }
    func band(_ model: Model) -> WriteBand? { nil }
    func message(over below: Dashboard) -> Notice? { nil }
    var hasOwnMessage: Bool { false }
    var standing: Notice? { nil }
    var reportsReading: Bool { true }
    func position(_ below: String) -> String { below }
    func queries(_ model: Model) -> [DataQuery] { [] }
    func settledQueries(over below: Dashboard) -> [DataQuery] { [] }
    func awaitedQueries(_ model: Model) -> [DataQuery] { [] }
    var asksQuestions: Bool { false }
    mutating func stopWaiting(for queries: [DataQuery]) {}
    var readingID: String { "" }
    var isAwaiting: Bool { false }
    var wantsTicks: Bool { false }
    var takesWheel: Bool { true }
    var isWriting: Bool { false }
    var isReview: Bool { false }
}

/// The overlays that are open, the topmost last: a stack, one of each type at most.
struct Overlays {
    private(set) var stack: [any Overlay] = []
    /// Writes that the person left before their outcome was known.
    var departed = DepartedWrites()

    var top: (any Overlay)? { stack.last }
    var isEmpty: Bool { stack.isEmpty }
    var isWriting: Bool { stack.contains { $0.isWriting } }
    /// The topmost that takes the place of the view.
    var page: (any Overlay)? { stack.last { $0.extent == .page } }
    var coversView: Bool { stack.contains { $0.extent != .box } }
    var crumb: String? { stack.lazy.reversed().compactMap(\.crumb).first }
    func account(_ model: Model) -> Account.ID? { stack.last { $0.crumb != nil }?.account(model) }
    func band(_ model: Model) -> WriteBand? { stack.lazy.reversed().compactMap { $0.band(model) }.first }

    func first<T: Overlay>(_: T.Type) -> T? { stack.lazy.compactMap { $0 as? T }.first }

    /// Opens it on top of all others. One of its type that is open already goes; so does one that writes, for another.
    mutating func open<T: Overlay>(_ overlay: T) {
        if overlay.isWriting { departed.keep(stack) }
        stack.removeAll { $0 is T || (overlay.isWriting && $0.isWriting) }
        stack.append(overlay)
    }

    mutating func close() { departed.keep([stack.removeLast()]) }

    /// Takes off the form, review or bulk change that is open, whatever lies over it.
    mutating func closeWriting() {
        departed.keep(stack)
        stack.removeAll { $0.isWriting }
    }

    /// Takes off what another place has no use for: all but what writes, which ends by its own keys and answers.
    mutating func closeForTravel() { stack.removeAll { !$0.isWriting } }

    /// Takes off the one at `place` and all above it, and returns them.
    mutating func lift(from place: Int) -> [any Overlay] {
        defer { stack.removeSubrange(place...) }
        return Array(stack[place...])
    }

    /// Puts back what was lifted.
    mutating func putBack(_ lifted: [any Overlay]) { stack += lifted }
}
