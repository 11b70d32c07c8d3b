import Marketplace
import Screen

extension Page {
    /// What this program sent last to make or change it, with the correlation id that a support desk asks for.
    mutating func lastWrite(to subject: JournalEntry.Subject, _ model: Model) {
        guard let entry = model.lastWrite(to: subject), let id = entry.correlationID else { return }
        field("sent by souk", "\(entry.name), \(model.zone.spoken(entry.at))")
        field("correlation", id)
        verdict(of: entry)
    }

    /// What was found when what it should have made was compared with what is there.
    fileprivate mutating func verdict(of entry: JournalEntry) {
        guard let found = entry.verification else { return }
        let style: Style =
            switch found.verdict {
            case .met: .good
            case .differs, .unread: .warning
            case .notCarriedOut: .faint
            }
        field("checked", found.words, style: style)
    }
}

extension JournalPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let detail = area.detail {
            drawList(on: &canvas, in: area.main, model, focused: focused && opened == nil)
            drawBeside(
                entry.map {
                    opened == nil
                        ? preview(of: $0, width: detail.width, model) : page(of: $0, width: detail.width, model)
                }, from: scroll, on: &canvas, in: detail, model)
        } else if opened != nil, let entry {
            page(of: entry, width: area.main.width, model).draw(on: &canvas, in: area.main, from: scroll)
        } else {
            drawList(on: &canvas, in: area.main, model, focused: focused)
        }
    }

    private func drawList(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        let extent = (model.unknownWrites == 0 ? "" : "\(model.unknownWrites) UNKNOWN  ") + list.extent
        drawListHead(
            "JOURNAL", filter: list.filter, problem: list.problem, sorting: sortingWords(model),
            extent: extent, on: &canvas, in: rect)
        list.drawRows(
            columns(model), rowStamp(model), orWhyEmpty: emptiness, on: &canvas, in: rect.droppingTop(1),
            focused: focused)
    }

    var emptiness: String {
        guard list.snapshot.failure == nil, list.snapshot.value?.count == 0 else {
            return list.emptiness(of: "entries", one: "entry")
        }
        return
            "Nothing was sent with this profile yet. Every order, change and cancellation is listed here, with what "
            + "became of it."
    }

    /// The entry on the cursor. First what each write has, in fixed places; then what became of it, and the rest.
    func preview(of entry: JournalEntry, width: Int, _ model: Model) -> Page {
        var page = Page.preview(width: width)
        page.heading(entry.name, right: entry.outcomeHeading, rightStyle: entry.outcomeStyle)
        page.field("sent", model.zone.withUTC(entry.at))
        page.field("ended", fitting: entry.endForms(model.zone))
        page.field("customer", entry.customer.map { model.name(of: $0) })
        page.field("account", entry.customer?.rawValue)
        page.field("subscription", entry.subscription?.rawValue)
        page.field("PO number", entry.poNumber)
        page.field("made", entry.outcome.made)
        page.field("correlation", entry.correlationID ?? "none given", rows: 2)
        page.blank()
        page.endFixedPlaces()
        if let sender = entry.sender.sentence { page.paragraph(sender, style: .warning) }
        appendOutcome(of: entry, model, to: &page)
        appendChanges(of: entry, to: &page)
        page.field("settled by", entry.settledBy)
        appendRest(of: entry, to: &page)
        return page
    }

    /// An entry that the person has opened.
    func page(of entry: JournalEntry, width: Int, _ model: Model) -> Page {
        var page = Page.preview(width: width, isOpened: true)
        page.heading(entry.name, right: entry.outcomeHeading, rightStyle: entry.outcomeStyle)
        if let sender = entry.sender.sentence { page.paragraph(sender, style: .warning) }
        appendOutcome(of: entry, model, to: &page)
        page.field("sent", model.zone.withUTC(entry.at))
        page.field(entry.outcome.isUnknown ? "given up" : "settled", fitting: entry.endForms(model.zone))
        page.field("settled by", entry.settledBy)
        page.field("customer", entry.customer.map { "\(model.name(of: $0)) \($0)" })
        page.field("subscription", entry.subscription?.rawValue)
        page.field("PO number", entry.poNumber)
        appendChanges(of: entry, to: &page)
        page.field("made", entry.outcome.made)
        page.field("correlation", entry.correlationID ?? "none given")
        appendRest(of: entry, to: &page)
        return page
    }

    private func appendChanges(of entry: JournalEntry, to page: inout Page) {
        for (place, change) in entry.changes.enumerated() {
            page.field(place == 0 ? "changes" : "", change, style: .strong)
        }
    }

    private func appendRest(of entry: JournalEntry, to page: inout Page) {
        // A warning is on top.
        if entry.verification?.warning == nil { page.verdict(of: entry) }
        if let group = entry.group { page.field("bulk run", group) }
        page.field("profile", entry.profile)
        if let user = entry.user { page.field("user", user) }
        if entry.isTakenOver { page.field("user", "not recorded (older version)") }
        page.blank()
        page.heading("REQUEST", right: "as it was sent, without secrets")
        page.paragraph("\(entry.method) \(entry.path)")
        for line in JSONText.lines(of: entry.request) {
            // Lines are broken at spaces, and those in front would be lost.
            page.paragraph(line, style: .faint, indent: 3 + line.prefix { $0 == " " }.count)
        }
    }

    private func appendOutcome(of entry: JournalEntry, _ model: Model, to page: inout Page) {
        if let warning = entry.warning { page.paragraph(warning, style: .warning) }
        switch entry.outcome {
        case .unknown(let reason):
            page.paragraph(reason, style: .warning)
            guard entry.sender.isOwn else { return page.blank() }
            let key = model.keymap.name(of: .settle)
            page.paragraph(
                "It may or may not have been done. Do not send it again before that is settled.", style: .strong)
            page.paragraph(
                "souk keeps checking; \(key) checks now. "
                    + (entry.isTakenOver
                        ? "Not finding it proves nothing: it may be another user's."
                        : "It counts as not taken when it is not found "
                            + "\(spokenDuration(seconds: JournalEntry.secondsToShow)) after the wait for its answer ended.")
            )
            page.paragraph(Self.whereToLook(entry, isOpen: opened != nil))
            page.blank()
        case .refused(let reason):
            page.paragraph(reason, style: .bad)
            page.blank()
        case .sending:
            page.paragraph("It is being sent; the answer is awaited.", style: .warning)
            page.blank()
        case .taken: break
        }
    }

    private static func whereToLook(_ entry: JournalEntry, isOpen: Bool) -> String {
        let enter = isOpen ? "Enter" : "Enter, pressed twice,"
        return switch entry.subject {
        case .order: "\(enter) shows the order: its status shows whether the change was made."
        case .orders: "\(enter) shows the customer's orders: the PO number identifies it."
        case .subscription: "\(enter) shows the subscription, and with it whether the change was made."
        case .account: "\(enter) shows the account, and with it whether the change was made."
        case .report: "\(enter) shows the report."
        case nil where entry.path.hasPrefix("/reports"):
            "The list of reports shows whether it was made: name and days identify it."
        case nil: "View 2 shows the accounts: search there by name whether it was made."
        }
    }
}

extension JournalEntry {
    /// When the wait for it ended, and after how long, and shorter; none where it goes on.
    fileprivate func endForms(_ zone: Zone) -> [String] {
        guard let endedAt else { return [] }
        let took = ", after \(spokenDuration(seconds: endedAt.seconds(since: at)))"
        return [zone.withUTC(endedAt) + took, zone.spoken(endedAt) + took, zone.withUTC(endedAt), zone.spoken(endedAt)]
    }
}
