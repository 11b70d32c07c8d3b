import Screen

/// Keys that help shows on one line, because they belong together; a search shows them apart.
enum KeyGroups {
    private struct Group {
        var actions: [ActionName]
        var title: String
    }

    private static let groups = [
        Group(actions: [.sort, .sortReverse], title: "sort by, reverse"),
        Group(actions: [.sortLeft, .sortRight], title: "sort column"),
        Group(actions: [.mark, .markRange, .markAll], title: "mark, range, all"),
        Group(actions: [.down, .up, .first, .last], title: "down up first last"),
        Group(actions: [.pageDown, .pageUp], title: "a page"),
        Group(actions: [.halfPageDown, .halfPageUp], title: "half a page"),
        Group(actions: [.historyBack, .historyForward, .lastView], title: "back, forward, last view"),
        Group(actions: [.drafts, .requestLog], title: "drafts, request log"),
        Group(actions: [.help, .guide], title: "keys"),
        Group(actions: [.redraw, .suspend, .leaveAtOnce], title: "redraw suspend leave"),
    ]

    /// The rows of a section with those of a group on one line, and so those that cannot act for one reason.
    static func joined(_ rows: [KeyHelp]) -> [KeyHelp] {
        var joined: [KeyHelp] = []
        for row in grouped(rows) {
            let earlier = row.unavailable.flatMap { reason in joined.firstIndex { $0.unavailable == reason } }
            if let earlier, joined[earlier].key.count + row.key.count < 12 {
                joined[earlier].key += " " + row.key
            } else {
                joined.append(row)
            }
        }
        return joined
    }

    private static func grouped(_ rows: [KeyHelp]) -> [KeyHelp] {
        var joined: [KeyHelp] = []
        var isDone: Set<ActionName> = []
        for row in rows {
            guard let name = row.action else {
                joined.append(row)
                continue
            }
            if isDone.contains(name) { continue }
            let views = rows.filter { other in View.all.contains { $0.action == other.action } }
            if View.all.contains(where: { $0.action == name }) {
                isDone.formUnion(views.compactMap(\.action))
                joined.append(contentsOf: Self.joinedViews(views))
                continue
            }
            let group = groups.first { $0.actions.contains(name) }
            let members = group.map { group in rows.filter { $0.action.map(group.actions.contains) == true } } ?? []
            guard let group, members.count > 1, members.allSatisfy({ !$0.shortKey.isEmpty && $0.unavailable == nil })
            else {
                joined.append(row)
                continue
            }
            isDone.formUnion(members.compactMap(\.action))
            var line = members[0]
            line.key = members.map(\.shortKey).joined(separator: " ")
            line.title = group.title
            joined.append(line)
        }
        return joined
    }

    /// `1 to 8`, where the views have their digits.
    private static func joinedViews(_ views: [KeyHelp]) -> [KeyHelp] {
        let digits = View.all.map { String($0.number) }
        guard views.map(\.key) == digits, var line = views.first, let last = digits.last else { return views }
        line.key = "1 to \(last)"
        line.title = "views"
        return [line]
    }
}

extension KeyHelp {
    /// Of several keys the shortest: a letter before an arrow.
    fileprivate var shortKey: String {
        key.split(separator: " ").map(String.init).min { $0.count < $1.count } ?? ""
    }
}
