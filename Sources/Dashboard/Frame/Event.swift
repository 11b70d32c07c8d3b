import Marketplace
import Rows
import Screen

/// Everything that can happen to the dashboard. Answers carry what they are about, so that a late one finds its place
/// or falls through.
public enum Event: Sendable {
    case key(Key)
    case resized(Size)
    /// Whether somebody looks at the terminal, where it tells.
    case focused(Bool)
    /// The program goes on after a stop, or after its terminal took no pictures for a while.
    case resumed
    /// Keys were dropped that were typed when nothing of this was on screen.
    case typeAheadDropped
    /// The time now; comes before other events of a turn, and once a second while something visible is counting.
    case time(Instant)
    /// The time now, when the time of day has stepped, or when the marketplace's clock turns out to be elsewhere.
    case clocks(ClockOffsets, now: Instant)
    case accounts(AccountQuery, Snapshot<Listing<Account>>)
    case account(AccountKey, Snapshot<Account>)
    case subscriptions(SubscriptionQuery, Snapshot<Listing<Subscription>>)
    case subscription(Subscription.ID, Snapshot<SubscriptionDetail>)
    case orders(OrderQuery, Snapshot<Listing<Order>>)
    case order(Order.ID, Snapshot<Order>)
    case products(ProductQuery, Snapshot<Listing<Product>>)
    /// The calls that may be made, whenever they change.
    case budget(Budget)
    /// How far the background index has come, whenever that changes.
    case index(IndexProgress)
    case overview(Snapshot<Overview>)
    case plan(Plan.ID, Snapshot<PlanDetail>)
    /// The request log, oldest first, whenever it changed while it is looked at.
    case requestLog([LoggedExchange])
    /// What was found for the text of go-to.
    case found(Findings)
    /// Who holds subscriptions with what a filter of accounts asks for.
    case foundTenants(TenantHolders)
    case estimated(OrderDraft, Result<Estimate, MarketplaceError>)
    case validated(SalesOrder, Result<[ParameterVerdict], MarketplaceError>)
    case dryRan(WriteIntent, Result<DryRun, MarketplaceError>)
    /// What estimates, validations and dry runs on their way wait for; nil for nothing.
    case asking(Waiting?)
    case sent(WriteIntent, WriteEnding)
    /// Every write of this profile, newest first, whenever that changes.
    case journal([JournalEntry])
    case journalUnreadable(String)
    /// The writes without a known outcome were looked up; how many there still are.
    case lookedUp(stillUnknown: Int)
    case copied(CopyOffer, Copied)
    /// Where a file was written.
    case exported(Result<String, ExportProblem>)
    /// Rows of a long list, filtered and sorted.
    case arranged(ListResult)
    /// The forms that an earlier session kept; comes once, at the start.
    case drafts([FormDraft])
    /// Drafts that outlast the program from now on, however it ends.
    case draftsKept(Set<FormDraft.ID>)
    /// The configuration says since now that nothing may be written with this profile.
    case readOnly
    /// Drafts cannot be kept or read; the reason as a sentence.
    case draftsLost(String)
}

/// Something read from the marketplace and kept up to date while it is looked at.
public enum DataQuery: Hashable, Sendable {
    case accounts(AccountQuery)
    case account(AccountKey)
    case subscriptions(SubscriptionQuery)
    case subscription(Subscription.ID)
    case orders(OrderQuery)
    case order(Order.ID)
    /// An order polled until it ends.
    case followedOrder(Order.ID)
    case products(ProductQuery)
    case plan(Plan.ID)
    /// What needs a person now.
    case overview
    /// What was sent and answered. Kept in memory, and no call at the marketplace.
    case requestLog
    /// Every write of this profile. Kept on this disk, and no call at the marketplace.
    case journal
}

/// Why a file was not written.
public struct ExportProblem: Error, Equatable, Sendable {
    /// What happened and what to do.
    public var message: String

    public init(message: String) { self.message = message }
}

/// What the dashboard wants done outside itself. Plain values: comparing them is the whole test.
public enum Effect: Equatable, Sendable {
    /// Keep this up to date and send each state of it as an event. `whenSettled` waits a moment first, so that a
    /// cursor that passes by costs no call.
    case watch(DataQuery, whenSettled: Bool)
    case unwatch(DataQuery)
    /// Read again now, past the cache.
    case refresh(DataQuery)
    /// Wait no longer for the answer; what was read before stays.
    case stopReading(DataQuery)
    /// Read these once each, at the marketplace's pace; replaces what was wanted before.
    case want([DataQuery])
    /// Filter and sort a long list; replaces the job of the same slot before it.
    case arrange(ListJob)
    /// Free these elsewhere.
    case discard(Discarded)
    /// Look for a text among what is known; nothing is asked for it. Replaces what was looked for before.
    case find(String)
    /// Look for tenant ids and domains among the details that are known; nothing is asked for it. Replaces the search
    /// before.
    case findTenants(TenantSearch)
    /// Price an order without placing it; waits a moment for typing to settle.
    case estimate(OrderDraft)
    case validate(SalesOrder)
    /// Ask the marketplace all that can be known of it, without changing anything.
    case dryRun(WriteIntent)
    /// Wait no longer for estimates, validations and dry runs; each ends as stopped. Never stops what changes something.
    case stopAsking
    /// Send it through the write gate, once, if all is still as the person agreed to. `group` is common to the rows of
    /// a bulk change.
    case send(WriteIntent, agreed: DryRun, group: String? = nil)
    /// Keep it in place of the draft with its id.
    case saveDraft(FormDraft)
    case dropDraft(FormDraft.ID)
    /// Ask now what became of the writes that nobody answered for.
    case settle
    /// Write a file that is not there yet, for its owner alone. `name` is a wish, without a folder.
    case export(name: String, text: String)
    /// Write what a support desk asks for into a new file, without secrets and personal data.
    case supportBundle
    /// Put it on the clipboard of the person at the terminal.
    case copy(CopyOffer)
    /// Throw away keys typed before the screen that this turn draws was seen.
    case dropTypeAhead
    /// Whether reading ahead is to rest, because nobody looks.
    case rest(Bool)
    case redraw
    case suspend
    case quit
}

/// What a pane answers an event with: an effect for the outside, or something for the frame around the panes.
enum Reaction: Equatable {
    case effect(Effect)
    case open(Destination)
    case say(Notice)
    /// The key means nothing here.
    case unused(Key)
    /// Take the topmost overlay off.
    case close
    /// Do what this key of the tables does, as if it was pressed.
    case press(Key)
    /// To what was chosen in go-to.
    case go(to: FoundPlace)
    /// For the pane that it concerns.
    case message(PaneMessage)
}

/// A place the frame can go to.
enum Destination: Equatable {
    case subscriptions(of: Account.ID?)
    case orders(of: Account.ID?)
    case subscription(Subscription.ID)
    case order(Order.ID)
    /// A new order of this product, for the account in view when it is a customer.
    case newOrder(Product)
    /// A form, and what stands in it at first.
    case form(FormKind, [String: String])
    /// A change of all these subscriptions.
    case bulk(BulkAct, [Subscription])
    /// An account in the tree.
    case account(Account.ID)
    /// The forms that are kept.
    case drafts
    /// One of them.
    case draft(FormDraft)
    case catalog
    /// What a write was about.
    case subject(JournalEntry.Subject, of: Account.ID?)
    /// The marketplace took this write: to what it made or changed.
    case taken(WriteIntent, WriteResult)
    /// Nobody can say what became of this write: to where one can see it.
    case whereToLook(WriteIntent)
    /// What became of a write is known now: to what it made or changed.
    case settled(JournalEntry.Subject, of: Account.ID?)
    /// Every write of this profile.
    case journal
    /// Close the form and go back to what was before.
    case back
    case help
    /// All that can be done with what is selected.
    case actions
    /// The box that goes to anything.
    case goTo
}

/// A line of text for the person, shown until the next one.
struct Notice: Equatable, Sendable {
    enum Kind: Equatable, Sendable { case info, done, warning, problem }

    var kind: Kind
    var text: String

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
