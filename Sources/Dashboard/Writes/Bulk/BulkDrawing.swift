import FoundationEssentials
import Marketplace
import Rows
import Screen

extension BulkFlow {
    /// Lines that the question and the two answers take; the smallest windows leave the answers to the keys.
    private static func questionHeight(in rect: Rect) -> Int { rect.height < 8 ? 1 : rect.height < 24 ? 2 : 3 }

    mutating func layout(_ rect: Rect, _ model: Model) {
        addUp()
        let heights = heights(rect, model)
        visible = max(1, heights.table - 1)
        cursor.scroll(count: rows.count, visible: visible)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        let heights = heights(rect, model)
        let head = headPage(rect, model)
        head.draw(on: &canvas, in: rect)
        var y = rect.y + head.lines.count
        if stage == .rule {
            fields.draw(on: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: fields.height))
            y += fields.height + 1
        }
        let rule = try? rule().get()
        drawTable(rule, on: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: heights.table), model)
        y += min(heights.table, rows.count + 1)
        let foot = footPage(rect, model)
        let footRect = Rect(x: rect.x, y: y, width: rect.width, height: min(heights.foot, rect.maxY - y))
        foot.draw(on: &canvas, in: footRect)
        guard stage == .review else { return }
        drawQuestion(on: &canvas, in: rect, min(y + heights.foot, rect.maxY - Self.questionHeight(in: rect)), model)
    }

    /// How the lines of `rect` are shared; the table gets what the words leave it, but never less than three rows.
    private func heights(_ rect: Rect, _ model: Model) -> (table: Int, foot: Int) {
        let head = headPage(rect, model).lines.count
        let form = stage == .rule ? fields.height + 1 : 0
        let question = stage == .review ? Self.questionHeight(in: rect) : 0
        let lines = max(0, rect.height - head - form - question)
        let foot = min(footPage(rect, model).lines.count, max(0, lines - 4))
        return (max(1, lines - foot), foot)
    }

    // MARK: Words above

    private func headPage(_ rect: Rect, _ model: Model) -> Page {
        var page = Page(width: rect.width)
        let isReal = model.profile.isProduction
        page.heading(
            "\(title.uppercased())  \(step)", right: (isReal && stage != .rule ? "PRODUCTION  " : "") + standing,
            rightStyle: isReal && stage != .rule ? .bad : .faint)
        if rect.height < 8 { return page }
        switch stage {
        case .rule: page.blank()
        case .recalling: page.paragraph("The journal is read for what was sent before.", style: .faint)
        case .review:
            page.paragraph(
                (isReal ? "This is REAL. " : "")
                    + "\(reviewed?.words ?? ""): \(reviewWords). As \(model.profile.user) on "
                    + "\(model.profile.place).")
            if let duration = durationWords(model) { page.paragraph(duration, style: .faint) }
            if let words = askedAgainWords(model) {
                page.paragraph(words, style: rows.contains { $0.moved != nil } ? .warning : .good)
            }
        case .running: page.paragraph(progress(rect.width, model), style: .strong)
        case .ended:
            let besides = BulkOutcome(rows).besides
            page.paragraph(progress(rect.width, model) + (besides.isEmpty ? "" : "; \(besides)"))
        }
        return page
    }

    private var step: String {
        switch stage {
        case .rule: "step 1 of 2: the rule"
        case .recalling, .review: "step 2 of 2: review"
        case .running: "is being sent"
        case .ended: isThrough ? "done" : "stopped"
        }
    }

    /// What the header and the heading say of it.
    var standing: String {
        switch stage {
        case .rule, .recalling: "nothing is sent yet"
        case .review:
            isChecked
                ? (rows.contains(where: \.isSent) ? "the rest is not sent yet" : "nothing is sent yet")
                : "asking the marketplace…"
        case .running(let isStopping): isStopping ? "stopping" : "Esc stops it"
        case .ended: BulkOutcome(rows).words
        }
    }

    /// The header's short word for it.
    func mark(_ model: Model) -> String {
        switch stage {
        case .rule, .recalling, .review:
            rows.contains(where: \.isSent) ? "rest not sent" : model.draftMark(draftID)
        case .running: "sending"
        case .ended: isThrough ? "sent" : "stopped"
        }
    }

    /// The name of its tab.
    var tab: String {
        switch stage {
        case .rule: "Form"
        case .recalling, .review: "Review"
        case .running, .ended: "Run"
        }
    }

    private var reviewWords: String {
        var parts: [String] = []
        let sent = rows.count(where: \.isSent)
        if sent > 0 { parts.append("\(grouped(sent)) sent before") }
        let awaited = rows.count(where: \.isAwaited)
        if awaited > 0 { parts.append("\(grouped(rows.count - awaited)) looked at") }
        parts.append("\(grouped(rows.count(where: \.isIn))) of \(grouped(rows.count)) will run")
        let impossible = rows.count(where: \.isImpossible)
        if impossible > 0 { parts.append("\(grouped(impossible)) cannot") }
        let left = rows.count { $0.isLeftOut && !$0.isSent }
        if left > 0 { parts.append("\(grouped(left)) left out") }
        return parts.joined(separator: ", ")
    }

    /// How many calls it takes, where calls are limited.
    private func durationWords(_ model: Model) -> String? {
        let open = rows.count { $0.isAwaited || $0.isIn }
        guard let perMinute = model.budget?.perMinute, perMinute > 0, open > 0 else { return nil }
        let calls = open * act.callsPerRow
        let seconds = Double(calls) / Double(perMinute) * 60
        return "About \(grouped(calls)) calls, \(spokenDuration(seconds: seconds)) at \(perMinute) a minute."
    }

    /// `[########............]  4 of 10, about 20 s left`.
    private func progress(_ width: Int, _ model: Model) -> String {
        guard let run else { return "Nothing was sent in this session." }
        let left = rows.count { row in
            if case .sending = row.state { true } else { row.isIn }
        }
        let done = max(0, run.count - left)
        let cells = max(10, min(40, width / 3))
        let filled = run.count == 0 ? cells : cells * done / run.count
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: cells - filled)
        var words = "[\(bar)]  \(grouped(done)) of \(grouped(run.count))"
        let seconds = model.moment.seconds(since: run.began)
        if isRunning, done > 0, seconds >= 1 {
            let each = seconds / Double(done)
            words += ", about \(spokenDuration(seconds: each * Double(left))) left"
        }
        return words
    }

    // MARK: Words below

    private func footPage(_ rect: Rect, _ model: Model) -> Page {
        var page = Page(width: rect.width)
        page.labelWidth = 13
        switch stage {
        case .rule: appendHow(to: &page, isLong: true)
        case .recalling: break
        case .review:
            if let reviewed, rows.contains(where: \.isIn) { append(totals, reviewed, to: &page) }
            appendSelected(to: &page, isBrief: rect.height < 24, lines: rect.height < 24 ? 2 : 5, model)
            if rect.height >= 30 { appendHow(to: &page, isLong: false) }
        case .running, .ended:
            page.blank()
            appendSelected(to: &page, isBrief: rect.height < 24, lines: rect.height < 24 ? 4 : 6, model)
            if stage == .ended { appendNext(to: &page, model) }
        }
        return page
    }

    private func append(_ totals: BulkTotals, _ rule: BulkRule, to page: inout Page) {
        var parts: [String] = []
        if case .autoRenew(let wanted) = rule {
            parts.append("auto-renew \(wanted ? "off → on" : "on → off")")
        } else if totals.uncounted < totals.count {
            let difference = QuantityDifference(Decimal(totals.after - totals.before))
            parts.append("\(grouped(totals.before)) → \(grouped(totals.after)) units, \(difference)")
        }
        parts.append("\(counted(totals.count, "subscription")) of \(counted(totals.customers, "customer"))")
        page.field("TOTAL", parts.joined(separator: ", "), style: .strong, indent: 1)
        guard rule.isOrder else { return }
        let prices = totals.prices.map(\.description).joined(separator: " and ")
        let lacking = totals.unpriced == 0 ? "" : ", \(grouped(totals.unpriced)) without a price"
        page.field("estimate", (prices.isEmpty ? "none" : prices) + " for these orders" + lacking, indent: 1)
        guard !totals.charges.isEmpty else { return }
        let charges = totals.charges.map { charge in
            "\(charge.before.bare) → \(charge.after)" + (charge.rhythm.map { " \($0.rhythm)" } ?? "")
        }
        let unreported = totals.uncharged == 0 ? "" : ", \(grouped(totals.uncharged)) not reported"
        page.field(
            "charged", charges.joined(separator: "; ") + unreported + " (at today's unit prices)", indent: 1)
    }

    /// Everything about the row on the cursor, because it does not fit into its line.
    private func appendSelected(to page: inout Page, isBrief: Bool, lines: Int, _ model: Model) {
        guard rows.indices.contains(cursor.index) else { return }
        let row = rows[cursor.index]
        var text = row.id.rawValue
        if let customer = row.customer { text += ", \(model.fullName(of: customer))" }
        if let subscription = row.subscription {
            let term = termAndBilling(term: subscription.subscriptionPeriod, billing: subscription.billingPeriod)
            text += ", \(subscription.name)" + (term.isEmpty ? "" : ", \(term)")
        }
        if !isBrief, let number = row.run?.intent.poNumber { text += ", PO \(number)" }
        page.field("row \(row.place)", text, style: .faint, indent: 1)
        let words = row.words(in: stage)
        if isBrief, words.text == "ok" { return }
        let all = TerminalText.wrap(words.text, width: max(1, page.width - 15))
        for part in all.prefix(lines) { page.field("", part, style: words.style, indent: 1) }
    }

    private func appendHow(to page: inout Page, isLong: Bool) {
        page.blank()
        page.field(
            "how it runs",
            "one row after another, each looked at once more; the first error stops it; the rest can be resumed, also "
                + "after a crash", style: .faint, indent: 1)
        if isLong {
            page.field(
                "first", "a preview asks the marketplace about every row; nothing is sent before you type what it says",
                style: .faint, indent: 1)
        }
        let undo =
            switch act {
            case .units: "another change, as far as the vendors let units be taken away before the term ends"
            case .autoRenew: "switch it back before the day of each"
            case .cancellation: "none once an order has ended: it must be bought anew"
            }
        page.field("undo", undo, style: .faint, indent: 1)
    }

    private func appendNext(to page: inout Page, _ model: Model) {
        page.blank()
        if rows.contains(where: \.isUnknown) {
            page.paragraph(
                "What is not confirmed is looked up by itself for a day; what is found stands here at once. u looks it "
                    + "up now. It is not sent again before that.", style: .warning, indent: 1)
        }
        if rest > 0 {
            let key = model.keymap.name(of: .review)
            page.paragraph(
                "\(key) reviews the \(counted(rest, "row")) that \(rest == 1 ? "was" : "were") not taken; in the list "
                    + "\(model.keymap.name(of: .drafts)) finds \(rest == 1 ? "it" : "them") again.", indent: 1)
        }
    }

    // MARK: The question

    private func drawQuestion(on canvas: inout Canvas, in rect: Rect, _ y: Int, _ model: Model) {
        var below = y
        if canBeSent {
            let phrase = phrase
            let width = TerminalText.width(of: phrase) + 2
            let subjects = act == .cancellation ? "them" : counted(totals.count, "subscription")
            let question = "Type \(phrase) to \(act.verb) \(subjects):"
            let used = canvas.write(question, x: rect.x + 3, y: y, width: rect.width - width - 9, style: .strong)
            let x = rect.x + 4 + used
            canvas.write("[", x: x, y: y, style: .faint)
            confirmation.draw(on: &canvas, x: x + 2, y: y, width: width, focused: true)
            canvas.write("]", x: x + 3 + width, y: y, style: .faint)
            below = y + Self.questionHeight(in: rect) - 1
        } else {
            canvas.write(
                isChecked
                    ? "None of these rows can be sent." : "Every row is looked at first; rows show up as answers come.",
                x: rect.x + 3, y: y, width: rect.width - 4, style: .warning)
            below = y + Self.questionHeight(in: rect) - 1
        }
        guard below > y else { return }
        let back = canvas.write(
            "[ Back to the rule ]", x: rect.x + 6, y: below,
            style: Style(.plain, strong: true, selected: confirmation.isEmpty))
        guard canBeSent else { return }
        canvas.write(
            isArmed ? "[ Send them ]" : "Send them (type \(phrase) first)", x: rect.x + 10 + back, y: below,
            width: rect.maxX - rect.x - 11 - back,
            style: isArmed ? Style(.warning, strong: true, selected: true) : .faint)
    }

    func help(_ model: Model) -> [KeyHelp] {
        switch stage {
        case .rule: return [FormKeys.nextRow, FormKeys.review, FormKeys.scrollWords, FormKeys.leaveForm].help()
        case .recalling: return [BulkKeys.leaveReview].help()
        case .review:
            return
                ((canBeSent ? [BulkKeys.confirm] : []) + [
                    BulkKeys.takeIn, BulkKeys.estimate, BulkKeys.exportRows, BulkKeys.leaveReview,
                ]).help()
        case .running: return [KeyHelp("Esc", "stop after the row on its way", "stop after this row")]
        case .ended:
            let look = KeyHelp("u", "ask now what became of the rows that are not confirmed", "look up now")
            return (rest > 0 ? [BulkKeys.review] : []).help()
                + (rows.contains(where: \.isUnknown) ? [look] : []) + [BulkKeys.exportRows].help() + [
                    KeyHelp("Esc", "back to the list", "back to the list")
                ]
        }
    }
}
