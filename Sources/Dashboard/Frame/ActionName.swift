/// The name of an action for configuration, scripts and sentences that name its key: the same wherever the action means
/// the same. It stays as it is once it was released.
enum ActionName: String, CaseIterable, Sendable {
    case actions
    case addLine = "add-line"
    case addUnits = "add-units"
    case autoRenew = "auto-renew"
    case back
    case cancel
    case changeUnits = "change-units"
    case choose
    case columns
    case confirm
    case contacts
    case copy
    case creditHold = "credit-hold"
    case down
    case drafts
    case duplicate
    case edit
    case editAccount = "edit-account"
    case editContact = "edit-contact"
    case estimate
    case export
    case exportRows = "export-rows"
    case filter
    case first
    case fold
    case goTo = "go-to"
    case guide
    case halfPageDown = "half-page-down"
    case halfPageUp = "half-page-up"
    case help
    case historyBack = "history-back"
    case historyForward = "history-forward"
    case last
    case lastView = "last-view"
    case leaveAtOnce = "leave-at-once"
    case leaveForm = "leave-form"
    case leaveReview = "leave-review"
    case mark
    case markAll = "mark-all"
    case markRange = "mark-range"
    case newAccount = "new-account"
    case newContact = "new-contact"
    case nextPane = "next-pane"
    case nextRow = "next-row"
    case open
    case order
    case pageDown = "page-down"
    case pageUp = "page-up"
    case preview
    case redraw
    case refresh
    case removeContact = "remove-contact"
    case removeLine = "remove-line"
    case renew
    case requestLog = "request-log"
    case review
    case rowBefore = "row-before"
    case scrollReview = "scroll-review"
    case scrollWords = "scroll-words"
    case settle
    case sort
    case sortLeft = "sort-left"
    case sortReverse = "sort-reverse"
    case sortRight = "sort-right"
    case supportBundle = "support-bundle"
    case suspend
    case switchPlan = "switch-plan"
    case takeIn = "take-in"
    case unfold
    case unmark
    case up
    case viewAccounts = "view-accounts"
    case viewCatalog = "view-catalog"
    case viewHome = "view-home"
    case viewJournal = "view-journal"
    case viewOrders = "view-orders"
    case viewSubscriptions = "view-subscriptions"
    case viewUsers = "view-users"
    case withdraw
}

extension View {
    /// The action that goes there.
    var action: ActionName {
        switch self {
        case .home: .viewHome
        case .accounts: .viewAccounts
        case .subscriptions: .viewSubscriptions
        case .orders: .viewOrders
        case .catalog: .viewCatalog
        case .users: .viewUsers
        case .journal: .viewJournal
        }
    }
}
