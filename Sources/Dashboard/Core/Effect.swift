import Marketplace
import Rows

/// What the dashboard has done outside itself. Plain values: comparing them is the whole test. Each kind has an
/// interpreter of its own.
public enum Effect: Equatable, Sendable {
    case client(ClientEffect)
    case terminal(TerminalEffect)
    /// Only where there is no profile yet.
    case setup(SetupEffect)
}

/// What is done beside the screen: by the client, in files, with long lists. The answers are events.
public enum ClientEffect: Equatable, Sendable {
    /// Keep this up to date and send each state of it as an event. `whenSettled` waits a moment first, so that a
    /// cursor that passes by costs no call.
    case watch(DataQuery, whenSettled: Bool)
    case unwatch(DataQuery)
    /// Read again now, past the cache.
    case refresh(DataQuery)
    /// Wait no longer for the answer; what was read before stays.
    case stopReading(DataQuery)
    /// Read these once each, at the marketplace's pace; replaces what was wanted before. What was read before
    /// `readSince`, a time of day, is read again.
    case want([DataQuery], readSince: Instant?)
    /// Read these details one after the other, at the pace of what is not on screen; replaces what was read so for the
    /// list before.
    case readRest([DataQuery], of: ListName)
    case stopReadingRest(of: ListName)
    /// Whether reading ahead is to rest, because nobody looks.
    case rest(Bool)
    /// Filter and sort a long list; replaces the job of the same slot before it.
    case arrange(ListJob)
    /// Free these elsewhere.
    case discard(Discarded)
    /// Search the lists in memory for a text; nothing is asked for it. Replaces the search before.
    case find(String)
    /// Search the details in memory for tenant ids and domains; nothing is asked for it. Replaces the search before.
    case findTenants(TenantSearch)
    /// Price an order without placing it; waits a moment for typing to settle.
    case estimate(OrderDraft)
    case validate(SalesOrder)
    /// Ask the marketplace for everything about it, without changing anything.
    case dryRun(WriteIntent)
    /// Wait no longer for estimates, validations and dry runs; each ends as stopped. Never stops what changes something.
    case stopAsking
    /// Send it through the write gate, once, if all is still as the person agreed to. `group` is common to the rows of
    /// a bulk change.
    case send(WriteIntent, agreed: DryRun, group: String? = nil)
    /// Keep it in place of the draft with its id.
    case saveDraft(FormDraft)
    case dropDraft(FormDraft.ID)
    /// Keep how the views are shown for the next session.
    case saveChoices(Choices)
    /// Keep the change of what the person watches.
    case saveWatch(WatchList.Edit)
    /// Read the saved views again: another program may have changed them.
    case readViews
    /// Keep the change of the saved views.
    case saveView(SavedViewEdit)
    /// Keep until when the person saw the marketplace in this session, by its clock.
    case saveSession(Instant)
    /// Ask now what became of the writes without an answer.
    case settle
    /// Write a file that is not there yet, for its owner alone. `name` is a proposal, without a folder.
    case export(name: String, text: String)
    /// Write what a support desk asks for into a new file, without secrets and personal data.
    case supportBundle
}

/// What the terminal does, at once.
public enum TerminalEffect: Equatable, Sendable {
    /// Put it on the clipboard of the person at the terminal.
    case copy(CopyOffer)
    /// Throw away keys typed before the screen that this turn draws was seen.
    case dropTypeAhead
    /// Ring the bell, and show a note on the desktop of whoever is at the terminal, as the settings have it.
    case alert(String)
    case redraw
    case suspend
    case quit
}

// Panes name an effect without saying who runs it.
extension Effect {
    static func watch(_ query: DataQuery, whenSettled: Bool) -> Effect {
        .client(.watch(query, whenSettled: whenSettled))
    }
    static func unwatch(_ query: DataQuery) -> Effect { .client(.unwatch(query)) }
    static func refresh(_ query: DataQuery) -> Effect { .client(.refresh(query)) }
    static func stopReading(_ query: DataQuery) -> Effect { .client(.stopReading(query)) }
    static func want(_ queries: [DataQuery], readSince: Instant?) -> Effect {
        .client(.want(queries, readSince: readSince))
    }
    static func readRest(_ queries: [DataQuery], of list: ListName) -> Effect {
        .client(.readRest(queries, of: list))
    }
    static func stopReadingRest(of list: ListName) -> Effect { .client(.stopReadingRest(of: list)) }
    static func rest(_ rests: Bool) -> Effect { .client(.rest(rests)) }
    static func arrange(_ job: ListJob) -> Effect { .client(.arrange(job)) }
    static func discard(_ discarded: Discarded) -> Effect { .client(.discard(discarded)) }
    static func find(_ text: String) -> Effect { .client(.find(text)) }
    static func findTenants(_ search: TenantSearch) -> Effect { .client(.findTenants(search)) }
    static func estimate(_ order: OrderDraft) -> Effect { .client(.estimate(order)) }
    static func validate(_ order: SalesOrder) -> Effect { .client(.validate(order)) }
    static func dryRun(_ intent: WriteIntent) -> Effect { .client(.dryRun(intent)) }
    static var stopAsking: Effect { .client(.stopAsking) }
    static func send(_ intent: WriteIntent, agreed: DryRun, group: String? = nil) -> Effect {
        .client(.send(intent, agreed: agreed, group: group))
    }
    static func saveDraft(_ draft: FormDraft) -> Effect { .client(.saveDraft(draft)) }
    static func dropDraft(_ id: FormDraft.ID) -> Effect { .client(.dropDraft(id)) }
    static func saveChoices(_ choices: Choices) -> Effect { .client(.saveChoices(choices)) }
    static func saveWatch(_ edit: WatchList.Edit) -> Effect { .client(.saveWatch(edit)) }
    static var readViews: Effect { .client(.readViews) }
    static func saveView(_ edit: SavedViewEdit) -> Effect { .client(.saveView(edit)) }
    static func saveSession(_ seen: Instant) -> Effect { .client(.saveSession(seen)) }
    static var settle: Effect { .client(.settle) }
    static func export(name: String, text: String) -> Effect { .client(.export(name: name, text: text)) }
    static var supportBundle: Effect { .client(.supportBundle) }

    static func copy(_ offer: CopyOffer) -> Effect { .terminal(.copy(offer)) }
    static var dropTypeAhead: Effect { .terminal(.dropTypeAhead) }
    static func alert(_ text: String) -> Effect { .terminal(.alert(text)) }
    static var redraw: Effect { .terminal(.redraw) }
    static var suspend: Effect { .terminal(.suspend) }
    static var quit: Effect { .terminal(.quit) }
}
