import Marketplace

/// Details that are being read one by one because a filter, an order or marks look into them.
struct RestReading: Equatable, Sendable {
    /// What is still to be read.
    private(set) var left: Set<DataQuery>
    /// How many there were at the beginning.
    let inAll: Int
    /// Whether nobody asked for it, because calls are not limited.
    let isUnasked: Bool
    /// Whether it is for the list as a whole, and not for a filter or an order that looks into it.
    let isOfAll: Bool
    /// Counts the filters and orders of the list; see ``RowList/asked``.
    var asked: Int
    /// Details that came since the rows were arranged with them, and when that was.
    private var news = 0
    private var arrangedAt: Moment

    init(_ queries: [DataQuery], isUnasked: Bool, isOfAll: Bool = false, asked: Int, at moment: Moment) {
        left = Set(queries)
        inAll = left.count
        self.isUnasked = isUnasked
        self.isOfAll = isOfAll
        self.asked = asked
        arrangedAt = moment
    }

    var read: Int { inAll - left.count }
    var isOver: Bool { left.isEmpty }

    enum Outcome: Equatable {
        /// Not one of these, or not answered yet.
        case nothing
        case read
        case failed(MarketplaceError)
    }

    mutating func take(_ answer: Answer) -> Outcome {
        guard !answer.isLoading, left.contains(answer.query) else { return .nothing }
        if let failure = answer.failure, !answer.hasValue {
            // What has gone meanwhile stops nothing.
            guard case .notFound = failure else { return .failed(failure) }
        }
        left.remove(answer.query)
        news += 1
        return .read
    }

    /// Whether the rows are to be arranged with what came: at the end, and before it once a second or for each sixteenth
    /// part, so that a list of any length is arranged a few times and not with every detail.
    mutating func isDue(at moment: Moment) -> Bool {
        let isTime = news >= max(32, inAll / 16) || moment.seconds(since: arrangedAt) >= 1
        guard news > 0, isOver || isTime else { return false }
        (news, arrangedAt) = (0, moment)
        return true
    }
}

/// Rows that were marked all together while some were not read that may match too.
struct MarkGap: Equatable, Sendable {
    /// The filter and order they were marked under; see ``RowList/asked``.
    var asked: Int
    /// How many were not read; once they were, how many of them match.
    var unread: Int
    /// Whether they were since then.
    var isRead = false
}

extension RowList {
    /// Whether it depends on values that are not read what passes, or where it stands.
    var isPartlyRead: Bool { !shown.unread.isEmpty }

    /// Rows that were not read and may pass too.
    var unreadMatches: Int { shown.doubtfulCount }

    /// Lines between the list's head and its rows that say what is not read.
    var linesAbove: Int {
        if isEmpty { return 0 }
        return rest.map { $0.isUnasked ? 0 : 1 } ?? (isPartlyRead ? 1 : 0)
    }

    /// Ends the reading of details that goes on for this list.
    mutating func stopReadingRest() {
        guard rest != nil else { return }
        rest = nil
        post(.stopReadingRest(of: name))
    }

    /// Marks that were made over a partial answer are known to be whole, or not, when all of it is read.
    mutating func closeMarkGap() {
        guard let gap = markGap, !gap.isRead, gap.asked == asked, !isWaiting, unreadMatches == 0, !marks.isWaiting
        else {
            return
        }
        let more = unmarkedCount
        markGap = more == 0 ? nil : MarkGap(asked: asked, unread: more, isRead: true)
    }

    /// How many of the rows shown are not marked.
    var unmarkedCount: Int { (0..<min(count, Self.mostCompared)).count { !marks.holds($0, of: shown) } }

    /// Rows that are looked at for a mark at most: more are never changed at one go.
    private static var mostCompared: Int { 4000 }
}

extension Budget {
    /// Whether calls may be made without asking the person.
    var isUnlimited: Bool { perMinute == nil && perDay == nil && paused == nil }

    /// What so many calls for details cost: `1,464 calls, 33 min`. A quarter of the minute is kept for what is on screen.
    func cost(of calls: Int) -> String {
        var words = counted(calls, "call")
        if let perMinute {
            let minutes = (calls + callsAhead(perMinute) - 1) / callsAhead(perMinute)
            words += ", \(spokenDuration(seconds: Double(minutes) * 60))"
        }
        if let perDay, calls > perDay - usedToday { words += ", \(grouped(max(0, perDay - usedToday))) left today" }
        return words
    }

    private func callsAhead(_ perMinute: Int) -> Int { max(1, perMinute - perMinute / 4) }
}

// Whatever list says which details its rows lack can read the rest of them.
extension ListPane {
    /// Details that are kept at most; more are not begun.
    private static var most: Int { DetailAges<Row.ID>.most }

    private func cost(_ calls: Int, _ model: Model) -> String { (model.budget ?? Budget()).cost(of: calls) }

    /// Takes in what was read, and begins to read the rest where calls are not limited.
    mutating func advance(_ event: Event, _ model: Model) -> [Reaction] {
        guard list.isPartlyRead || list.rest != nil else { return [] }
        var reactions: [Reaction] = []
        if var rest = list.rest {
            let outcome = event.answer.map { rest.take($0) } ?? .nothing
            // In linear mode each step would be written.
            let isDue = model.isLinear ? rest.isOver : rest.isDue(at: model.moment)
            list.rest = rest.isOver ? nil : rest
            if case .failed(let error) = outcome { return stop(because: error, model) }
            if isDue {
                list.follow(setting(model))
                if rest.isOver, !rest.isUnasked {
                    reactions.append(.say(Notice(.done, "All is read: \(list.extent).")))
                }
            }
        }
        guard !list.isWaiting else { return reactions }
        return reactions + (list.rest == nil ? readUnasked(model) : checkRest(model))
    }

    private mutating func readUnasked(_ model: Model) -> [Reaction] {
        let count = list.shown.unread.count
        guard count > 0, count != list.triedUnread, list.mayReadUnasked, model.budget?.isUnlimited == true else {
            return []
        }
        list.triedUnread = count
        return begin(list.unread, isUnasked: true, isOfAll: false, model)
    }

    /// Another filter or order may need other details, or none. Those that a person agreed to are read on.
    private mutating func checkRest(_ model: Model) -> [Reaction] {
        guard let rest = list.rest, rest.asked != list.asked else { return [] }
        let asked = list.asked
        list.rest?.asked = asked
        let isCovered = rest.isUnasked || list.unread.compactMap { detail(of: $0) }.allSatisfy(rest.left.contains)
        if isCovered, list.isPartlyRead || rest.isOfAll { return [] }
        list.stopReadingRest()
        return []
    }

    private mutating func begin(
        _ rows: [Row.ID], isUnasked: Bool, isOfAll: Bool, _ model: Model
    ) -> [Reaction] {
        let queries = rows.count > Self.most ? [] : rows.compactMap { detail(of: $0) }
        guard !queries.isEmpty else {
            list.mayReadUnasked = false
            return []
        }
        list.rest = RestReading(queries, isUnasked: isUnasked, isOfAll: isOfAll, asked: list.asked, at: model.moment)
        return [.effect(.readRest(queries, of: list.name))]
    }

    private mutating func stop(because error: MarketplaceError, _ model: Model) -> [Reaction] {
        list.stopReadingRest()
        list.mayReadUnasked = false
        list.follow(setting(model))
        let key = model.keymap.name(of: .readRest)
        return [.say(Notice(.problem, "Stopped reading the rest; \(key) goes on. \(error.message)"))]
    }

    /// Rows come with what is read once a second.
    func wantsTicks(_ model: Model) -> Bool { isReadingRest }
    var isReadingRest: Bool { list.rest?.isUnasked == false }

    // MARK: Keys

    func readRestRefusal(_ model: Model) -> String? {
        if let reason = listRefusal { return reason }
        if list.rest != nil { return "The rest is being read; Esc stops it." }
        if list.isWaiting { return "The list is not ready; wait a moment." }
        let count = list.isPartlyRead ? list.shown.unread.count : list.count
        if count > Self.most { return tooMany(count) }
        return rowsToRead(model).isEmpty ? "All of this list is read." : nil
    }

    /// What the filter or the order looks into; where they look into nothing, every row shown.
    private func rowsToRead(_ model: Model) -> [Row.ID] {
        if list.isPartlyRead { return list.unread }
        return (0..<list.count).map { list.shown.row(at: $0).id }.filter { !isRead($0, model) }
    }

    private func tooMany(_ count: Int) -> String {
        "\(grouped(count)) are too many to read one by one; \(grouped(Self.most)) at most. Narrow the list first by what it "
            + "says itself, such as a status or a customer."
    }

    mutating func readRest(_ model: Model) -> [Reaction] {
        list.mayReadUnasked = true
        return begin(rowsToRead(model), isUnasked: false, isOfAll: !list.isPartlyRead, model)
    }

    /// Esc ends the reading that a person asked for; nil when there is none in the list in front.
    mutating func stopReadingRest(_ model: Model) -> [Reaction]? {
        guard isListed, let rest = list.rest, !rest.isUnasked else { return nil }
        list.stopReadingRest()
        list.follow(setting(model))
        let key = model.keymap.name(of: .readRest)
        return [
            .say(
                Notice(
                    .warning,
                    "Stopped: \(grouped(rest.read)) of \(grouped(rest.inAll)) were read. \(key) reads the others."))
        ]
    }

    mutating func markAll(_ model: Model) -> [Reaction] {
        list.markAll()
        guard let gap = list.markGap else { return [] }
        let (rest, all) = (model.keymap.name(of: .readRest), model.keymap.name(of: .markAll))
        let count = "\(grouped(list.count)) marked, \(grouped(gap.unread)) not read."
        return [.say(Notice(.warning, "\(count) \(rest) reads them, then \(all) marks all."))]
    }

    /// Why marks that were set by `*` over a partial answer are not acted on; nil when they are whole.
    func markGapRefusal(_ model: Model) -> String? {
        guard let gap = list.markGap else { return nil }
        let clear = "\(model.keymap.name(of: .unmark)) clears the marks."
        if gap.isRead {
            let more = gap.asked == list.asked ? list.unmarkedCount : gap.unread
            let all = model.keymap.name(of: .markAll)
            return more == 0 ? nil : "\(grouped(more)) more match than \(all) marked: \(all) marks them, \(clear)"
        }
        guard gap.asked == list.asked else {
            return "\(grouped(list.markCount)) marked while \(grouped(gap.unread)) were not read. \(clear)"
        }
        return "\(grouped(list.markCount)) marked, \(grouped(gap.unread)) not read: "
            + "\(model.keymap.name(of: .readRest)) reads them first; \(clear)"
    }

    // MARK: Words

    /// What the list's head says of it: in a wide one also of how many rows the columns were read that are read row by row.
    func headExtent(_ model: Model, width: Int) -> String {
        let extent = list.extent
        guard width >= 100, !list.isPartlyRead, !list.isNarrowed, list.rest == nil, list.markWords.isEmpty,
            list.snapshot.value?.isComplete == true, let read = readCount(model), read < list.count
        else { return extent }
        let names = columns(model).filter { $0.isSparse && list.isShown($0) }.map(\.name)
        // Money and products are what people look for; in the widths in which they have a place.
        let wanted = [("product", 0), ("rate", 0), ("total", 117), ("margin", 180)].filter { width >= $0.1 }.map(\.0)
        let known = wanted.filter(names.contains)
        let what = (known.isEmpty ? names : known).prefix(2).map { RowList<Row>.title(ofColumn: $0) }
        guard !what.isEmpty else { return extent }
        return "\(extent); \(ExtentWords.read(read, of: what.joined(separator: " and "))), "
            + "\(model.keymap.name(of: .readRest)) reads \(grouped(list.count - read))"
    }

    /// `F reads them: 1,464 calls, 33 min`.
    private func restOffer(_ model: Model) -> String {
        let count = list.shown.unread.count
        if count > Self.most { return "more than \(grouped(Self.most)) cannot be read one by one" }
        if let rest = list.rest { return progress(rest, model) }
        return "\(model.keymap.name(of: .readRest)) reads them: \(cost(count, model))"
    }

    private func progress(_ rest: RestReading, _ model: Model) -> String {
        let time = model.budget?.perMinute == nil ? "" : ", \(cost(rest.left.count, model)) left"
        return "\(grouped(rest.read)) of \(grouped(rest.inAll)) read\(time)"
    }

    /// The line between the head and the rows: what may be missing, and how it is read. Of several the longest that fits.
    func restLine(_ model: Model, width: Int) -> String {
        let count = grouped(list.shown.unread.count)
        if let rest = list.rest {
            let progress = progress(rest, model)
            return [
                "READING THE REST: \(progress)   Esc stops it", "READING: \(progress)  Esc stops",
                "READING: \(grouped(rest.read)) of \(grouped(rest.inAll))  Esc stops",
            ].first { $0.count <= width - 2 } ?? "READING, Esc stops"
        }
        let isWhole = list.shown.unread.count + (list.shown.coverage.first?.rows ?? 0) == list.shown.rows.count
        let what = isWhole ? "the other \(count)" : "\(count) others"
        let effect = list.unreadMatches > 0 ? "may match too" : "stand last, unsorted"
        let (offer, key) = (restOffer(model), model.keymap.name(of: .readRest))
        return [
            "PARTLY READ: \(what) \(effect)   \(offer)", "PARTLY READ: \(count) \(effect)  \(offer)",
            "PARTLY READ: \(count) not read  \(key) reads them", "PARTLY READ  \(key) reads \(count)",
        ].first { $0.count <= width - 2 } ?? "PARTLY READ  \(key)"
    }

    /// The same for linear mode, where it is said once and not with every step.
    func spokenRest(_ model: Model) -> String {
        guard list.isPartlyRead else { return "" }
        return list.rest == nil ? " \(restSentence(model))" : " The others are being read; Esc stops it."
    }

    /// What an empty list says of what is not read.
    func restSentence(_ model: Model) -> String {
        let count = list.shown.unread.count
        if count > Self.most { return tooMany(count) }
        if let rest = list.rest {
            return "Reading the others: \(progress(rest, model))\(rest.isUnasked ? "." : "; Esc stops it.")"
        }
        let key = model.keymap.name(of: .readRest)
        return "\(key) reads the other \(grouped(count)): about \(cost(count, model)); Esc stops it."
    }
}
