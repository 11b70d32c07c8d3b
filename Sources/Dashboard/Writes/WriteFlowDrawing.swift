import Marketplace
import Screen

extension WriteFlow {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model) {
        switch stage {
        case .filling where form.isChoosing: form.drawChoice(on: &canvas, in: area, model)
        case .filling: drawForm(on: &canvas, in: area, model)
        case .reviewing where isSending: sendingPage(width: area.whole.width, model).draw(on: &canvas, in: area.whole)
        case .reviewing(let review): review.draw(on: &canvas, in: area.whole, model)
        case .unknown(let unconfirmed):
            unconfirmed.page(width: area.whole.width, model).draw(on: &canvas, in: area.whole)
        }
    }

    private func drawForm(on canvas: inout Canvas, in area: PaneArea, _ model: Model) {
        let rect = area.main
        // In small windows the rows come first; the words below them get what is left.
        let top = rect.y + (rect.height < 14 ? 0 : 1)
        // A refusal is read in any window.
        let below = refusal == nil || area.detail != nil ? 0 : min(5, rect.height / 2)
        let height = min(form.fields.height, max(1, rect.maxY - top - below))
        form.fields.draw(on: &canvas, in: Rect(x: rect.x, y: top, width: rect.width, height: height))
        let y = top + height + 1
        let aside = area.detail ?? Rect(x: rect.x, y: y, width: rect.width, height: rect.maxY - y)
        if let detail = area.detail { canvas.verticalRule(x: detail.x - 1, y: detail.y, height: detail.height) }
        asidePage(width: aside.width, isBrief: area.detail == nil, model).draw(
            on: &canvas, in: aside, from: scroll)
    }

    func asidePage(width: Int, isBrief: Bool, _ model: Model) -> Page {
        var page = Page(width: width)
        if let refusal {
            page.heading("REASON", right: "nothing was changed", rightStyle: .bad)
            page.paragraph(refusal.message, style: .bad)
            page.blank()
        }
        appendProblem(to: &page, model)
        if let order = form.priced(model) { appendEstimate(of: order, isBrief: isBrief, model, to: &page) }
        form.append(to: &page, model)
        return page
    }

    /// What keeps the form from its review, unless the message line or the boxes say it just now.
    private func appendProblem(to page: inout Page, _ model: Model) {
        guard case .failure(let problem) = form.intent(model), said != problem.text, problem.short == nil else {
            return
        }
        page.heading("INCOMPLETE")
        page.paragraph(problem.text, style: .warning)
        page.blank()
    }

    func sendingPage(width: Int, _ model: Model) -> Page {
        var page = Page(width: width)
        page.labelWidth = 14
        guard case .reviewing(let review) = stage else { return page }
        let number = review.intent.poNumber.map { $0.isEmpty ? "" : ", PO \($0)" } ?? ""
        page.paragraph("\(form.subject(model))\(number).", style: .strong)
        page.paragraph("It cannot be recalled. The answer may take 3 minutes.")
        let journal = model.keymap.name(of: View.journal.action)
        page.paragraph("You may leave: the journal (\(journal)) keeps it, and the message line says the outcome.")
        return page
    }

    private func appendEstimate(of order: OrderDraft, isBrief: Bool, _ model: Model, to page: inout Page) {
        guard let estimate, estimate.order == order else {
            page.heading("ESTIMATE", right: "asking…")
            return
        }
        switch estimate.result {
        case .failure(let error):
            page.heading("ESTIMATE", right: "none")
            page.paragraph(error.message, style: .bad)
        case .success(let priced):
            page.heading("ESTIMATE", right: "asked \(model.zone.time(of: model.timeOfDay(estimate.at)))")
            page.append(priced, isBrief: isBrief)
        }
    }

    func help() -> [KeyHelp] {
        switch stage {
        case .filling where form.isChoosing: return form.help()
        case .filling:
            let moves = [FormKeys.nextRow, FormKeys.rowBefore, FormKeys.choose]
            let price = estimate == nil ? [] : [FormKeys.estimate]
            let ways = [FormKeys.review, FormKeys.scrollWords, FormKeys.leaveForm]
            return moves.help() + [FormFields.proposalHelp] + form.help() + (price + ways).help()
        case .reviewing where isSending:
            return [
                KeyHelp("7", "the journal, with every write", "journal"),
                KeyHelp("Esc", "leave this page; the journal keeps the write", "leave"),
            ]
        case .reviewing(let review): return review.help()
        case .unknown(let unconfirmed): return unconfirmed.help
        }
    }
}

extension Page {
    /// The lines of an estimate: what each costs, what it is for unless it is to be brief, and the total.
    mutating func append(_ estimate: Estimate, isBrief: Bool = false) {
        for product in estimate.lines {
            guard let price = product.extendedPrice else { continue }
            let units = product.quantity.map { $0.grouped(fractionDigits: 0) + " x " } ?? ""
            line("\(units)\(product.name ?? product.mpn)", indent: 3, right: price.description, rightStyle: .plain)
        }
        for charge in isBrief ? [] : estimate.charges.prefix(4) where !charge.description.isEmpty {
            paragraph(charge.description, style: .faint, indent: 5)
        }
        line(
            "total", style: .strong, indent: 3, right: estimate.total?.description ?? "not reported",
            rightStyle: .strong)
    }
}
