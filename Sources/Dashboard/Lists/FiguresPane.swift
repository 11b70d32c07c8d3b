import Marketplace
import Rows

/// A pane whose figures rest on the details of subscriptions, which are read one by one when the person asks for it.
protocol FiguresPane: Pane {
    /// Those that are being read because the person asked for the rest.
    var rest: RestReading? { get set }
    /// Under which they are read.
    static var restName: ListName { get }
    /// What the figures lack, in the order in which it is read; nil before anything can be said of it.
    var missingDetails: [Subscription.ID]? { get }
}

extension FiguresPane {
    /// Takes in what was read.
    /// - Parameter what: Of the subscriptions, for the sentence that says when all is read: `The money of`.
    mutating func takeRest(_ event: Event, _ what: String, _ model: Model) -> [Reaction] {
        guard var reading = rest, let answer = event.answer else { return [] }
        let outcome = reading.take(answer)
        rest = reading.isOver ? nil : reading
        if case .failed(let error) = outcome {
            rest = nil
            let key = model.keymap.name(of: .readRest)
            let words = "Stopped reading the rest; \(key) goes on. \(error.message)"
            return [.effect(.stopReadingRest(of: Self.restName)), .say(Notice(.problem, words))]
        }
        guard rest == nil else { return [] }
        return [.say(Notice(.done, "\(what) \(counted(reading.inAll, "more subscription")) is read."))]
    }

    /// - Parameter whole: What is said where nothing is missing.
    func restRefusal(_ whole: String) -> String? {
        if rest != nil { return "The rest is being read; Esc stops it." }
        guard let missing = missingDetails else { return "Subscriptions are not read yet." }
        return missing.isEmpty ? whole : nil
    }

    mutating func beginRest(_ model: Model) -> [Reaction] {
        // What is kept of details has its limit: the first of very many.
        let queries = (missingDetails ?? []).prefix(DetailAges<Subscription.ID>.most / 2)
            .map { DataQuery.subscription($0) }
        guard !queries.isEmpty else { return [] }
        rest = RestReading(queries, isUnasked: false, isOfAll: true, asked: 0, at: model.moment)
        return [.effect(.readRest(queries, of: Self.restName))]
    }

    mutating func endRest(_ model: Model) -> [Reaction]? {
        guard let reading = rest else { return nil }
        rest = nil
        let key = model.keymap.name(of: .readRest)
        let words = "Stopped: \(grouped(reading.read)) of \(grouped(reading.inAll)) were read. \(key) reads the others."
        return [.effect(.stopReadingRest(of: Self.restName)), .say(Notice(.warning, words))]
    }

    /// `F reads the rest: 320 calls, 6 min`, or how far that has come.
    func restWords(_ model: Model) -> String {
        let budget = model.budget ?? Budget()
        if let rest {
            let time = model.budget?.perMinute == nil ? "" : ", \(budget.cost(of: rest.left.count)) left"
            return "READING \(grouped(rest.read)) of \(grouped(rest.inAll))\(time); Esc stops"
        }
        return "\(model.keymap.name(of: .readRest)) reads the rest: \(budget.cost(of: missingDetails?.count ?? 0))"
    }
}
