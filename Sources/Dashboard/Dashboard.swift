import Marketplace
import Screen

/// The whole dashboard as a value. Events go in, effects come out, drawing only reads. It routes; panes decide.
public struct Dashboard {
    var view = View.accounts
    var model: Model
    var home = HomePane()
    var accounts = AccountsPane()
    var subscriptions = SubscriptionsPane()
    var orders = OrdersPane()
    var catalog = CatalogPane()
    var users = UsersPane()
    var journal = JournalPane()
    var flow: WriteFlow?
    /// A change of marked rows, while it is in front.
    var bulk: BulkFlow?
    var help: HelpOverlay?
    var finder: Finder?
    /// The request log, while it lies over the view.
    var log: RequestsPane?
    /// The list of drafts, while it is open.
    var draftList: DraftList?
    /// What can be copied, while that is chosen.
    var copyMenu: CopyMenu?
    /// Forms that are kept, newest first.
    var drafts: [FormDraft] = []
    /// What orders of this session should have made of subscriptions.
    var expectations = Expectations()
    var notice: Notice?
    var size: Size
    /// Whether keys go to the tree at the left of a wide window.
    var treeHasFocus = false
    /// The layers that Esc takes off, the last one first.
    var history: [Layer] = []
    /// Where the person has been, to go back and forward.
    var trail: Trail
    var watched = Watchlist()
    var awaited = AwaitedAnswers()
    var rowDetailsAsked: [DataQuery] = []
    private(set) var attention = Attention()
    /// Whether something else came into view since ``settle()``.
    private var mustAskAgain = false
    var interruptIsArmed = false
    /// Keys that wait until a list shows what the person asked of it.
    var waiting: [Key] = []
    var lastKey: Key?
    /// What was told in the message line when the latest key came.
    var noticeBefore: Notice?

    /// - Parameters:
    ///   - isLinear: Whether the screens are told line by line and not drawn: then only what is told is read.
    ///   - numbers: Proposes the PO numbers of this session.
    public init(
        profile: ProfileSummary, keymap: Keymap = .standard, size: Size, isLinear: Bool = false, now: Instant,
        numbers: PONumbers = PONumbers()
    ) {
        model = Model(profile: profile, keymap: keymap, isLinear: isLinear, numbers: numbers)
        model.now = now
        self.size = size
        trail = Trail(at: Place(view: view))
        relayout()
    }

    /// What to do at the start, before the first event.
    public mutating func start() -> [Effect] { synchronise(again: true) }

    /// Takes an event in, with all that comes of it.
    public mutating func update(_ event: Event) -> [Effect] { change(event) + settle() }

    /// Whether something visible counts seconds, so that the time must come once a second.
    public var wantsTicks: Bool {
        if model.isLinear || isResting { return false }
        if let flow { return flow.wantsTicks }
        if let bulk { return bulk.wantsTicks }
        if pane.freshness(model).waiting != nil { return true }
        return log == nil && view == .orders && orders.countsSeconds(model)
    }

    /// Whether nothing is read because nobody looks. A write that is begun goes on.
    private var isResting: Bool { attention.isResting && !isWriting }

    /// Whether everything that is shown is there: no answer is awaited, however slow the marketplace is.
    public var isAtRest: Bool {
        awaited.isEmpty && waiting.isEmpty && finder?.isFound != false && flow?.isAwaiting != true
            && bulk?.isAwaiting != true && !pane.isArranging
    }

    /// Whether a review is in front, on which no key may count that was typed before its picture was there.
    public var isReviewing: Bool { flow?.isReviewed == true || bulk?.stage == .review }

    /// Takes an event in, so that it can be drawn. What is to be read for it comes of ``settle()``, which may wait until
    /// the picture is drawn and several events are in.
    public mutating func change(_ event: Event) -> [Effect] {
        var effects = model.learn(from: event)
        awaited.note(event)
        // Functions here and not properties of the dashboard, of which each would copy the whole for itself.
        func inView() -> InView {
            InView(
                view: view, hasLog: log != nil, scope: model.scope, form: flow?.draftID,
                isChoosing: flow?.form.isChoosing == true, bulk: bulk?.draftID)
        }
        func rests() -> Bool { attention.isResting && flow == nil && bulk == nil }
        let before = inView()
        switch event {
        case .time: break
        case .focused(let isFocused):
            attention.focus(isFocused, now: model.now)
            if isFocused { effects += run(toFlow(event) + toBulk(event)) }
        case .resumed:
            // They wait for a list that was on screen before.
            waiting = []
            effects += run(toFlow(event) + toBulk(event))
        case .typeAheadDropped:
            notice = Notice(
                .warning, "What was typed before this was on screen was dropped. Nothing of it was used.")
        case .resized(let latest): size = latest
        case .drafts(let kept): offer(kept)
        case .draftsLost(let reason): notice = Notice(.warning, reason)
        case .readOnly:
            notice = Notice(
                .warning, "The configuration says read-only since now: nothing more is sent with this profile.")
        case .key(let key): effects += run(take(key))
        case .found(let findings): effects += run(receive(findings))
        case .copied(let offer, let copied): notice = offer.notice(copied)
        case .estimated, .validated, .dryRan, .sent: effects += run(toFlow(event) + toBulk(event))
        default:
            effects += run(broadcast(event))
            effects += run(expectations.receive(event, model))
            effects += toFinder(event)
        }
        effects += takeWaitingKeys()
        let wasResting = rests()
        effects += attention.settle(now: model.now)
        trail.come(to: Trail.Stop(place: here, layers: history))
        relayout()
        let latest = model
        effects += flow?.questions(latest) ?? []
        effects += bulk?.advance(latest) ?? []
        effects += takeListEffects()
        remember(effects)
        mustAskAgain = mustAskAgain || before != inView() || (wasResting && !rests())
        return effects
    }

    /// What is to be read, and no longer to be read, after the changes since this was asked last.
    public mutating func settle() -> [Effect] {
        defer { mustAskAgain = false }
        return synchronise(again: mustAskAgain)
    }

    /// What asks for things to be read: another pane, form or choice has to be told what is known already.
    private struct InView: Equatable {
        var view: View
        var hasLog: Bool
        var scope: Account.ID?
        var form: String?
        var isChoosing: Bool
        var bulk: String?
    }

    var focusedQueries: [DataQuery] {
        pane.queries(model) + pane.settledQueries(model)
    }

    // MARK: What is read

    /// Watches what is looked at and nothing else. After a change of place everything is asked for anew, so that each
    /// pane gets what is known at once.
    mutating func synchronise(again: Bool) -> [Effect] {
        var needed = Watchlist()
        if isResting {
            // What is on screen stays as it is until somebody looks.
        } else if let flow {
            needed.add(flow.queries(model), whenSettled: false)
            needed.add(flow.settledQueries(model), whenSettled: true)
        } else if let bulk {
            needed.add(bulkQueries(bulk), whenSettled: false)
        } else if let log {
            needed.add(log.queries(model), whenSettled: false)
        } else {
            let shown = pane(of: view)
            needed.add(shown.queries(model), whenSettled: false)
            if hasTree, view != .accounts { needed.add(accounts.queries(model), whenSettled: false) }
            needed.add(shown.settledQueries(model), whenSettled: true)
        }
        // Kept on this disk: it costs no call, and an outcome that nobody knows is told wherever the person looks.
        needed.add([.journal], whenSettled: false)
        if let finder { needed.add(finder.queries(ownPlaces), whenSettled: true) }
        if !attention.isResting {
            needed.add(orders.following.map { .followedOrder($0) }, whenSettled: false)
            needed.add(expectations.requests, whenSettled: false)
        }
        var effects = needed.effects(since: watched, again: again)
        watched = needed
        awaited.note(effects)
        let isRead = !isWriting && log == nil && !model.isLinear && !isResting
        let rowDetails = isRead ? pane(of: view).rowDetails(model) : []
        if rowDetails != rowDetailsAsked {
            rowDetailsAsked = rowDetails
            if !rowDetails.isEmpty { effects.append(.want(rowDetails)) }
        }
        return effects
    }
}
