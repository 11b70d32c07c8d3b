import Marketplace
import Screen

extension Review {
    /// The page as it is drawn in `place`. In short windows what commits the person comes first.
    func page(in place: Rect, _ model: Model) -> Page {
        let isShort = place.height < 14
        let airy = page(width: place.width, isShort: isShort, model)
        let isWhole = airy.lines.count <= place.height - 2
        return isShort || isWhole ? airy : page(width: place.width, isAiry: false, model)
    }

    /// - Parameter isAiry: Whether there is room for a blank line.
    func page(width: Int, isShort: Bool = false, isAiry: Bool = true, _ model: Model) -> Page {
        let words = ReviewWords(intent, run, model)
        var page = Page(width: width)
        page.labelWidth = 14
        appendNews(model, to: &page)
        if !isShort {
            appendIntroduction(words, model, to: &page)
            appendChecks(thatSpeakAgainstIt: true, words, to: &page)
            if isAiry { page.blank() }
        }
        appendSubject(words, isShort: isShort, model, to: &page)
        let isNarrow = width < 70
        if words.hasChangesFirst { page.append(words.changes) }
        page.table(isShort ? words.table.essence : words.table, isSpoken: model.isLinear, isNarrow: isNarrow)
        if !words.hasChangesFirst { page.append(words.changes) }
        for (place, line) in words.marked.enumerated() {
            page.field(place == 0 ? "contacts" : "", line.text, style: line.style, mark: line.mark)
        }
        if isShort, !words.commits.isEmpty { page.field("commits to", words.commits) }
        if case .failed(let error) = state { page.field("NOT CHECKED", error.message, style: .bad) }
        if case .checking = state { page.field("price, checks", "asking the marketplace…", style: .faint) }
        appendCharge(words, to: &page)
        if isShort { appendChecks(thatSpeakAgainstIt: true, words, to: &page) }
        if !isShort, !words.commits.isEmpty { page.field("commits to", words.commits) }
        for (label, text) in [("means", words.means), ("then", words.then), ("undo", words.undo)] where !text.isEmpty {
            page.field(label, text)
        }
        if isShort { appendLeftOut(words, model, isNarrow: isNarrow, to: &page) }
        if let number = intent.poNumber, !number.isEmpty { page.field("PO number", number) }
        appendChecks(thatSpeakAgainstIt: false, words, to: &page)
        appendCheckCount(model, to: &page)
        return page
    }

    /// What is not as it was when the person looked last.
    private func appendNews(_ model: Model, to page: inout Page) {
        if !differences.isEmpty {
            page.paragraph("This changed since you looked; read it again:", style: .warning)
            for difference in differences { page.paragraph(difference, style: .warning, indent: 5) }
        } else if isAskedAgain, let askedAt {
            page.paragraph(
                "Checked again at \(model.zone.time(of: model.timeOfDay(askedAt))): nothing changed since you looked.",
                style: .good)
        }
    }

    /// What the person is about to do, where and as whom.
    private func appendIntroduction(_ words: ReviewWords, _ model: Model, to page: inout Page) {
        let profile = model.profile
        let rest = words.rest.isEmpty ? "" : " \(words.rest)"
        guard profile.isProduction else {
            let article = words.noun.first.map { "aeiou".contains($0) } == true ? "an" : "a"
            return page.paragraph(
                "Nothing is real here. You are about to \(words.verb) \(article) \(words.noun)\(rest) as \(profile.user).",
                indent: 1)
        }
        let before = "You are about to \(words.verb) a "
        let after = " \(words.noun)\(rest) on \(profile.name) as \(profile.user)."
        let width = TerminalText.width(of: before)
        guard !model.isLinear, 1 + width + 4 + TerminalText.width(of: after) < page.width else {
            return page.paragraph("\(before)REAL\(after)", style: .strong, indent: 1)
        }
        page.runs([
            (1, before, .plain), (1 + width, "REAL", Style(.alarm, strong: true)), (5 + width, after, .plain),
        ])
    }

    private func appendSubject(_ words: ReviewWords, isShort: Bool, _ model: Model, to page: inout Page) {
        if let customer = intent.customer {
            let name = run?.account?.name ?? model.name(of: customer)
            let status = run?.account?.status ?? model.accounts[customer]?.status
            let seller = isShort ? "" : model.sellerWords(of: customer, run?.account)
            page.field("customer", "\(name) \(customer)" + (status.map { ", \($0.word)" } ?? "") + seller)
        } else if case .edit(let account, _) = intent {
            page.field(account.kind == .reseller ? "reseller" : "customer", "\(account.name) \(account.id)")
        }
        for (place, thing) in words.things.enumerated() {
            let text = [thing.name, isShort ? "" : thing.exact].filter { !$0.isEmpty }.joined(separator: ", ")
            page.field(place == 0 ? words.thingLabel : "", text)
        }
        for fact in words.facts where !isShort || fact.label == "units" {
            page.field(fact.label, fact.text, style: fact.label == "units" ? .strong : .plain)
        }
        if !words.dates.isEmpty { page.field("dates", words.dates.joined(separator: ", ")) }
    }

    /// What short windows show after that which commits the person.
    private func appendLeftOut(_ words: ReviewWords, _ model: Model, isNarrow: Bool, to page: inout Page) {
        page.table(words.table.besides, isSpoken: model.isLinear, isNarrow: isNarrow)
        for (place, thing) in words.things.enumerated() where !thing.exact.isEmpty {
            page.field(place == 0 ? "MPN" : "", thing.exact)
        }
        for fact in words.facts where fact.label != "units" { page.field(fact.label, fact.text) }
        if let customer = intent.customer {
            let seller = model.sellerWords(of: customer, run?.account).dropFirst(5)
            if !seller.isEmpty { page.field("sold by", String(seller)) }
        }
        appendIntroduction(words, model, to: &page)
    }

    private func appendCharge(_ words: ReviewWords, to page: inout Page) {
        if let charge = words.charge {
            page.field(charge.label, charge.text, style: run?.estimate?.total == nil ? .warning : .strong)
        }
        guard let estimate = run?.estimate, estimate.lines.count > 1 else { return }
        for line in estimate.lines {
            guard let price = line.extendedPrice else { continue }
            page.field("", "\(price)  \(line.name ?? line.mpn)", style: .faint)
        }
    }

    /// What refuses it or warns of it, or what is only to be noted.
    private func appendChecks(thatSpeakAgainstIt isAgainst: Bool, _ words: ReviewWords, to page: inout Page) {
        for check in run?.checks ?? [] where !words.isSaid(check) {
            switch check.verdict {
            case .refused where isAgainst: page.field("NO", check.text, style: .bad)
            case .warning where isAgainst: page.field("WARNING", check.text, style: .warning)
            case .note where !isAgainst: page.field("note", check.text)
            case .refused, .warning, .note, .passed: break
            }
        }
    }

    /// What is in order is counted: it must not push what commits the person out of sight.
    private func appendCheckCount(_ model: Model, to page: inout Page) {
        guard let run else { return }
        let passed = run.checks.count { $0.verdict == .passed }
        let judged = run.checks.count { $0.verdict != .note }
        let counted = judged == 0 ? [] : ["\(passed) of \(judged) ok"]
        let asked = run.estimate == nil ? "checked" : "price asked"
        let time = askedAt.map { moment in
            "\(asked) \(model.zone.time(of: model.timeOfDay(moment)))" + (isAsOnForm ? ", as on the form" : "")
        }
        page.field("checks", (counted + [time].compactMap(\.self)).joined(separator: "; "))
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        let place = Self.place(in: rect)
        let page = page(in: place, model)
        let footer = Self.footer(of: place, below: page.lines.count)
        let area = Rect(x: place.x, y: place.y, width: place.width, height: max(0, place.height - footer))
        page.draw(on: &canvas, in: area, from: scroll)
        // Right below the page where there is room, else at the bottom, where it never leaves the screen.
        let y = min(place.y + page.lines.count, area.maxY) + (footer == 3 ? 1 : 0)
        switch state {
        case .sending: break
        case .ready where canBeSent: drawQuestion(on: &canvas, in: place, y, model)
        case .checking, .failed, .ready: drawBack(on: &canvas, x: place.x + 6, min(y + 1, place.maxY - 1))
        }
    }

    private func drawQuestion(on canvas: inout Canvas, in place: Rect, _ y: Int, _ model: Model) {
        let words = ReviewWords(intent, run, model)
        let width = max(7, TerminalText.width(of: phrase) + 2)
        let question = "Type \(phrase)\(words.asks.isEmpty ? "" : ", \(words.asks)"):"
        let used = canvas.write(question, x: place.x + 3, y: y, width: place.width - width - 9, style: .strong)
        let x = place.x + 4 + used
        canvas.write("[", x: x, y: y, style: .faint)
        confirmation.draw(on: &canvas, x: x + 2, y: y, width: width, focused: true)
        canvas.write("]", x: x + 3 + width, y: y, style: .faint)
        let below = y + (place.maxY - y > 3 ? 2 : 1)
        let back = drawBack(on: &canvas, x: place.x + 6, below)
        canvas.write(
            isArmed ? "[ \(words.button) ]" : words.button, x: place.x + 11 + back, y: below,
            width: place.maxX - place.x - 12 - back,
            style: isArmed ? Style(.warning, strong: true, selected: true) : .faint)
    }

    @discardableResult
    private func drawBack(on canvas: inout Canvas, x: Int, _ y: Int) -> Int {
        canvas.write(
            "[ Back to the form ]", x: x, y: y, style: Style(.plain, strong: true, selected: confirmation.isEmpty))
    }

    func help() -> [KeyHelp] {
        let copy = KeyHelp("y", "copy the review as text, before anything is typed", "copy")
        return switch state {
        case .sending: []
        case .checking: [ReviewKeys.leaveReview].help()
        case .failed: [ReviewKeys.leaveReview, ReviewKeys.estimate].help()
        case .ready:
            (canBeSent ? [ReviewKeys.confirm] : []).help() + [ReviewKeys.estimate, ReviewKeys.scrollReview].help()
                + [copy] + [ReviewKeys.leaveReview].help()
        }
    }
}

extension Page {
    fileprivate mutating func append(_ changes: [ReviewWords.Change]) {
        for change in changes { field(change.label, "\(change.before) → \(change.after)", style: .strong) }
    }
}

extension WriteFlow {
    /// The review as text; nil until its answers are there.
    func copyOffer(of review: Review, _ model: Model) -> CopyOffer? {
        guard review.run != nil else { return nil }
        return CopyOffer(
            "y", "the review", review.page(width: Page.spokenWidth, model).sentences.joined(separator: "\n"))
    }
}
