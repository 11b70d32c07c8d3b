import Marketplace
import Rows

/// What a pane says about its list whenever the rows may have to be arranged anew.
struct ListSetting<Row: Identifiable & Sendable> where Row.ID: Sendable {
    var columns: [ListColumn<Row>]
    /// What every row must meet, whatever the person types.
    var scope: [FilterTerm] = []
    /// The column whose rows come first when they begin with the words typed.
    var leads: String?
    /// The column whose rows of equal value are asked for.
    var grouped: String?
    /// The order of the list as long as the person has chosen none; nil for the order in which the rows came.
    var ownOrder: SortOrder?
    var accountsVersion: Int
    var sparseVersion: Int
    /// Changes with what the ranks of rows depend on.
    var rankVersion: Int
    var now: Moment
    var today: CalendarDate
    var zone: Zone
    var offsets: ClockOffsets

    init(
        _ columns: [ListColumn<Row>], scope: [FilterTerm] = [], leads: String? = nil, grouped: String? = nil,
        ownOrder: SortOrder? = nil, _ model: Model
    ) {
        self.columns = columns
        self.scope = scope
        self.leads = leads
        self.grouped = grouped
        self.ownOrder = ownOrder
        accountsVersion = model.accounts.version
        sparseVersion = model.detailsVersion
        today = model.today
        rankVersion = Int(today.daysSince1970)
        now = model.moment
        zone = model.zone
        offsets = model.offsets
    }
}
