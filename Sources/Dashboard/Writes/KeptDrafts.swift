import Marketplace

/// Forms that were begun: kept, listed, opened again.
extension Model {
    /// What there is to say of a form that was left; it is called a draft only where it outlasts the program.
    func notice(ofLeaving draft: FormDraft.ID) -> Notice { noticeOfLeaving(isKept: keptDrafts.contains(draft)) }

    /// What there is to say now that drafts are on the disk, in place of what was said before.
    func notice(ofKeeping before: Notice?) -> Notice? {
        guard before == noticeOfLeaving(isKept: false), drafts.allSatisfy({ keptDrafts.contains($0.id) }) else {
            return before
        }
        return noticeOfLeaving(isKept: true)
    }

    private func noticeOfLeaving(isKept: Bool) -> Notice {
        let key = keymap.name(of: .drafts)
        return Notice(
            .info,
            isKept
                ? "Kept as a draft, nothing was sent. \(key) lists the drafts."
                : "Kept until souk ends, nothing was sent. \(key) lists the drafts.")
    }

    /// What there is to say of the forms that an earlier session kept; nil where there are none.
    func notice(ofDrafts kept: [FormDraft]) -> Notice? {
        guard let newest = kept.max(by: { $0.savedAt < $1.savedAt }) else { return nil }
        let key = keymap.name(of: .drafts)
        return Notice(
            .info,
            kept.count == 1
                ? "A form is kept from before: \(newest.title). \(key) opens it."
                : "\(kept.count) forms are kept from before. \(key) lists them.")
    }
}
