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
        let each = Self.rowHeight(width: rect.width, isLow: Self.isLow(rect))
        visible = max(1, (heights.table - 1) / each)
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
        let isLow = Self.isLow(rect)
        let table = Rect(x: rect.x, y: y, width: rect.width, height: heights.table)
        drawTable(rule, on: &canvas, in: table, isLow: isLow, model)
        y += min(heights.table, rows.count * Self.rowHeight(width: rect.width, isLow: isLow) + 1)
        let foot = footPage(rect, model)
        let footRect = Rect(x: rect.x, y: y, width: rect.width, height: min(heights.foot, rect.maxY - y))
        foot.draw(on: &canvas, in: footRect)
        guard stage == .review else { return }
        drawQuestion(on: &canvas, in: rect, min(y + heights.foot, rect.maxY - Self.questionHeight(in: rect)), model)
    }

    private static func isLow(_ rect: Rect) -> Bool { rect.height < 14 }

    /// How the lines of `rect` are shared; the table gets what the words leave it, but never less than three rows.
    private func heights(_ rect: Rect, _ model: Model) -> (table: Int, foot: Int) {
        let head = headPage(rect, model).lines.count
        let form = stage == .rule ? fields.height + 1 : 0
        let question = stage == .review ? Self.questionHeight(in: rect) : 0
        let lines = max(0, rect.height - head - form - question)
        let least = 1 + 3 * Self.rowHeight(width: rect.width, isLow: Self.isLow(rect))
        let foot = min(footPage(rect, model).lines.count, max(0, lines - least))
        return (max(1, lines - foot), foot)
    }

    // MARK: Words above

    private func headPage(_ rect: Rect, _ model: Model) -> Page {
        var page = Page(width: rect.width)
        if rect.height < 8 { return page }
        switch stage {
        case .rule: if !Self.isLow(rect) { page.blank() }
        case .recalling: page.paragraph("The journal is read for what was sent before.", style: .faint)
        case .review: appendReviewed(to: &page, model)
        case .running: page.paragraph(progress(rect.width, model), style: .strong)
        case .ended:
            let besides = BulkOutcome(rows).besides
            page.paragraph(progress(rect.width, model) + (besides.isEmpty ? "" : "; \(besides)"))
            let outcome = BulkOutcome(rows)
            page.paragraph(outcome.progress.capitalised + ".", style: .strong)
        }
        return page
    }

    private func appendReviewed(to page: inout Page, _ model: Model) {
        let rule = "\(reviewed?.words ?? ""): \(reviewWords)."
        if model.profile.isProduction {
            let subscriptions = totals.count == 1 ? "subscription" : "subscriptions"
            page.paragraph(
                "You are about to \(act.verb) \(grouped(totals.count)) REAL \(subscriptions) on \(model.profile.name) as "
                    + "\(model.profile.user).", style: Style(.alarm, strong: true), indent: 1)
            page.paragraph(rule)
        } else {
            page.paragraph("Nothing is real here. \(rule) As \(model.profile.user).")
        }
        if let duration = durationWords(model) { page.paragraph(duration, style: .faint) }
        if let words = askedAgainWords(model) {
            page.paragraph(words, style: rows.contains { $0.moved != nil } ? .warning : .good)
        }
    }

    var bandTitle: String { "bulk: \(act.doing)" }

    var step: Int {
        switch stage {
        case .rule: 0
        case .recalling, .review: 1
        case .running, .ended: 2
        }
    }

    /// The state of the writes, as the band says it.
    var state: WriteBand.State {
        switch stage {
        case .rule, .recalling, .review:
            return rows.contains(where: \.isSent) ? .other("REST NOT SENT", .warning) : .notSent
        case .running(let isStopping):
            let count = run.map { "\(grouped(done(of: $0.count))) of \(grouped($0.count))" } ?? ""
            return isStopping ? .other("STOPPING", .warning) : .sendingRows(count)
        case .ended:
            let outcome = BulkOutcome(rows)
            if outcome.unknown > 0 { return .unknown }
            if outcome.refused + outcome.notTaken > 0 { return .refused }
            return isThrough ? .taken : .other("STOPPED, \(counted(rest, "row")) NOT SENT", .warning)
        }
    }

    private var reviewWords: String {
        var parts: [String] = []
        let sent = rows.count(where: \.isSent)
        if sent > 0 { parts.append("\(grouped(sent)) sent before") }
        let awaited = rows.count(where: \.isAwaited)
        if awaited > 0 { parts.append("\(grouped(rows.count - awaited)) checked") }
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
        let done = done(of: run.count)
        let left = run.count - done
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

    /// How many of the rows of the run are through.
    private func done(of count: Int) -> Int {
        let left = rows.count { row in
            if case .sending = row.state { true } else { row.isIn }
        }
        return max(0, count - left)
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
        if !totals.charges.isEmpty {
            let charges = totals.charges.map { charge in
                "\(charge.before.bare) → \(charge.after)" + (charge.rhythm.map { " \($0.each)" } ?? "")
            }
            let unreported = totals.uncharged == 0 ? "" : ", \(grouped(totals.uncharged)) not reported"
            page.field("rate", charges.joined(separator: "; ") + unreported, indent: 1)
        }
        let prices = totals.prices.map(\.description).joined(separator: " and ")
        let lacking = totals.unpriced == 0 ? "" : ", \(grouped(totals.unpriced)) without a price"
        page.field("these orders", (prices.isEmpty ? "no price" : prices) + lacking, indent: 1)
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
        // Where rows have two lines they say all this themselves.
        let words = row.words(in: stage)
        let isWhole = page.width >= 70
        if isWhole, words.text == "ok" || isBrief && TerminalText.width(of: words.text) < 24 { return }
        page.field("row \(row.place)", isWhole ? row.id.rawValue : text, style: .faint, indent: 1)
        let all = TerminalText.wrap(words.text, width: max(1, page.width - 15))
        for part in all.prefix(lines) { page.field("", part, style: words.style, indent: 1) }
    }

    private func appendHow(to page: inout Page, isLong: Bool) {
        page.blank()
        page.field(
            "how it runs",
            "one row after another, each checked again first; stops at the first error; the rest can be resumed, also "
                + "after a crash", style: .faint, indent: 1)
        if isLong {
            page.field(
                "first", "a preview checks every row; nothing is sent before you type what it says",
                style: .faint, indent: 1)
        }
        let undo =
            switch act {
            case .units: "add units any time; taking units away, the vendor decides"
            case .autoRenew: "switch it back before the day of each"
            case .cancellation: "none once an order has ended; only a new order"
            }
        page.field("undo", undo, style: .faint, indent: 1)
    }

    private func appendNext(to page: inout Page, _ model: Model) {
        page.blank()
        if rows.contains(where: \.isUnknown) {
            page.paragraph(
                "souk keeps checking the rows of unknown outcome for a day and shows here what is found; u checks now. They "
                    + "are not sent again before that.", style: .warning, indent: 1)
        }
        if rest > 0 {
            let key = model.keymap.name(of: .review)
            page.paragraph(
                "\(key) reviews the \(counted(rest, "row")) that \(rest == 1 ? "was" : "were") not taken; in the list "
                    + "\(model.keymap.name(of: .drafts)) has \(rest == 1 ? "it" : "them") as a draft.", indent: 1)
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
                    ? "None of these rows can be sent." : "Every row is checked first; answers show as they come.",
                x: rect.x + 3, y: y, width: rect.width - 4, style: .warning)
            below = y + Self.questionHeight(in: rect) - 1
        }
        guard below > y else { return }
        let back = canvas.write(
            "[ Back to the rule ]", x: rect.x + 6, y: below,
            style: Style(.plain, strong: true, selected: confirmation.isEmpty))
        guard canBeSent else { return }
        canvas.write(
            isArmed ? "[ Send them ]" : "Send them", x: rect.x + 11 + back, y: below,
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
        case .running: return [KeyHelp("Esc", "stop after the row that is being sent", "stop after this row")]
        case .ended:
            let look = KeyHelp("u", "check now what became of the rows of unknown outcome", "check now")
            return [KeyHelp("Enter", "open the row's order, else its subscription", "open")]
                + (rest > 0 ? [BulkKeys.review] : []).help()
                + (rows.contains(where: \.isUnknown) ? [look] : []) + [BulkKeys.exportRows].help() + [
                    KeyHelp("Esc", "back to the list", "back to the list")
                ]
        }
    }
}
