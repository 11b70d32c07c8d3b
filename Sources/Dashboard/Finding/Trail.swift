import Marketplace

/// Where a person was: a view, the account in view, and what was open over the list.
struct Place: Hashable, Sendable {
    enum Opened: Hashable, Sendable {
        case subscription(Subscription.ID)
        case order(Order.ID)
        case product(Product.ID)
        case entry(JournalEntry.ID)
    }

    var view: View
    var scope: Account.ID?
    var opened: Opened?
}

/// One layer that Esc takes off.
struct Layer: Equatable, Sendable {
    /// Where one came from.
    var place: Place
    /// The row that was opened on the way: Esc on it leads back, and not to the list that it lies over.
    var landing: Place.Opened?
}

/// The places that a person has been to, to go back and forward among them. Going somewhere from an earlier place
/// forgets those after it.
struct Trail {
    /// A place, and the layers that Esc takes off there.
    struct Stop: Equatable {
        var place: Place
        var layers: [Layer]
    }

    static let limit = 100

    private(set) var stops: [Stop]
    /// Where the person is among them.
    private(set) var index = 0

    init(at place: Place) { stops = [Stop(place: place, layers: [])] }

    var here: Place { stops[index].place }
    var canGoBack: Bool { index > 0 }
    var canGoForward: Bool { index + 1 < stops.count }

    /// The person is at `stop`, however it came there.
    mutating func come(to stop: Stop) {
        guard stop.place != here else {
            stops[index].layers = stop.layers
            return
        }
        stops.removeSubrange((index + 1)...)
        stops.append(stop)
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

    /// The latest places, each once, without the one where the person is.
    func latest(_ count: Int) -> [Stop] {
        var seen: Set<Place> = [here]
        var latest: [Stop] = []
        for stop in stops.reversed() where latest.count < count {
            if seen.insert(stop.place).inserted { latest.append(stop) }
        }
        return latest
    }
}
