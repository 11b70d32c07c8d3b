import Marketplace
import Rows
import Screen

extension ReportsPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let detail = area.detail {
            drawList(on: &canvas, in: area.main, model, focused: focused && opened == nil)
            drawBeside(
                report.map { page(of: $0, width: detail.width, model) }, from: scroll, on: &canvas, in: detail, model)
        } else if opened != nil {
            openedPage(width: area.main.width, model).draw(on: &canvas, in: area.main, from: scroll)
        } else {
            drawList(on: &canvas, in: area.main, model, focused: focused)
        }
    }

    private func drawList(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        // They are of no account: the one in view narrows nothing here.
        drawListHead(
            model.scope == nil ? "REPORTS" : "REPORTS of all accounts", filter: list.filter, problem: list.problem,
            sorting: sortingWords(model), extent: list.extent,
            on: &canvas, in: rect)
        list.drawRows(
            columns(model), rowStamp(model), orWhyEmpty: emptiness, on: &canvas, in: rect.droppingTop(1),
            focused: focused)
    }

    private var emptiness: String {
        guard list.snapshot.failure == nil, list.snapshot.value?.count == 0 else {
            return list.emptiness(of: "reports")
        }
        return
            "There are no reports. Generators are set up in the panel (Reporting and Data Export); n has one of them "
            + "make a report."
    }

    private func openedPage(width: Int, _ model: Model) -> Page {
        if let report { return page(of: report, width: width, model) }
        var page = Page(width: width)
        page.blank()
        page.paragraph("The report is being read…", style: .faint)
        return page
    }

    func page(of report: Report, width: Int, _ model: Model) -> Page {
        var page = Page.preview(width: width, isOpened: opened != nil)
        page.heading(report.name, right: report.status.word, rightStyle: report.status.style)
        page.field("format", report.format.word)
        page.field("kind", report.kind.word)
        page.field("view", report.view)
        page.field("created", report.created.map { model.zone.spoken($0) } ?? "not reported")
        page.field("from", report.from.map { "\($0.spoken) UTC" } ?? "not reported")
        page.field("to", report.to.map { "\($0.spoken) UTC" } ?? "not reported")
        page.field("id", report.id.rawValue, rows: page.valueWidth < 36 ? 2 : 1)
        if !page.hasFixedPlaces { page.lastWrite(to: .report(report.id), model) }
        page.blank()
        page.heading("FILE")
        let isPreview = page.hasFixedPlaces
        page.endFixedPlaces()
        append(fileOf: report, to: &page, model)
        if isPreview { page.lastWrite(to: .report(report.id), model) }
        return page
    }

    private func append(fileOf report: Report, to page: inout Page, _ model: Model) {
        let (save, open) = (model.keymap.name(of: .download), model.keymap.name(of: .openTable))
        switch download(of: report.id) {
        case .running(let progress):
            let columns = max(10, min(40, page.width - 20))
            let bar = ReportWords.bar(progress, columns: columns)
            if !bar.isEmpty {
                let full = bar.prefix { $0 == "█" }
                let rest = bar.dropFirst(full.count).prefix { $0 == "─" }
                page.runs([
                    (3, String(full), .accent), (3 + full.count, String(rest), .faint),
                    (3 + columns + 1, ReportWords.percent(progress) ?? "", .strong),
                ])
            }
            page.paragraph("Saving: \(ReportWords.amount(progress)).")
            if progress.resumedFrom > 0 {
                page.paragraph("\(grouped(progress.resumedFrom)) bytes were here before.", style: .faint)
            }
            page.paragraph("\(model.keymap.name(of: .stopDownload)) stops; what came is kept.", style: .faint)
        case .saved(let path, let bytes, _):
            page.paragraph("Saved: \(path)", style: .strong)
            page.paragraph("\(grouped(bytes)) bytes, for you alone to read.", style: .faint)
            if report.format == .csv { page.paragraph("\(open) opens it as a table.") }
        case .taken(let path):
            page.paragraph("\(path) is there already and was left as it is.", style: .warning)
            page.paragraph(
                "\(save) names another file." + (report.format == .csv ? " \(open) opens the one that is there." : ""))
        case .stopped(let progress):
            page.paragraph("Stopped: \(ReportWords.amount(progress)) are here.", style: .warning)
            page.paragraph("\(save) with the same folder and name goes on there.")
        case .failed(let reason, let progress):
            page.paragraph(reason, style: .bad)
            if let progress {
                page.paragraph(
                    "\(ReportWords.amount(progress)) are here: \(save) with the same folder and name goes on there.")
            }
        case nil:
            if let reason = report.whyNoFile {
                page.paragraph(reason, style: .faint)
            } else {
                page.paragraph(
                    "Ready. \(save) saves it" + (report.format == .csv ? ", then \(open) opens it as a table." : "."))
            }
        }
    }

    func summary(_ model: Model) -> PaneSummary {
        if opened != nil { return PaneSummary(page: openedPage(width: Page.spokenWidth, model).sentences) }
        return list.summary("reports", columns(model), model.zone)
    }
}
