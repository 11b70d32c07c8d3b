import Marketplace
import Screen

extension Review {
    func page(width: Int, _ model: Model) -> Page {
        let words = ReviewWords(intent, run, model)
        let isProduction = model.profile.isProduction
        var page = Page(width: width)
        page.labelWidth = 14
        page.heading(
            "REVIEW  \(words.title), step 2 of 2", right: (isProduction ? "PRODUCTION  " : "") + standing,
            rightStyle: isProduction ? .bad : .faint)
        if !differences.isEmpty {
            page.paragraph("This changed since you looked; read it again:", style: .warning)
            for difference in differences { page.paragraph(difference, style: .warning, indent: 5) }
        } else if isAskedAgain, let askedAt {
            let time = model.zone.time(of: model.timeOfDay(askedAt))
            page.paragraph("Asked again at \(time): nothing changed since you looked.", style: .good)
        }
        page.paragraph(
            (isProduction ? "This is REAL. " : "") + "About to \(words.act) as \(model.profile.user) on "
                + "\(model.profile.place).")
        page.blank()
        appendSubject(words, model, to: &page)
        for change in words.changes {
            page.field(
                change.label,
                "\(change.before) → \(change.after)"
                    + (change.difference.isEmpty ? "" : ", \(change.difference)"), style: .strong)
        }
        for (place, line) in words.marked.enumerated() {
            page.field(place == 0 ? "contacts" : "", line.text, style: line.style, mark: line.mark)
        }
        appendCosts(model, to: &page)
        page.field(words.isCommitment ? "commits to" : "means", words.commits)
        page.field("undo", words.undo)
        if let number = intent.poNumber, !number.isEmpty { page.field("PO number", number) }
        appendChecks(to: &page)
        return page
    }

    private var standing: String {
        switch state {
        case .checking: "asking the marketplace…"
        case .failed: "cannot be checked"
        case .ready(let run): run.refusal == nil ? "nothing is sent yet" : "cannot be sent"
        case .sending: "sending"
        }
    }

    private func appendSubject(_ words: ReviewWords, _ model: Model, to page: inout Page) {
        if let customer = intent.customer {
            let name = run?.account?.name ?? model.name(of: customer)
            let status = run?.account?.status ?? model.accounts[customer]?.status
            let seller = model.sellerWords(of: customer, run?.account)
            page.field(
                "for", "\(name) \(customer)" + (status.map { ", \($0.word)" } ?? "") + seller, style: .strong)
        } else if case .edit(let account, _) = intent {
            page.field("for", "\(account.name) \(account.id)", style: .strong)
        }
        for (place, thing) in words.things.enumerated() {
            page.field(place == 0 ? "what" : "", thing.name, style: .strong)
            if !thing.exact.isEmpty { page.field("", thing.exact) }
        }
        for fact in words.facts { page.field(fact.label, fact.text) }
    }

    private func appendCosts(_ model: Model, to page: inout Page) {
        switch (state, intent) {
        case (.checking, .place): page.field("costs", "asking the marketplace…", style: .faint)
        case (.failed(let error), _): page.field("checked", error.message, style: .bad)
        case (.ready(let run), .place(let order)), (.sending(let run), .place(let order)):
            guard let estimate = run.estimate else {
                return page.field("costs", "the marketplace gave no price", style: .warning)
            }
            let amount = estimate.total?.description ?? "not reported"
            let asked = askedAt.map { "  (asked \(model.zone.time(of: model.timeOfDay($0))))" } ?? ""
            page.field("costs", amount + rhythm(order, run) + asked, style: .strong)
            guard estimate.lines.count > 1 else { return }
            for line in estimate.lines {
                guard let price = line.extendedPrice else { continue }
                page.field("", "\(price)  \(line.name ?? line.mpn)", style: .faint)
            }
        default: break
        }
    }

    /// How often the price is paid, where that is the same for everything.
    private func rhythm(_ order: OrderDraft, _ run: DryRun) -> String {
        let periods: [Period?] =
            switch order {
            case .sales(let sales): sales.lines.map(\.product.billingPeriod)
            case .renewal: [run.subscription?.subscription.billingPeriod]
            case .change, .planSwitch, .cancellation, .migration: []
            }
        guard let first = periods.first, let period = first, periods.allSatisfy({ $0 == first }) else {
            return order.kind == .change ? " for this change" : ""
        }
        return ", billed \(period.rhythm)"
    }

    /// What speaks against it first; what is in order last, in few lines.
    private func appendChecks(to page: inout Page) {
        guard let run else { return }
        for check in run.checks where check.verdict != .passed {
            let (label, style): (String, Style) =
                switch check.verdict {
                case .refused: ("NO", .bad)
                case .warning: ("WARNING", .warning)
                case .note, .passed: ("note", .plain)
                }
            page.field(label, check.text, style: style)
        }
        let passed = run.checks.filter { $0.verdict == .passed }.map(\.text)
        guard let first = passed.first else { return }
        // One line: what is in order must not push what commits the person out of sight.
        let columns = page.width - 20
        let whole = passed.joined(separator: "; ")
        let short = "\(first) and \(passed.count - 1) more checks"
        page.field("ok", TerminalText.width(of: whole) <= columns ? whole : short, style: .good)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        let place = Self.place(in: rect)
        let footer = Self.footer(of: place)
        let page = page(width: place.width, model)
        let area = Rect(x: place.x, y: place.y, width: place.width, height: max(0, place.height - footer))
        page.draw(on: &canvas, in: area, from: scroll)
        // Right below the page where there is room, else at the bottom, where it never leaves the screen.
        let y = min(place.y + page.lines.count, area.maxY) + (footer == 3 ? 1 : 0)
        switch state {
        case .sending:
            canvas.write(
                "Sending. The marketplace can take up to three minutes to answer.", x: place.x + 3, y: y,
                width: place.width - 4, style: .warning)
        case .ready where canBeSent: drawQuestion(on: &canvas, in: place, y, model)
        case .checking, .failed, .ready: drawBack(on: &canvas, x: place.x + 6, y + 1)
        }
    }

    private func drawQuestion(on canvas: inout Canvas, in place: Rect, _ y: Int, _ model: Model) {
        let words = ReviewWords(intent, run, model)
        let width = max(7, TerminalText.width(of: phrase) + 2)
        let question = "Type \(phrase)\(words.asks.isEmpty ? "" : ", \(words.asks),") to go on:"
        let used = canvas.write(question, x: place.x + 3, y: y, width: place.width - width - 9, style: .strong)
        let x = place.x + 4 + used
        canvas.write("[", x: x, y: y, style: .faint)
        confirmation.draw(on: &canvas, x: x + 2, y: y, width: width, focused: true)
        canvas.write("]", x: x + 3 + width, y: y, style: .faint)
        let below = y + (place.maxY - y > 3 ? 2 : 1)
        let back = drawBack(on: &canvas, x: place.x + 6, below)
        canvas.write(
            isArmed ? "[ \(words.button) ]" : "\(words.button) (type \(phrase) first)", x: place.x + 10 + back,
            y: below, width: place.maxX - place.x - 11 - back,
            style: isArmed ? Style(.warning, strong: true, selected: true) : .faint)
    }

    @discardableResult
    private func drawBack(on canvas: inout Canvas, x: Int, _ y: Int) -> Int {
        canvas.write(
            "[ Back to the form ]", x: x, y: y, style: Style(.plain, strong: true, selected: confirmation.isEmpty))
    }

    func help() -> [KeyHelp] {
        let keys: [KeyAction] =
            switch state {
            case .sending: []
            case .checking: [ReviewKeys.leaveReview]
            case .failed: [ReviewKeys.leaveReview, ReviewKeys.estimate]
            case .ready:
                (canBeSent ? [ReviewKeys.confirm] : [])
                    + [ReviewKeys.leaveReview, ReviewKeys.estimate, ReviewKeys.scrollReview]
            }
        return keys.help()
    }
}
