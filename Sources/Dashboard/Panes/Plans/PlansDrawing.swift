import Marketplace
import Rows
import Screen

extension PlansPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let detail = area.detail {
            drawList(on: &canvas, in: area.main, model, focused: focused && opened == nil)
            drawBeside(
                (opened ?? list.selected?.id).map { page(of: $0, width: detail.width, model) }, from: scroll,
                on: &canvas, in: detail, model)
        } else if let opened {
            page(of: opened, width: area.main.width, model).draw(on: &canvas, in: area.main, from: scroll)
        } else {
            drawList(on: &canvas, in: area.main, model, focused: focused)
        }
    }

    private func drawList(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        drawListHead(
            "PLANS", filter: list.filter, problem: list.problem, sorting: sortingWords(model), extent: list.extent,
            on: &canvas, in: rect)
        let note = note(width: rect.width)
        let body = rect.droppingTop(1).droppingBottom(note.lines.count)
        list.drawRows(
            columns(model), rowStamp(model), orWhyEmpty: list.emptiness(of: "plans"), on: &canvas, in: body,
            focused: focused)
        for (line, text) in note.lines.enumerated() {
            canvas.write(text, x: rect.x + 1, y: body.maxY + line, width: rect.width - 2, style: note.style)
        }
    }

    func page(of id: Plan.ID, width: Int, _ model: Model) -> Page {
        var page = Page.preview(width: width, isOpened: opened != nil)
        let detail = detail(of: id, model)
        guard let plan = detail?.plan ?? listed[id] else {
            page.heading("plan \(id)")
            page.blank()
            page.paragraph(failure(of: id)?.message ?? "Loading…", style: failure(of: id) == nil ? .faint : .bad)
            return page
        }
        page.heading(
            plan.name.isEmpty ? "plan \(id)" : plan.name, right: plan.publishedWord,
            rightStyle: plan.isPublished == false ? .warning : .faint)
        page.field("id", id.rawValue)
        page.field("billed", plan.billingPeriod?.rhythm ?? "not reported")
        appendTerms(of: plan, to: &page)
        page.field("charged", plan.billingModelWords ?? "not reported", rows: 2)
        page.field("summary", plan.summary.isEmpty ? nil : plan.summary)
        page.field("description", plan.description.isEmpty ? nil : plan.description, rows: 3)
        page.blank()
        appendSwitches(of: detail, failure: failure(of: id), to: &page)
        return page
    }

    /// The periods for which it is sold, in as many rows; in fixed places in one.
    private func appendTerms(of plan: Plan, to page: inout Page) {
        guard !page.hasFixedPlaces, !plan.terms.isEmpty else {
            let words = plan.terms.map(\.words).joined(separator: "; ")
            return page.field("periods", words.isEmpty ? "none reported" : words)
        }
        for (place, term) in plan.terms.enumerated() {
            page.field(place == 0 ? "periods" : "", term.words, style: term.isActive ? .plain : .faint)
        }
    }

    /// Where a subscription of the plan may go, by which rule and from when on.
    private func appendSwitches(of detail: PlanDetail?, failure: MarketplaceError?, to page: inout Page) {
        page.heading("SWITCHES", right: detail.map { counted($0.switches.count, "way") } ?? "")
        page.endFixedPlaces()
        guard let detail else {
            return page.paragraph(failure?.message ?? "Loading…", style: failure == nil ? .faint : .bad)
        }
        if detail.switches.isEmpty {
            page.paragraph("The plan allows no switch to another plan or period.", style: .faint)
        }
        for way in detail.switches {
            let name = name(of: way.plan)
            page.paragraph(name == "plan \(way.plan)" ? name : "\(name) (\(way.plan))", style: .strong)
            let target = way.period.map { "to \($0.spoken)" } ?? "to any period of the plan"
            let billing = listed[way.plan]?.billingPeriod.map { ", billed \($0.rhythm)" } ?? ""
            page.field("period", (way.sourcePeriod.map { "from \($0.spoken)" } ?? "from any") + " \(target)\(billing)")
            page.field("when", way.effective.word)
            page.field("charged", way.charging.word)
        }
        if let failure { page.paragraph(failure.message, style: .bad) }
    }

    func summary(_ model: Model) -> PaneSummary {
        if let opened { return PaneSummary(page: page(of: opened, width: Page.spokenWidth, model).sentences) }
        var summary = list.summary("plans", columns(model), model.zone)
        if let note { summary.extent = [summary.extent, note.text].filter { !$0.isEmpty }.joined(separator: " ") }
        return summary
    }
}
