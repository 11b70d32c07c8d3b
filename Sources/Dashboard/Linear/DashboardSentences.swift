import Marketplace
import Screen

/// The same views as plain sentences, for screen readers and for people who read what a program prints.
extension Dashboard {
    /// Everything on the present screen, as sentences.
    public var sentences: [Sentence] {
        var sentences = [Sentence(.program, programWords)]
        sentences += overlays.top?.sentences(over: belowTop) ?? viewWords
        sentences.append(Sentence(.message, messageWords))
        sentences.append(Sentence(.keys, keyWords))
        return sentences.filter { !$0.lines.isEmpty }
    }

    private var programWords: String {
        let profile = model.profile
        return "souk, profile \(profile.name), user \(profile.user). "
            + (profile.isReadOnly
                ? "Read-only: nothing can be written." : "Nothing is sent before a review.")
            + (profile.isProduction ? " Orders here are real." : "")
    }

    private var viewWords: [Sentence] {
        var place = view.title
        if let scope = model.scope, view != .accounts, view != .home { place += " of \(model.name(of: scope))" }
        if let opened = pane.openRow.flatMap({ pane.words(for: $0, model) }) ?? pane.crumb { place += ", \(opened)" }
        return sentences(of: pane, place: place)
    }

    /// - Parameter place: Where the person is.
    func sentences(of pane: any Pane, place: String) -> [Sentence] {
        let summary = pane.summary(model)
        var sentences = [
            Sentence(.place, place.asSentence), Sentence(.page, summary.page), Sentence(.extent, summary.extent),
        ]
        if let row = summary.row {
            let position = summary.position.map { "\($0), selected: " } ?? "Selected: "
            sentences.append(Sentence(.selected, "\(position)\(row)".asSentence))
        }
        return sentences
    }

    /// What happened, or what prevents it. A read is reported when it ends, not while it runs.
    private var messageWords: String {
        if let notice, !notice.text.isEmpty { return notice.text }
        if overlays.top?.hasOwnMessage == true { return "" }
        if wait?.reason == .silence { return "The marketplace has not answered yet. Esc stops waiting." }
        guard overlays.stack.allSatisfy(\.reportsReading) else { return "" }
        let freshness = pane.freshness(model)
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
