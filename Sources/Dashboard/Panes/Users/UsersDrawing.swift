import Marketplace
import Rows
import Screen

extension UsersPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        let rect = area.whole
        drawListHead(
            "USERS", filter: list.filter, problem: list.problem,
            sorting: sortingWords(model), extent: list.extent, on: &canvas, in: rect)
        let note = "Administrators and contacts; the API lists no service users."
        let noteLines = TerminalText.wrap(note, width: rect.width - 2)
        let body = rect.droppingTop(1).droppingBottom(noteLines.count)
        list.drawRows(
            columns(model), rowStamp(model), orWhyEmpty: emptiness(model), on: &canvas, in: body, focused: focused)
        for (line, text) in noteLines.enumerated() {
            canvas.write(text, x: rect.x + 1, y: body.maxY + line, width: rect.width - 2, style: .faint)
        }
    }

    static var owner: (@Sendable (AccountContact) -> Account.ID?)? { \.id.account }

    func countedQueries(_ model: Model) -> [DataQuery] { [Self.request(model)] }

    static var ownOrderWords: String { "by account" }

    func listWidth(_ area: PaneArea) -> Int { area.whole.width }

    private func emptiness(_ model: Model) -> String {
        if list.snapshot.value?.isComplete == true, list.snapshot.value?.problems == 0, !list.filter.isActive,
            list.shown.rows.isEmpty
        {
            return model.scope == nil
                ? "The list of customers has no contacts. Choose an account in view "
                    + "\(model.keymap.name(of: View.accounts.action)), or search for a whole e-mail address with "
                    + "\(model.keymap.name(of: .filter))."
                : "This account has no contacts."
        }
        if model.scope == nil, list.isNarrowed, list.snapshot.value?.isComplete == true {
            return list.emptiness(of: "contacts")
                + "\nThe list of customers may leave contacts out: a whole e-mail address is asked of the marketplace."
        }
        return list.emptiness(of: "contacts")
    }

    func columns(_ model: Model) -> [ListColumn<AccountContact>] {
        ListColumn.contacts(isOfOneAccount: model.scope != nil)
    }
}
