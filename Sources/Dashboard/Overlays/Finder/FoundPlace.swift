import Marketplace
import Screen

/// A place that go-to found among everything read so far.
public struct FoundPlace: Equatable, Sendable {
    /// How well it fits, the best first.
    enum Rank: Int, Comparable, Sendable {
        /// The id, number or MPN itself.
        case exact
        /// The text begins so.
        case beginning
        /// Every word typed begins a word of the text.
        case wordBeginnings
        case within

        static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
    }

    enum Target: Hashable, Sendable {
        case earlier(Place)
        case view(View)
        /// The service plans.
        case plans
        /// An action of the view one comes from, and the key that runs it, as the tables have it.
        case action(ActionName, Key)
        /// A form that is begun.
        case draft(FormDraft.ID)
        case account(Account.ID)
        /// The catalogue's rows of one MPN of one vendor.
        case product(mpn: String, vendor: String)
        case subscription(Subscription.ID, of: Account.ID)
        case order(Order.ID, of: Account.ID)

        /// Its word in the first column; kinds of equal rank stand in this order.
        var kind: (order: Int, word: String) {
            switch self {
            case .earlier: (0, "before")
            case .view: (1, "view")
            case .plans: (2, "list")
            case .action: (2, "action")
            case .draft: (3, "draft")
            case .account: (4, "account")
            case .product: (5, "product")
            case .subscription: (6, "subscription")
            case .order: (7, "order")
            }
        }
    }

    var target: Target
    var title: String
    /// What distinguishes it from others of its name.
    var detail = ""
    var rank: Rank
    /// Why one cannot go there now.
    var unavailable: String?

    /// The account that comes into view with it.
    var account: Account.ID? {
        switch target {
        case .account(let id), .subscription(_, let id), .order(_, let id): id
        case .earlier, .view, .plans, .action, .draft, .product: nil
        }
    }

    /// Whether it is a place of the program itself.
    var isOwn: Bool {
        switch target {
        case .view, .plans, .action, .draft: true
        case .earlier, .account, .product, .subscription, .order: false
        }
    }

    /// Best first; the same for the same text, so that Enter means what was seen.
    static func precedes(_ left: FoundPlace, _ right: FoundPlace) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        if left.target.kind.order != right.target.kind.order { return left.target.kind.order < right.target.kind.order }
        if left.title != right.title { return left.title < right.title }
        return left.detail < right.detail
    }
}

/// What fits a text, and the accounts that one needs to know to go there.
public struct SearchResults: Equatable, Sendable {
    public var text = ""
    public var places: [FoundPlace] = []
    public var accounts: [Account] = []
    /// Whether every customer, and the whole catalogue, were looked through.
    public var hasAllCustomers = false
    public var hasCatalogue = false
    public var hasAllResellers = false
    /// Whether every order and every subscription was looked through.
    public var hasAllNumbers = false
    /// Of how many subscriptions the tenant ids and domains were looked through; nil where the text can be neither.
    public var coverage: DetailCoverage?
    /// Of how many orders the PO numbers were looked through; nil where no list of orders was read.
    public var orderCoverage: DetailCoverage?
}
