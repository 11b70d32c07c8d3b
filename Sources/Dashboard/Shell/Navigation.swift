import Marketplace
import Rows

/// Where a person is or was: a view, the account in view, and the row that is open over the list.
struct Place: Hashable, Sendable {
    var view: View
    var scope: Account.ID?
    var opened: OpenRow?
    /// The customer whose card lies over it.
    var card: Account.ID?
    /// Whether what changed lies over it.
    var hasChanges = false
}

/// The id of a row that is open over its list; what kind of row is its pane's affair.
struct OpenRow: Hashable, Sendable {
    private let id: any Hashable & Sendable

    init(_ id: some Hashable & Sendable) { self.id = id }

    func id<ID>(as _: ID.Type) -> ID? { id as? ID }

    static func == (left: OpenRow, right: OpenRow) -> Bool { left.id.isSame(as: right.id) }
    func hash(into hasher: inout Hasher) { id.hash(into: &hasher) }
}

extension Equatable {
    fileprivate func isSame(as other: Any) -> Bool { self == other as? Self }
}

/// The history of one session: the places that a person has been to, to go back and forward among them as a browser
/// does, and at each the way that Esc leads back. Going somewhere from an earlier place forgets those after it.
struct Navigation {
    /// One step that Esc takes back.
    struct Step: Equatable, Sendable {
        /// Where the person came from.
        var from: Place
        /// The row that was opened by the step: Esc on it leads back, and not to the list that it lies over.
        var landing: OpenRow?
        /// The filter that the step set: Esc leads back as long as it stands as it was set.
        var narrowing: Narrowing?
    }

    /// The filter of a list that a step set, and the one that it took the place of.
    struct Narrowing: Equatable, Sendable {
        var view: View
        var filter: String
        var order: SortOrder?
        var filterBefore: String
        var orderBefore: SortOrder?
        /// The columns that it set, in their order; empty where it set none.
        var columns: [String] = []
        /// How the view was shown before, where it did.
        var choicesBefore: ViewChoices?
    }

    struct Stop: Equatable {
        var place: Place
        /// The steps that lead back from here, the last one first to go.
        var steps: [Step]
    }

    static let limit = 100

    private(set) var stops: [Stop]
    /// Where the person is among them.
    private(set) var index = 0
    /// The view in front. The place of the current stop follows with ``arrive(at:)``.
    var view: View
    /// The steps that Esc takes back from here.
    var steps: [Step] = []

    init(at view: View) {
        self.view = view
        stops = [Stop(place: Place(view: view), steps: [])]
    }

    var here: Place { stops[index].place }
    var canGoBack: Bool { index > 0 }
    var canGoForward: Bool { index + 1 < stops.count }

    /// The person is at `place`, however it came there.
    mutating func arrive(at place: Place) {
        guard place != here else {
            stops[index].steps = steps
            return
        }
        stops.removeSubrange((index + 1)...)
        stops.append(Stop(place: place, steps: steps))
        if stops.count > Self.limit { stops.removeFirst() }
        index = stops.count - 1
    }

    mutating func back() -> Stop? {
        guard canGoBack else { return nil }
        index -= 1
        return stops[index]
    }

    mutating func forward() -> Stop? {
        guard canGoForward else { return nil }
        index += 1
        return stops[index]
    }

    /// The stop before the person came to this view.
    var lastView: Stop? { stops[..<index].last { $0.place.view != here.view } }

    /// The stop at an earlier place, the latest one.
    func stop(at place: Place) -> Stop? { stops.last { $0.place == place } }

    /// The latest places, each once, without the one where the person is.
    func latest(_ count: Int) -> [Place] {
        var seen: Set<Place> = [here]
        var latest: [Place] = []
        for stop in stops.reversed() where latest.count < count {
            if seen.insert(stop.place).inserted { latest.append(stop.place) }
        }
        return latest
    }
}
