import Marketplace
import Rows
import Screen

/// Everything that can happen to the dashboard. Answers carry what they are about, so that a late one finds its place
/// or falls through.
public enum Event: Sendable {
    case key(Key)
    /// The next key comes so soon after the one before that it repeats, or none has come for ``KeyRepeat/pause``.
    case keysRepeat(Bool)
    case resized(Size)
    /// Whether the terminal has the focus, where it reports that.
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
    case overview(OverviewQuery, Snapshot<Overview>)
    case plans(PlanQuery, Snapshot<Listing<Plan>>)
    case plan(Plan.ID, Snapshot<PlanDetail>)
    case reports(ReportQuery, Snapshot<Listing<Report>>)
    case report(Report.ID, Snapshot<Report>)
    /// How far a report's file has come that is being saved.
    case download(DownloadRequest, Download)
    /// The csv file at this path as a table.
    case table(path: String, Result<CSVTable, ExportProblem>)
    /// The request log, oldest first, whenever it changed while it is looked at.
    case requestLog([LoggedExchange])
    /// What the details come to that were read, whenever that changed while it is looked at.
    case charges(ReadCharges)
    /// What was found for the text of go-to.
    case found(SearchResults)
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
    /// The writes of unknown outcome were looked up; how many there still are.
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
    /// What an earlier session chose of how the views are shown; comes once, at the start.
    case choices(Choices)
    /// What earlier sessions and other programs watch; comes once, at the start.
    case watched(WatchList)
    /// Until when an earlier session saw the marketplace, by its clock; comes once, at the start.
    case lastSession(Instant)
    /// That time cannot be kept or read; the reason as sentences.
    case sessionLost(String)
    /// What is watched cannot be kept or read; the reason as sentences.
    case watchLost(String)
    /// The saved views as they are kept now, and what came of a change; comes at the start, and when they were asked for.
    case savedViews(SavedViewReport)
    /// Drafts cannot be kept or read; the reason as a sentence.
    case draftsLost(String)
    /// How far the test of a new profile has come.
    case setup(SetupReport)
    /// Why a new profile could not be stored, as sentences.
    case setupRefused(String)
}

/// Why a file was not written.
public struct ExportProblem: Error, Equatable, Sendable {
    /// What happened and what to do.
    public var message: String

    public init(message: String) { self.message = message }
}
