import Marketplace
import Rows

/// The saved views as the dashboard has them, with how many rows each has.
struct SavedViews {
    /// In the order of the file: the first is v1.
    private(set) var all: [SavedView] = []
    /// Where they are kept; nil where they are kept until the program ends.
    private(set) var place: String?
    /// Why that is so.
    private(set) var note: String?
    private var counts: [SavedView.ID: Counted] = [:]
    /// Whether the list of subscriptions is read, whoever read it, so that having it takes no call.
    var subscriptionsAreRead = false
    /// The lists of accounts that were read to their ends.
    private var completeAccounts: Set<AccountQuery> = []
    private var jobCount = 0

    /// The count of one view.
    private struct Counted {
        var view: SavedView
        var stamp: CountStamp?
        var keys: [RowCounting.Key] = []
        var extent: ListExtent?
        var value: RowCount?
        /// Nil when nothing is being counted.
        var job: JobTicket<RowCount>?
        /// How much of the list was read when the job began.
        var extentOfJob: ListExtent?
    }

    /// Whether a count is under way.
    var isCounting: Bool { counts.values.contains { $0.job != nil } }

    /// - Parameter views: Checked.
    mutating func take(_ views: [SavedView]?, place: String?, note: String?) {
        if let views { all = views }
        (self.place, self.note) = (place, note)
        counts = counts.filter { kept in all.contains { $0.id == kept.key && $0.content == kept.value.view.content } }
    }

    mutating func note(_ query: AccountQuery, _ latest: Snapshot<Listing<Account>>) {
        guard let listing = latest.value, latest.failure == nil else { return }
        if listing.isComplete, listing.problems.isEmpty {
            completeAccounts.insert(query)
        } else {
            completeAccounts.remove(query)
        }
    }

    /// Whether every account is read, so that one that is not there does not exist.
    var accountsAreRead: Bool { completeAccounts.isSuperset(of: [.customers, .resellers]) }

    /// How many rows a view has, and how much of its list that rests on; nil before it was counted.
    func count(of view: SavedView) -> (rows: RowCount, extent: ListExtent)? {
        guard let counted = counts[view.id], let rows = counted.value, let extent = counted.extent else { return nil }
        return (rows, extent)
    }

    // MARK: Counting

    /// Takes in what a job counted.
    mutating func take(_ result: ListResult) {
        for (id, counted) in counts {
            guard let rows = counted.job?.content(of: result) else { continue }
            counts[id]?.value = rows
            counts[id]?.extent = counted.extentOfJob
            counts[id]?.job = nil
        }
    }

    /// Counts anew the views whose rows may be others than when they were counted, each beside the screen, one job of a
    /// view at a time.
    mutating func count(_ panes: Panes, _ model: Model) -> [Effect] {
        var effects: [Effect] = []
        for view in all where model.mayCount(view) && counts[view.id]?.job == nil {
            guard let target = view.target else { continue }
            let pane = panes[target]
            let stamp = pane.countStamp(model)
            var counted = counts[view.id] ?? Counted(view: view)
            guard stamp != counted.stamp else { continue }
            counted.stamp = stamp
            guard let counting = stamp.flatMap({ _ in pane.counting(view, model) }) else {
                (counted.value, counted.keys) = (nil, [])
                counts[view.id] = counted
                continue
            }
            let keys = counting.parts.map(\.key)
            if keys == counted.keys, counted.value != nil {
                counted.extent = counting.extent
            } else {
                jobCount += 1
                let slot = ListJob.Slot(ListName("saved view \(view.name)"), .indexing)
                let ticket = JobTicket<RowCount>(slot, number: jobCount)
                (counted.keys, counted.job, counted.extentOfJob) = (keys, ticket, counting.extent)
                effects.append(.arrange(Self.job(ticket, counting.parts)))
            }
            counts[view.id] = counted
        }
        return effects
    }

    private static func job(_ ticket: JobTicket<RowCount>, _ parts: [RowCounting]) -> ListJob {
        ListJob(ticket) { isCancelled, post in
            var sum = RowCount(rows: 0)
            for part in parts {
                guard let count = part.count(isCancelled: isCancelled) else { return }
                sum = sum + count
            }
            post(sum)
        }
    }
}

extension Model {
    /// Whether lists may be read only to count their rows: where calls are not limited.
    var readsListsUnasked: Bool { budget?.isUnlimited == true }

    /// Why a view cannot be opened here, as a sentence; nil when it can.
    func refusal(of view: SavedView) -> String? {
        if let problem = view.problem { return problem }
        if let profile = view.profile, profile != self.profile.name { return "It belongs to profile \(profile)." }
        guard let account = view.content.account, accounts[account] == nil else { return nil }
        return savedViews.accountsAreRead
            ? "Account \(account) does not exist here, or no longer."
            : "Account \(account) is not read yet."
    }

    /// Whether the lists that are read hold the rows of a view: those of all accounts, or of the one in view.
    func mayCount(_ view: SavedView) -> Bool {
        guard refusal(of: view) == nil else { return false }
        return scope == nil || view.content.account == scope
    }

    /// The account of a view in words.
    func accountWords(of view: SavedView) -> String {
        guard let account = view.content.account else { return "all accounts" }
        return accounts[account] == nil ? "account \(account)" : name(of: account)
    }
}

/// A saved view as Home and the list of them show it.
struct SavedViewLine: Equatable {
    /// From 1.
    var number: Int
    var view: SavedView
    /// `14`, `9+`, `…` before it was counted; a hyphen where it cannot be opened.
    var count: String
    /// On what the count rests, or why there is none.
    var note: String
    var isRefused: Bool
    /// Whether it is sure that no row passes.
    var isEmpty: Bool

    var label: String { "v\(number)" }

    init(_ view: SavedView, number: Int, _ model: Model) {
        self.number = number
        self.view = view
        if let refusal = model.refusal(of: view) {
            (count, note, isRefused, isEmpty) = ("-", refusal, true, false)
            return
        }
        isRefused = false
        guard let (rows, extent) = model.savedViews.count(of: view) else {
            let words = model.mayCount(view) ? "not read yet" : ""
            (count, note, isEmpty) = (model.mayCount(view) ? "…" : "", words, false)
            return
        }
        let isWhole = extent.isComplete && rows.doubtful == 0 && extent.problems == 0
        count = grouped(rows.passing) + (isWhole ? "" : "+")
        isEmpty = isWhole && rows.passing == 0
        var notes: [String] = []
        if rows.doubtful > 0, let coverage = rows.coverage.first {
            notes.append(
                ExtentWords.read(
                    coverage.rows, among: rows.rows, of: ExtentWords.title(ofColumn: coverage.column)))
        }
        if !extent.isComplete { notes.append(ExtentWords.read(extent.count ?? rows.rows, among: extent.total)) }
        if extent.problems > 0 { notes.append("\(grouped(extent.problems)) unreadable") }
        note = notes.joined(separator: ", ")
    }
}

extension Model {
    /// Every saved view with its number.
    var savedViewLines: [SavedViewLine] {
        savedViews.all.enumerated().map { SavedViewLine($1, number: $0 + 1, self) }
    }

    /// Those of the nine with a digit that stand on Home: what is of another profile, of an account out of view, or
    /// empty, takes no row.
    var homeViewLines: [SavedViewLine] {
        savedViewLines.prefix(9).filter { line in
            if let profile = line.view.profile, profile != self.profile.name { return false }
            if scope != nil, line.view.content.account != scope { return false }
            return !line.isEmpty
        }
    }
}
