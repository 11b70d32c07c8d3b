import Marketplace
import Screen

/// Asks where the file of a report is to be saved. It changes nothing at the marketplace.
struct DownloadForm: Overlay {
    private let report: Report
    private(set) var fields = FormFields()
    private var problem: String?

    init(_ report: Report, _ proposal: DownloadRequest) {
        self.report = report
        fields.lay(out: [
            .text("folder", "folder", proposal.folder, width: 54), .text("name", "file name", proposal.name, width: 54),
        ])
    }

    var extent: OverlayExtent { .popup }
    var crumb: String? { "download" }
    var takesWheel: Bool { false }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] {
        problem = nil
        if key == .escape { return [.close] }
        switch fields.take(key) {
        case .taken, .opened: return []
        case .unused: return [.unused(key)]
        case .finished: return finish()
        }
    }

    private mutating func finish() -> [Reaction] {
        let (folder, name) = (fields["folder"].trimmingSpaces(), fields["name"].trimmingSpaces())
        if let reason = Self.refusal(folder: folder, name: name) {
            problem = reason.text
            fields.focus(on: reason.field)
            return [.say(Notice(.warning, reason.text))]
        }
        let request = DownloadRequest(report: report.id, folder: folder, name: name)
        return [.close, .effect(.download(request)), .say(Notice(.info, "Saving \(name)…"))]
    }

    private static func refusal(folder: String, name: String) -> FormProblem? {
        if folder.isEmpty {
            return FormProblem(field: "folder", text: "Name a folder; . is the one souk was started in.")
        }
        if name.isEmpty { return FormProblem(field: "name", text: "Name the file.") }
        if name.contains("/") || name == "." || name == ".." {
            return FormProblem(field: "name", text: "A file name has no slash: the folder stands in the box above.")
        }
        return nil
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? { help.hints(all: all) }

    func helpSection(_ model: Model) -> HelpOverlay.Section? { HelpOverlay.Section(title: "SAVE A FILE", rows: help) }

    private var help: [KeyHelp] {
        [
            KeyHelp("Tab", "to the next box", "next"),
            KeyHelp("Enter", "in the last box: save the file there", "save"), FormFields.proposalHelp,
            KeyHelp("Esc", "close; nothing is saved", "close"),
        ]
    }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        let rect = bands.body
        canvas.fill(rect)
        var head = Page(width: rect.width)
        head.heading("SAVE THE FILE OF A REPORT", right: "\(report.name), \(report.format.word)")
        head.blank()
        head.draw(on: &canvas, in: rect)
        let boxes = rect.droppingTop(2)
        fields.draw(on: &canvas, in: boxes)
        words(width: rect.width).draw(on: &canvas, in: boxes.droppingTop(fields.height + 1))
    }

    private func words(width: Int) -> Page {
        var page = Page(width: width)
        if let problem { page.paragraph(problem, style: .warning) }
        page.paragraph("The file is named \(fields["name"]).part until it is whole, and is for you alone to read.")
        page.paragraph("A file that is there already is never replaced. A download that was cut goes on where it was.")
        return page
    }

    func sentences(over below: Dashboard) -> [Sentence] {
        [
            Sentence(.place, "Save the file of report \(report.name)."),
            Sentence(.selected, fields.focusedWords ?? ""),
            Sentence(.aside, words(width: Page.spokenWidth).sentences),
        ]
    }
}
