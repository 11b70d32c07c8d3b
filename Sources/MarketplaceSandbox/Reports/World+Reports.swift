/// Reports: listed, scheduled, and where their files are (REFERENCE 12).
extension World {
    /// All that match: `offset` and `limit` are read but not honoured (REFERENCE 16, row 9).
    func listReports(_ call: Call) throws(Refusal) -> Answer {
        _ = try call.page()
        let format = try choice(call, "format") { Report.Format(rawValue: $0.lowercased()) }
        let status = try choice(call, "status") { Report.Status(rawValue: $0) }
        let kind = try choice(call, "type") { Report.Kind(rawValue: $0) }
        let from = try call.day("from")
        let to = try call.day("to")
        let name = call.query["name"].map { Array($0.lowercased().utf8) }
        let found = all(call).filter { report in
            (format == nil || report.format == format) && (status == nil || report.status == status)
                && (kind == nil || report.kind == kind) && from.map { report.created.day >= $0 } ?? true
                && to.map { report.created.day <= $0 } ?? true
                && name.map { Text.contains(report.name.lowercased(), $0) } ?? true
        }
        return .list(found, total: found.count, (offset: 0, limit: found.count)) { write($1, call, &$0) }
    }

    func scheduleReport(_ call: Call) throws(Refusal) -> Answer {
        let fields = try call.fields(.report)
        let name = try fields.requiredText("name")
        let wanted = try fields.text("format") ?? "json"
        guard let format = Report.Format(rawValue: wanted.lowercased()) else {
            throw .badRequest("format: must be one of json, xml, csv, xlsx, not \(wanted)")
        }
        guard let start = Moment(try fields.requiredText("startDate")) else { throw .missing("startDate") }
        let end = try fields.text("endDate").flatMap { Moment($0) } ?? max(start, call.now)
        guard start <= end else { throw .badRequest("endDate: must not be before startDate") }
        let report = reports.schedule(
            Report(
                id: "", owner: call.viewer.reseller, name: name, customization: try fields.text("customizationName"),
                status: .submitted, kind: .onetime, format: format, created: call.now, start: start, end: end),
            at: call.exactNow)
        return .object { write(report, call, &$0) }
    }

    func readReport(_ call: Call) throws(Refusal) -> Answer {
        let id = call.segments[1].lowercased()
        guard let report = all(call).first(where: { $0.id == id }) else { throw .notFound }
        return .object { write(report, call, &$0) }
    }

    /// Whether the file is there: the report is done, and not older than files are kept.
    func hasFile(_ report: Report, today: CalendarDay) -> Bool {
        report.status == .completed && today - report.created.day <= Reports.keptDays
    }

    private func all(_ call: Call) -> [Report] {
        reports.all(of: call.viewer.reseller, now: call.exactNow, orderSeconds: configuration.orderSeconds)
    }

    private func choice<Value>(
        _ call: Call, _ name: String, _ value: (String) -> Value?
    ) throws(Refusal) -> Value? {
        guard let text = call.query.typed(name) else { return nil }
        guard let value = value(text) else { throw .badParameter(name) }
        return value
    }

    private func write(_ report: Report, _ call: Call, _ json: inout JSONWriter) {
        json.field("id", report.id)
        json.field("name", report.name)
        if let customization = report.customization { json.field("customizationName", customization) }
        json.field("status", report.status.rawValue)
        json.field("type", report.kind.rawValue)
        json.field("format", report.format.rawValue.uppercased())
        json.field("creationDate", report.created)
        json.field("startDate", report.start)
        json.field("endDate", report.end)
        guard hasFile(report, today: call.now.day) else { return }
        let until = Moment(seconds: call.now.seconds + Int64(clamping: configuration.downloadSeconds))
        json.field("downloadUrl", call.origin + ReportLink(seed: configuration.seed).target(of: report, until: until))
    }
}
