import Marketplace
import Rows
import Screen

extension SavedView {
    /// Says of each view what keeps it from being opened, as far as that can be known without a marketplace: a view, a
    /// column or a filter that does not exist.
    public static func checked(_ views: [SavedView]) -> [SavedView] {
        if views.isEmpty { return [] }
        let nobody = ProfileSummary(name: "", place: "", user: "", isReadOnly: true, isProduction: false)
        return checked(views, Panes(), Model(profile: nobody))
    }

    static func checked(_ views: [SavedView], _ panes: Panes, _ model: Model) -> [SavedView] {
        views.map { view in
            var checked = view
            checked.problem = view.problem ?? view.flaw(panes, model)
            return checked
        }
    }

    /// The view that it shows.
    var target: View? { View.all.first { $0.savedName == content.view } }

    private func flaw(_ panes: Panes, _ model: Model) -> String? {
        let names = View.all.filter { panes[$0].savedContent(model) != nil }.map(\.savedName)
        guard let target, names.contains(content.view) else {
            let all = "there are \(names.joined(separator: ", "))"
            return sentence(
                "view", content.view.isEmpty ? "view is missing; \(all)" : "no view is called “\(content.view)”; \(all)"
            )
        }
        let pane = panes[target]
        let columns = pane.filterColumns(model)
        do {
            _ = try FilterParser(columns: columns, today: model.today).parse(content.filter)
        } catch {
            return sentence("filter", "filter, character \(error.place.lowerBound + 1): \(error.reason)")
        }
        do {
            if try SortOrder.parse(content.sort, columns: columns).count > 1 {
                return sentence("sort", "sort takes one column, for example \"next\" or \"units:desc\"")
            }
        } catch {
            return sentence("sort", "sort, \(error.reason)")
        }
        let shown = pane.columnNames(model)
        if !content.sort.isEmpty, shown.isEmpty { return sentence("sort", "\(target.title) has no order to choose") }
        if let stranger = content.columns.first(where: { !shown.contains($0) }) {
            let all =
                shown.isEmpty ? "\(target.title) has none to choose" : "there are \(shown.joined(separator: ", "))"
            return sentence("columns", "no column is called “\(stranger)”; \(all)")
        }
        return nil
    }

    private func sentence(_ key: String, _ reason: String) -> String {
        (origin.map { $0.words(of: key) + ": " } ?? "") + reason.asSentence
    }
}

extension View {
    /// What the configuration file calls it.
    var savedName: String { title.lowercased() }
}

/// What makes the count of a saved view another than before.
struct CountStamp: Equatable {
    var rows: RowStamp
    var received: Int
    var extent: ListExtent?
}

/// The rows of a saved view, to be counted.
struct ViewCounting {
    /// How much of its list is read.
    var extent: ListExtent
    var parts: [RowCounting]
}

extension ListPane {
    func savedContent(_ model: Model) -> SavedContent? {
        SavedContent(
            view: "", filter: list.filter.field.text, sort: list.order.map(\.savedText) ?? "",
            columns: list.namedColumns(columns(model)), account: Self.owner == nil ? nil : model.scope)
    }

    mutating func show(columns names: [String], _ model: Model) { list.show(names, of: columns(model)) }

    func columnNames(_ model: Model) -> [String] { columns(model).filter { $0.tableColumn != nil }.map(\.name) }

    func countStamp(_ model: Model) -> CountStamp? {
        guard let extent = list.snapshot.value else { return nil }
        return CountStamp(rows: rowStamp(model), received: list.received, extent: extent)
    }

    func counting(_ view: SavedView, _ model: Model) -> ViewCounting? {
        guard let extent = list.snapshot.value else { return nil }
        let setting = setting(model)
        let parser = FilterParser(columns: setting.columns.filterColumns(), today: setting.today)
        guard var filter = try? parser.parse(view.content.filter) else { return nil }
        var query = RowQuery(columns: setting.columns)
        if let account = view.content.account, let owner = Self.owner {
            query.columns.append(.ofAccount(owner, model))
            let term = FilterTerm(
                condition: .line(Folding.folded(account.rawValue), column: ListColumn<Row>.accountName))
            filter.terms.insert(term, at: 0)
        }
        query.filter = filter
        query.lookupVersion = setting.accountsVersion
        query.sparseVersion = setting.sparseVersion
        query.rankVersion = setting.rankVersion
        query.zone = setting.zone
        return ViewCounting(extent: extent, parts: [list.counting(query)])
    }
}

extension ListColumn {
    /// No column that a person can name is called so.
    fileprivate static var accountName: String { "account in view" }

    /// The account that a row belongs to, and the reseller above it.
    fileprivate static func ofAccount(_ owner: @escaping @Sendable (Row) -> Account.ID?, _ model: Model) -> ListColumn {
        let accounts = model.accounts
        return ListColumn(
            accountName, nil,
            .lookup(
                key: { owner($0)?.rawValue ?? "" },
                lines: { id in
                    id.isEmpty ? [] : [id] + [accounts[Account.ID(id)]?.vendorAccount?.rawValue].compactMap(\.self)
                }), isSearched: false, isShown: false)
    }
}

extension SortOrder {
    /// As ``SortOrder/parse(_:columns:)`` reads it.
    var savedText: String { isDescending ? "\(column):desc" : column }

    /// - Parameter text: Checked before.
    init?(saved text: String) {
        let parts = text.lowercased().split(separator: ":", maxSplits: 1)
        guard let column = parts.first else { return nil }
        self.init(column: String(column), isDescending: parts.count > 1 && parts[1] == "desc")
    }
}

extension AccountsPane {
    func savedContent(_ model: Model) -> SavedContent? { SavedContent(view: "", filter: filterText) }

    func countStamp(_ model: Model) -> CountStamp? {
        tree.extentOfAll.map {
            CountStamp(rows: RowStamp(model), received: tree.allReceived, extent: $0)
        }
    }

    func counting(_ view: SavedView, _ model: Model) -> ViewCounting? {
        tree.extentOfAll.flatMap { extent in
            tree.counting(view.content.filter, model).map { ViewCounting(extent: extent, parts: $0) }
        }
    }

    func countedQueries(_ model: Model) -> [DataQuery] { [.accounts(.resellers), .accounts(.customers)] }
}

extension AccountTree {
    /// How many accounts are read; nil before any list is.
    var extentOfAll: ListExtent? {
        guard let customers = allCustomers.snapshot.value else { return nil }
        if isFlat { return customers }
        guard let resellers = resellers.snapshot.value else { return nil }
        let totals = [customers.total, resellers.total].compactMap(\.self)
        return ListExtent(
            count: (customers.count ?? 0) + (resellers.count ?? 0),
            total: totals.count == 2 ? totals[0] + totals[1] : nil,
            isComplete: customers.isComplete && resellers.isComplete, problems: customers.problems + resellers.problems)
    }

    var allReceived: Int { allCustomers.arranger.received + resellers.arranger.received }

    /// Counts the customers and resellers that a filter lets pass.
    func counting(_ text: String, _ model: Model) -> [RowCounting]? {
        let columns = ListColumn.accounts(model.entities) + [ListColumn.tenants(model.entities)]
        let parser = FilterParser(columns: columns.filterColumns(), today: model.today)
        guard let filter = try? parser.parse(text) else { return nil }
        var query = RowQuery(columns: columns)
        query.filter = filter
        query.lookupVersion = model.accounts.version
        query.sparseVersion = model.detailsVersion
        return [allCustomers.arranger.counting(query)] + (isFlat ? [] : [resellers.arranger.counting(query)])
    }
}
