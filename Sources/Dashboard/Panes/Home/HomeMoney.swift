import FoundationEssentials
import Marketplace
import Rows
import Screen

/// The money at stake as Home and the calendar keep it: counted anew only when the overview or what was read has changed,
/// and long schedules beside the screen.
struct StakeCounting {
    /// Under which it is counted beside the screen.
    private let slot: ListJob.Slot
    private(set) var value: MoneyAtStake?
    private var isOld = true
    /// The version of the charges in `value`, or in the job under way; nil where there is none.
    private var version: Int?
    private var job: JobTicket<MoneyAtStake>?
    private var jobCount = 0
    /// How often it was counted.
    private(set) var counts = 0

    /// Schedules up to this length are counted at once.
    private static let turnsAtOnce = 1000

    init(_ name: ListName = "money at stake") { slot = ListJob.Slot(name, .indexing) }

    mutating func overviewChanged() { isOld = true }

    /// Follows what an event has changed.
    /// - Parameter isShown: Whether its view is in front: nothing is counted for nobody.
    mutating func advance(_ event: Event, _ overview: Overview?, isShown: Bool, _ model: Model) -> [Effect] {
        var effects: [Effect] = []
        if case .arranged(let result) = event, let counted = job?.content(of: result) {
            job = nil
            if let value { effects.append(.discard(Discarded([value]))) }
            value = counted
        }
        return isShown ? effects + count(overview, model) : effects
    }

    private mutating func count(_ overview: Overview?, _ model: Model) -> [Effect] {
        guard isOld || version != model.charges?.version, job == nil else { return [] }
        (isOld, version) = (false, model.charges?.version)
        counts += 1
        guard let overview, let schedule = overview.schedule, let charges = model.charges else {
            value = nil
            return []
        }
        if schedule.turns.count + overview.heldSubscriptions.count <= Self.turnsAtOnce {
            value = MoneyAtStake(of: overview) { charges[$0] }
            return []
        }
        jobCount += 1
        let ticket = JobTicket<MoneyAtStake>(slot, number: jobCount)
        job = ticket
        return [
            .arrange(
                ListJob(ticket) { isCancelled, post in
                    if let counted = MoneyAtStake(of: overview, charges: { charges[$0] }), !isCancelled() {
                        post(counted)
                    }
                })
        ]
    }
}

extension HomePane {
    /// Under which the rest is read.
    static let restName: ListName = "the money at stake"

    mutating func advance(_ event: Event, _ model: Model) -> [Reaction] {
        watch(model.watched)
        if !views.isEmpty || !model.savedViews.all.isEmpty { show(model.homeViewLines) }
        let isShown = model.view == Self.view
        let reactions = stake.advance(event, overview, isShown: isShown, model).map { Reaction.effect($0) }
        return reactions + takeRest(event, "The money of", model)
    }

    /// The words of the coverage count what is being read.
    func wantsTicks(_ model: Model) -> Bool { rest != nil }

    /// More details than these are read only when the person asks.
    private static let mostUnasked = 600

    /// The details that the money lacks, the soonest first.
    func moneyReadUnasked(_ model: Model) -> [DataQuery] {
        guard rest == nil, model.budget?.isUnlimited == true, let stake = stake.value else { return [] }
        let missing = stake.count - stake.read
        guard missing > 0, missing <= Self.mostUnasked else { return [] }
        let inView = Set(rowsInView.map(\.subject))
        return stake.unread.filter {
            !failed.contains($0) && !inView.contains(.subscription($0)) && model.detailAges.isMissing($0, since: nil)
        }.map { .subscription($0) }
    }

    var missingDetails: [Subscription.ID]? { stake.value?.unread }

    mutating func stopReadingRest(_ model: Model) -> [Reaction]? { endRest(model) }

    // MARK: Words

    /// `18,204 EUR  2,310 USD a month` of a lane, with a plus where not all of it was read; empty where nothing was.
    func moneyWords(_ lane: Overview.Lane, width: Int = .max) -> String {
        guard let money = stake.value?[lane] else { return "" }
        let sums = money.sums.map { "\($0.rate.wholeWords)\(money.isComplete ? "" : "+") \($0.currency)" }
        guard let first = sums.first else { return "" }
        let forms = (1...sums.count).reversed().map { shown in
            let more = sums.count - shown
            let rest = more == 0 ? "" : " +\(Self.currencies(more))"
            return sums.prefix(shown).joined(separator: "  ") + rest + " a month"
        }
        return forms.first { $0.utf8.count <= width } ?? first
    }

    private static func currencies(_ count: Int) -> String { count == 1 ? "1 currency" : "\(count) currencies" }

    /// On how much the money rests, until which day it is whole, and what reads the rest. Of several the longest that
    /// fits.
    func coverageWords(_ model: Model, width: Int) -> String {
        guard let stake = stake.value, stake.count > 0 else { return "" }
        let (read, all) = (grouped(stake.read), grouped(stake.count))
        let columns = CalendarColumns(width: width + 2, currencies: stake.currencies)
        let hidden = columns.hidden == 0 || columns.hasCounts ? "" : ", +\(Self.currencies(columns.hidden))"
        let what = "that renew or end within \(RenewalSchedule.daysAhead) days or are on hold"
        guard stake.read < stake.count else {
            let forms = ["Money of all \(all) \(what)\(hidden).", "Money of all \(all) is read\(hidden)."]
            return forms.first { TerminalText.width(of: $0) <= width } ?? "All \(all) are read."
        }
        let day = stake.renewals.firstUnreadDay.map { $0.adding(days: -1) }
        let whole =
            day.map { $0 < model.today ? "" : ", complete to \($0.shortSpoken)" }
            ?? ", complete but for what is on hold"
        let part = "Money read of \(read) of"
        let forms = [
            "\(part) the \(all) \(what)\(whole)\(hidden)", "\(part) the \(all) counted here\(whole)\(hidden)",
            "\(part) \(all)\(whole)\(hidden)", "\(part) \(all)\(whole)", "\(read) of \(all) read\(whole)",
        ]
        let offer = restWords(model)
        return forms.map { "\($0).  \(offer)" }.first { TerminalText.width(of: $0) <= width }
            ?? "\(read) of \(all) read.  \(offer)"
    }
}

extension Decimal {
    /// `18,204`: the nearest whole number, for sums where hundredths say nothing.
    var wholeWords: String {
        let half: Decimal = self < 0 ? -0.5 : 0.5
        let whole = (self + half).cut(fractionDigits: 0)
        return Decimal(string: whole == "-0" ? "0" : whole)?.grouped(fractionDigits: 0) ?? whole
    }
}
