import Marketplace
import Rows
import Screen

/// What `v` does, and what comes of it.
extension Dashboard {
    mutating func openSavedViews() -> [Reaction] {
        // Another program may have changed the file.
        overlays.open(SavedViewList(present: presentContent, model))
        return [.effect(.readViews)]
    }

    /// What the view in front shows; nil where it has no list, or something else lies over it.
    private var presentContent: SavedContent? {
        guard overlays.isEmpty, var content = panes[view].savedContent(model) else { return nil }
        content.view = view.savedName
        return content
    }

    mutating func take(_ report: SavedViewReport) {
        let views = report.views.map { SavedView.checked($0, panes, model) }
        model.savedViews.take(views, place: report.place, note: report.note)
        switch report.ending {
        case .done(let edit): notice = Notice(.done, words(of: edit, report))
        case .refused(let reason): notice = Notice(.problem, reason)
        case nil: if report.views == nil, let note = report.note { notice = Notice(.warning, note) }
        }
    }

    private func words(of edit: SavedViewEdit, _ report: SavedViewReport) -> String {
        func label(_ name: String) -> String {
            model.savedViews.all.firstIndex { $0.name == name }.map { "v\($0 + 1) " } ?? ""
        }
        let place = report.place.map { " in \($0)" } ?? " until souk ends"
        switch edit {
        case .save(let view, let old):
            let done = old == nil ? "Saved" : "Replaced"
            return "\(done): \(label(view.name))\u{201C}\(view.name)\u{201D}\(place)."
        case .rename(let view, let name):
            return "Renamed: \(label(name))\u{201C}\(view.name)\u{201D} is \u{201C}\(name)\u{201D}\(place)."
        case .remove(let view): return "Removed: \u{201C}\(view.name)\u{201D}\(place)."
        }
    }

    /// To the list that a saved view shows.
    mutating func go(to saved: SavedView) {
        if let refusal = model.refusal(of: saved) {
            notice = Notice(.warning, "\u{201C}\(saved.name)\u{201D} was not opened. \(refusal)")
            return
        }
        guard let target = saved.target else { return }
        let content = saved.content
        // A list that is of no account is shown as it would be from here.
        let scope = target.mayBeOfAccount ? content.account : model.scope
        drill(
            into: target, of: scope, narrowedTo: content.filter, sortedBy: SortOrder(saved: content.sort),
            columns: content.columns)
        notice = Notice(
            .info, "\u{201C}\(saved.name)\u{201D}, as it was saved; \(model.keymap.name(of: .back)) goes back.")
    }

    /// Counts the rows of the saved views where somebody sees them.
    mutating func countSavedViews(_ event: Event) -> [Effect] {
        if case .arranged(let result) = event { model.savedViews.take(result) }
        guard !model.savedViews.all.isEmpty,
            overlays.top is SavedViewList || (view == .home && overlays.page == nil)
        else { return [] }
        var counted = model.savedViews
        let effects = counted.count(panes, model)
        model.savedViews = counted
        return effects
    }

    /// What is read so that the rows of the views on Home can be counted.
    var countedQueries: [DataQuery] {
        guard view == .home else { return [] }
        let targets = Set(model.homeViewTargets)
        return View.all.filter(targets.contains).flatMap { panes[$0].countedQueries(model) }
    }
}

extension View {
    /// Whether its list is of the account in view.
    fileprivate var mayBeOfAccount: Bool { self == .subscriptions || self == .orders || self == .users }
}

extension Model {
    /// The views of the tab line that the saved views on Home are of.
    var homeViewTargets: [View] {
        savedViews.all.prefix(9).filter { mayCount($0) }.compactMap(\.target)
    }

    /// What is shown, under a name. One of a single account belongs to the profile that has it; what is tried in the
    /// sandbox shows nowhere else.
    func view(named name: String, _ content: SavedContent) -> SavedView {
        SavedView(name, content, profile: content.account != nil || isSandbox ? profile.name : nil)
    }

    private var isSandbox: Bool { profile.owner == nil && !profile.isProduction }

    /// `Subscriptions, all accounts: vendor:zenix; by next`
    func words(of content: SavedContent, _ view: SavedView) -> String {
        let title = view.target?.title ?? "Unknown view"
        let account = view.target?.mayBeOfAccount == true ? ", \(accountWords(of: view))" : ""
        return "\(title)\(account): \(content.words)"
    }
}
