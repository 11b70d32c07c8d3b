import FoundationEssentials
import Marketplace
import Screen

/// Has a generator of the panel make a report once.
struct ReportForm: WriteForm {
    static let kind = FormKind.report
    let title = "new report"
    var fields: FormFields

    init?(_ fields: [String: String], _ model: Model) {
        guard fields["wanted"] == "report" else { return nil }
        self.fields = FormFields(restoring: fields)
        self.fields.lay(out: rows(model))
        self.fields.focus(on: "name")
    }

    /// What `init` reads, for a report of the same generator.
    /// - Parameter report: Nil for any generator.
    static func fields(like report: Report?) -> [String: String] {
        var fields = ["wanted": "report"]
        guard let report else { return fields }
        fields["name"] = report.name
        fields["view"] = report.view
        if case .other = report.format {} else { fields["format"] = report.format.word }
        return fields
    }

    var kept: [String: String] { ["wanted": "report"] }

    func subject(_ model: Model) -> String {
        let name = fields["name"].trimmingSpaces()
        return name.isEmpty ? "without a name yet" : name
    }

    private static let formats: [Report.Format] = [.csv, .xlsx, .json, .xml]

    func rows(_ model: Model) -> [FormField] {
        let month = model.today.firstOfMonth
        let before = month.adding(days: -1)
        return [
            .text("name", "generator", width: 34, note: fields.requirement("name", else: "its name in the panel")),
            .text("from", "from", before.firstOfMonth.description, width: 16, note: "the first day, in UTC"),
            .text("to", "to", before.description, width: 16, note: "the last day; empty: until now"),
            .choice(
                "format", "format",
                [FormField.Choice(value: "", label: "the generator's own")]
                    + Self.formats.map { FormField.Choice(value: $0.word, label: $0.word) }),
            .text("view", "view", width: 26, note: "optional: of its data"),
        ]
    }

    func problems(_ model: Model) -> [FormProblem] {
        var problems: [FormProblem] = []
        if fields["name"].trimmingSpaces().isEmpty {
            problems.append(FormProblem(field: "name", text: "Give the generator's name.", short: "required"))
        }
        let how = "Write the day as 2026-11-01."
        if day("from") == nil { problems.append(FormProblem(field: "from", text: how, short: "a day: 2026-11-01")) }
        let end = fields["to"].trimmingSpaces()
        if !end.isEmpty, day("to") == nil {
            problems.append(FormProblem(field: "to", text: how, short: "a day: 2026-11-30"))
        }
        if let first = day("from"), let last = day("to"), last < first {
            problems.append(
                FormProblem(field: "to", text: "The report would end before it begins.", short: "before it begins"))
        }
        return problems
    }

    private func day(_ row: String) -> CalendarDate? {
        let text = fields[row].trimmingSpaces()
        return text.utf8.count == 10 ? CalendarDate(text) : nil
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        if let problem = problems(model).first { return .failure(problem) }
        guard let from = day("from") else {
            return .failure(FormProblem(field: "from", text: "Give the first day."))
        }
        let view = fields["view"].trimmingSpaces()
        return .success(
            .schedule(
                ReportDraft(
                    name: fields["name"].trimmingSpaces(), view: view.isEmpty ? nil : view,
                    format: Self.formats.first { $0.word == fields["format"] }, from: from.firstMoment,
                    to: day("to").map { $0.adding(days: 1).firstMoment.adding(seconds: -0.001) })))
    }

    func append(to page: inout Page, _ model: Model) {
        page.heading("WHAT COMES OF IT")
        page.paragraph("The generator makes one report of these days. Nothing is bought or changed.")
        page.paragraph(
            "The API lists no generators: their names are in the panel, and in the list of reports.", style: .faint)
    }
}

extension CalendarDate {
    fileprivate var firstOfMonth: CalendarDate { adding(days: 1 - components.day) }
    /// Its first moment in UTC.
    fileprivate var firstMoment: Instant { Instant(millisecondsSince1970: Int64(daysSince1970) * 86_400_000) }
}
