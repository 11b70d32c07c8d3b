import Marketplace
import Screen

/// The same views as plain sentences, for screen readers and for people who read what a program prints.
extension Dashboard {
    /// Everything there is to tell of the present screen.
    public var sentences: [Sentence] {
        var sentences = [Sentence(.program, programWords)]
        if let help {
            sentences += words(of: help)
        } else if let finder {
            sentences += words(of: finder)
        } else if let copyMenu {
            sentences += copyMenu.spoken
        } else if let draftList {
            sentences += draftList.spoken
        } else if let flow {
            sentences += flow.spoken(model)
        } else if let bulk {
            sentences += bulk.spoken(model)
        } else {
            sentences += viewWords
        }
        sentences.append(Sentence(.message, messageWords))
        sentences.append(Sentence(.keys, keyWords))
        return sentences.filter { !$0.lines.isEmpty }
    }

    private var programWords: String {
        let profile = model.profile
        return "souk, profile \(profile.name), user \(profile.user). "
            + (profile.isReadOnly
                ? "Read-only: nothing can be written." : "Write mode: nothing is sent before a review.")
            + (profile.isProduction ? " This is production." : "")
    }

    private var viewWords: [Sentence] {
        let spoken = pane.spoken(model)
        var place = log == nil ? view.title : "Request log"
        if log == nil {
            if let scope = model.scope, view != .accounts, view != .home { place += " of \(model.name(of: scope))" }
            if let crumb = pane.crumb { place += ", \(crumb)" }
        }
        var sentences = [
            Sentence(.place, place.asSentence), Sentence(.page, spoken.page), Sentence(.extent, spoken.extent),
        ]
        if let row = spoken.row {
            let position = spoken.position.map { "\($0), selected: " } ?? "Selected: "
            sentences.append(Sentence(.selected, "\(position)\(row)".asSentence))
        }
        return sentences
    }

    private func words(of help: HelpOverlay) -> [Sentence] {
        let rows = help.shown(helpSections)
        let title = help.kind == .keys ? "Keys here" : "Actions"
        var sentences = [
            Sentence(.place, "\(title): \(helpSubject). Type to search."),
            Sentence(
                .extent, (help.search.isEmpty ? "" : "Search \(help.search.text): ") + counted(rows.count, "row") + "."),
        ]
        if rows.indices.contains(help.selected) {
            let row = rows[help.selected]
            let key = row.key.split(separator: " ").map { KeyWords.words(for: String($0)) }.joined(separator: " or ")
            let reason = row.unavailable.map { " Not now: \($0)" } ?? ""
            sentences.append(
                Sentence(
                    .selected, "\(help.selected + 1) of \(rows.count), selected: \(key), \(row.title).\(reason)"))
        }
        return sentences
    }

    private func words(of finder: Finder) -> [Sentence] {
        let own = ownPlaces
        let rows = finder.rows(own)
        var sentences = [Sentence(.place, "Go to: type a name, an id, an MPN or an action.")]
        if finder.isTyped {
            sentences.append(Sentence(.extent, "\(finder.field.text): \(counted(rows.count, "place"))."))
        }
        if rows.indices.contains(finder.selected) {
            let row = rows[finder.selected]
            let detail = [row.title, row.unavailable == nil ? finder.detail(of: row, model) : ""]
                .filter { !$0.isEmpty }.joined(separator: ", ")
            sentences.append(
                Sentence(
                    .selected,
                    "\(finder.selected + 1) of \(rows.count), selected: \(row.target.kind.word) \(detail)".asSentence))
        }
        sentences.append(Sentence(.page, finder.note(own, width: .max).text))
        return sentences
    }

    /// What happened, or what stands in the way. What is only being read is not told: its end is.
    private var messageWords: String {
        if let notice, !notice.text.isEmpty { return notice.text }
        guard flow == nil, help == nil, finder == nil else { return "" }
        let freshness = pane.freshness(model)
        if freshness.waiting?.reason == .silence { return "The marketplace has not answered yet. Esc stops waiting." }
        if freshness.waiting != nil { return "Waiting until the marketplace takes more calls." }
        if let failure = freshness.failure, freshness.readAt != nil { return "Not refreshed. \(failure.message)" }
        return ""
    }

    /// The keys of the place, whether or not each can act just now.
    private var keyWords: String {
        let words = hints(pane, all: true).map { hint in
            let keys = hint.key.split(separator: " ").map { KeyWords.words(for: String($0)) }
            return "\(keys.joined(separator: " ")) \(hint.word)"
        }
        return words.isEmpty ? "" : "Keys: \(words.joined(separator: ", "))."
    }
}
