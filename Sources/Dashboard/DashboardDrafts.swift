import Marketplace
import Screen

extension Model {
    /// The header's word for a form that is not sent; it is called a draft only where it outlasts the program.
    func draftMark(_ draft: FormDraft.ID) -> String { keptDrafts.contains(draft) ? "draft, not sent" : "not sent" }
}

/// Forms that were begun: kept, listed, opened again.
extension Dashboard {
    /// What an earlier session kept. What this one keeps already is newer.
    mutating func offer(_ kept: [FormDraft]) {
        let own = Set(drafts.map(\.id))
        drafts += kept.filter { !own.contains($0.id) }
        drafts.sort { $0.savedAt > $1.savedAt }
        guard let newest = kept.max(by: { $0.savedAt < $1.savedAt }) else { return }
        let key = model.keymap.name(of: .drafts)
        notice = Notice(
            .info,
            kept.count == 1
                ? "A form is kept from before: \(newest.title). \(key) opens it."
                : "\(kept.count) forms are kept from before. \(key) lists them.")
    }

    /// Keeps the list of drafts as it is kept outside.
    mutating func remember(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .client(.saveDraft(let draft)):
                drafts.removeAll { $0.id == draft.id }
                drafts.insert(draft, at: 0)
            case .client(.dropDraft(let id)): drafts.removeAll { $0.id == id }
            default: break
            }
        }
    }

    mutating func toDrafts(_ key: Key) -> [Reaction] {
        let visible = max(1, bands.body.height - 2)
        switch draftList?.take(key, visible: visible) {
        case nil: break
        case .close: draftList = nil
        case .say(let notice): return [.say(notice)]
        case .drop(let draft):
            return [.effect(.dropDraft(draft.id)), .say(Notice(.done, "The draft is dropped."))]
        case .open(let draft): return open(draft)
        }
        return []
    }

    mutating func open(_ draft: FormDraft) -> [Reaction] {
        if draft.origin(for: model.profile.owner) != nil {
            draftList = DraftList(drafts, of: model.profile.owner, reading: draft.id)
            return []
        }
        draftList = nil
        model.formCount += 1
        if let kept = BulkFlow(draft, model) {
            show(kept)
            return []
        }
        guard let form = FormKind(rawValue: draft.kind)?.form(draft.fields, model) else {
            return [.say(Notice(.warning, "This version of souk does not know such a form; it stays kept."))]
        }
        fill(form, from: draft)
        return []
    }
}
