import Marketplace
import Rows
import Screen

/// What a pane answers an event with: an effect for the outside, or something for the frame around the panes.
enum Reaction: Equatable {
    case effect(Effect)
    case open(Destination)
    case say(Notice)
    /// What keys waited for will not come.
    case dropWaitingKeys
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
    case watch(WatchList.Edit)
}

/// A place the frame can go to.
enum Destination: Equatable {
    case subscriptions(of: Account.ID?)
    case orders(of: Account.ID?)
    /// The list of a view with a filter set; Esc there leads back, and takes the filter away.
    case list(View, filter: String, sortedBy: String?)
    /// An account in the tree.
    case tree(Account.ID)
    case subscription(Subscription.ID)
    case order(Order.ID)
    /// A new order of this product, for the account in view when it is a customer.
    case newOrder(Product)
    /// The same of what runs elsewhere.
    case migration(Product)
    /// A form, and its first values.
    case form(FormKind, [String: String])
    /// A change of all these subscriptions.
    case bulk(BulkAct, [Subscription])
    /// The forms that are kept.
    case drafts
    /// The rows that the person watches.
    case watched
    /// One of them.
    case draft(FormDraft)
    /// What a number of units would cost; nothing is written.
    case costs(CostSubject)
    /// The service plans, as they are opened from there.
    case plans(from: PlansPane.Origin)
    /// The list of a saved view, unless it cannot be opened.
    case savedView(SavedView)
    case catalog
    /// The catalogue, to order for this customer.
    case products(for: Account.ID)
    /// The contacts of an account.
    case people(of: Account.ID, at: AccountContact.ID)
    /// A write in the journal.
    case entry(JournalEntry.ID)
    /// What a write was about.
    case subject(JournalEntry.Subject, of: Account.ID?)
    /// The marketplace took this write: to what it made or changed.
    case taken(WriteIntent, WriteResult)
    /// Nobody can say what became of this write: to where one can see it.
    case whereToLook(WriteIntent)
    /// The outcome of a write was found: to what it made or changed.
    case settled(JournalEntry.Subject, of: Account.ID?)
    /// Every write of this profile.
    case journal
    /// A view, from a write that is left.
    case view(View)
    /// Close the form and go back to what was before.
    case back
    case help
    /// All that can be done with what is selected.
    case actions
    /// The boxes that ask where a report's file is to be saved, with what they begin with.
    case download(Report, DownloadRequest)
    /// A csv file as a table.
    case table(CSVTable, path: String)
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
