import Marketplace
import Screen

/// The whole dashboard as a value. Events go in, effects come out, drawing only reads. It routes: what is decided is
/// decided by the panes of the views and by the overlays over them.
public struct Dashboard {
    /// What all panes and overlays share.
    var model: Model
    var panes = Panes()
    var overlays = Overlays()
    var navigation: Navigation
    var reading = Reading()
    /// What the message line says until the next key.
    var notice: Notice?
    /// What it said when the latest key came.
    var noticeBefore: Notice?
    var size: Size
    /// Keys that wait until a list shows what the person asked of it.
    var waiting: [Key] = []
    var lastKey: Key?
    /// What the person chose of how the views are shown, as it is kept.
    var choices = Choices()
    var interruptIsArmed = false
    /// The card that was left last for what one of its lines names.
    var lastCard: CustomerCardPage?
    /// What changed, as it was left last.
    var lastChanges: ChangesPage?
    /// Until when the person has seen the marketplace.
    var seen = SeenTime()

    /// - Parameters:
    ///   - isLinear: Whether linear mode replaces drawing: then only what it writes is read.
    ///   - zone: In which times are shown, unless UTC is asked for.
    ///   - numbers: Proposes the PO numbers of this session.
    public init(
        profile: ProfileSummary, keymap: Keymap = .standard, size: Size, isLinear: Bool = false, now: Instant,
        zone: Zone = .utc, numbers: PONumbers = PONumbers()
    ) {
        self.init(
            profile: profile, keymap: keymap, size: size, isLinear: isLinear, now: now, zone: zone, numbers: numbers,
            at: .home)
    }

    /// - Parameter view: The first screen.
    init(
        profile: ProfileSummary, keymap: Keymap = .standard, size: Size, isLinear: Bool = false, now: Instant,
        zone: Zone = .utc, numbers: PONumbers = PONumbers(), at view: View
    ) {
        navigation = Navigation(at: view)
        model = Model(profile: profile, keymap: keymap, isLinear: isLinear, zone: zone, numbers: numbers)
        model.now = now
        self.size = size
        layout()
    }

    /// What to do at the start, before the first event.
    public mutating func start() -> [Effect] {
        reading.mustAskAgain = true
        return settle()
    }

    /// Takes an event in, with all that comes of it.
    public mutating func update(_ event: Event) -> [Effect] { change(event) + settle() }

    /// Takes an event in, so that it can be drawn. What is to be read for it comes of ``settle()``, which may wait until
    /// the picture is drawn and several events are in.
    public mutating func change(_ event: Event) -> [Effect] {
        if case .keysRepeat(let repeats) = event {
            model.holdsPreview = repeats && showsPreview
            return []
        }
        let (before, rested) = (inView, isResting)
        var effects = model.receive(event) + watch(event)
        reading.note(event, model)
        seen.note(event, model)
        switch event {
        case .time, .clocks, .asking: break
        case .key(let key): effects += run(take(key))
        case .resized(let latest): size = latest
        case .focused(let isFocused):
            reading.attention.focus(isFocused, now: model.moment)
            effects += broadcast(event)
        case .resumed:
            // They wait for a list that was on screen before.
            waiting = []
            effects += broadcast(event)
        case .typeAheadDropped:
            notice = Notice(
                .warning, "Keys typed before this page was drawn were dropped.")
        case .readOnly:
            notice = Notice(
                .warning, "The profile is read-only now: nothing more is sent.")
        case .drafts(let kept): notice = model.notice(ofDrafts: kept) ?? notice
        case .draftsKept: notice = model.notice(ofKeeping: notice)
        case .draftsLost(let reason), .watchLost(let reason): notice = Notice(.warning, reason)
        case .watched(let kept): model.watched = kept
        case .lastSession(let time): model.lastSession = model.lastSession ?? time
        case .sessionLost(let reason):
            if !model.isSessionLost { notice = Notice(.warning, reason) }
            model.isSessionLost = true
        case .savedViews(let report):
            take(report)
            effects += broadcast(event)
        case .choices(let kept): take(kept)
        case .copied(let offer, let copied): notice = offer.notice(copied)
        default:
            effects += broadcast(event)
        }
        effects += countSavedViews(event)
        model.view = view
        effects += run(panes.advance(event, model))
        effects += takeWaitingKeys()
        effects += reading.attention.settle(now: model.moment)
        navigation.arrive(at: here)
        layout()
        effects += advanceOverlays() + panes.takeEffects() + acknowledgeOpenRow()
        model.keep(effects)
        if case .key = event {
            effects += keepChoices()
            if model.profile.owner != nil { effects += seen.save(isLeaving: effects.contains(.quit)) }
        }
        if before != inView || (rested && !isResting) { reading.mustAskAgain = true }
        return effects
    }

    /// An answer goes to every pane and overlay: each takes what it asked for and lets the rest pass.
    private mutating func broadcast(_ event: Event) -> [Effect] { run(panes.update(event, model) + toOverlays(event)) }

    /// A message goes to the model and to every pane.
    mutating func send(_ message: PaneMessage) -> [Effect] {
        model.receive(message)
        return run(panes.receive(message, model))
    }

    mutating func run(_ reactions: [Reaction]) -> [Effect] {
        var effects: [Effect] = []
        for reaction in reactions {
            switch reaction {
            case .effect(let effect): effects.append(effect)
            case .say(let latest): notice = latest
            case .dropWaitingKeys: waiting = []
            case .unused(let key): notice = unusedNotice(key)
            case .open(let destination): effects += open(destination)
            case .go(let place): effects += go(to: place)
            case .message(let message): effects += send(message)
            case .watch(let edit):
                model.watched.apply(edit)
                effects.append(.saveWatch(edit))
            case .close: effects += closeTop()
            case .press(let key):
                (notice, lastKey) = (nil, key)
                effects += run(perform(key))
            }
        }
        return effects
    }

    // MARK: Layout

    var view: View { navigation.view }
    var bands: Bands { Bands(size) }

    /// The places of the view's pane.
    var area: PaneArea { bands.split(for: view, withDetail: panes[view].wantsDetail) }

    /// Whether something follows the cursor of the list in front.
    private var showsPreview: Bool {
        if let top = overlays.top, top.pane == nil { return false }
        let pane = pane
        return pane.openRow == nil && bands.split(for: view, withDetail: pane.wantsDetail).detail != nil
    }

    /// Whether the preview waits until no key repeats: then it is to be told when that is over.
    public var holdsPreview: Bool { model.holdsPreview }

    /// The pane that keys go to.
    var pane: any Pane { overlays.top?.pane ?? overlays.page?.pane ?? panes[view] }

    private mutating func layout() {
        panes.layout(area)
        layoutOverlays()
    }

    // MARK: What is read

    /// What is to be read, and no longer to be read, after the changes since this was asked last.
    public mutating func settle() -> [Effect] {
        // In linear mode a list says only what its rows have; a page says everything.
        let details = isResting ? RowDetails() : (overlays.page?.pane ?? panes[view]).rowDetails(model)
        let isRead = overlays.page == nil ? !model.isLinear || details.isOfOpened : overlays.page?.pane != nil
        return reading.synchronise(
            needed, details: isRead ? details : RowDetails(),
            asksQuestions: overlays.isWriting || overlays.stack.contains { $0.asksQuestions })
    }

    /// What is looked at and nothing else.
    private var needed: Watchlist {
        var needed = Watchlist()
        // While nobody looks, what is on screen stays as it is.
        if !isResting {
            for (place, overlay) in overlays.stack.enumerated().reversed() {
                needed.add(overlay.queries(model), whenSettled: false)
                needed.add(overlay.settledQueries(over: below(place)), whenSettled: true)
                if overlay.extent == .page { break }
            }
            if overlays.page == nil {
                needed.add(panes[view].queries(model), whenSettled: false)
                needed.add(panes[view].settledQueries(model), whenSettled: true)
            }
        }
        if !isResting { needed.add(countedQueries, whenSettled: false) }
        needed.add(panes.backgroundQueries(isResting: reading.attention.isResting), whenSettled: false)
        // Whoever does not look wants to be told of it.
        needed.add(model.watchedQueries, whenSettled: false)
        return needed
    }

    /// What asks for things to be read: another place, form or choice has to be given what is read already.
    private var inView: InView {
        InView(view: view, scope: model.scope, page: overlays.page?.readingID)
    }

    private struct InView: Equatable {
        var view: View
        var scope: Account.ID?
        var page: String?
    }

    /// Whether nothing is read because nobody looks. A write that is begun goes on.
    private var isResting: Bool { reading.attention.isResting && !overlays.isWriting }

    /// What `r` reads again.
    var focusedQueries: [DataQuery] { pane.queries(model) + pane.settledQueries(model) }

    /// Whether something visible counts seconds, so that the time must come once a second.
    public var wantsTicks: Bool {
        if model.isLinear || isResting { return false }
        if wait != nil { return true }
        if overlays.top?.wantsTicks == true { return true }
        if let page = overlays.page, page.pane == nil { return page.wantsTicks }
        if pane.freshness(model).waiting != nil { return true }
        return overlays.page == nil && panes[view].wantsTicks(model)
    }

    /// Whether everything that is shown is there: no answer is awaited, however slow the marketplace is.
    public var isAtRest: Bool {
        reading.isAtRest && waiting.isEmpty && !overlays.stack.contains { $0.isAwaiting } && !pane.isArranging
            && !model.savedViews.isCounting && !overlays.departed.flows.contains { $0.isSending }
    }

    /// Whether a review is in front, on which no key may count that was typed before its picture was there.
    public var isReviewing: Bool { overlays.stack.contains { $0.isReview } }
}
