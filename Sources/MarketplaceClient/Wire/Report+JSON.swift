import Marketplace

extension Report {
    /// A report as listed, scheduled or read (REFERENCE 12). Words are read in any case.
    init?(_ json: JSONValue) {
        guard let id: ID = json["id"].identifier() else { return nil }
        self.init(
            id: id, name: json["name"].text ?? "", view: json["customizationName"].filledText,
            status: Status(wire: json["status"].text ?? ""), kind: Kind(wire: json["type"].text ?? ""),
            format: Format(wire: json["format"].text ?? ""), created: json["creationDate"].instant,
            from: json["startDate"].instant, to: json["endDate"].instant,
            download: json["downloadUrl"].filledText.map { Secret($0) })
    }
}

extension Report.Status {
    package init(wire text: String) {
        self =
            switch text.lowercased() {
            case "submitted": .submitted
            case "processing": .processing
            case "error": .error
            case "completed": .completed
            default: .other(text)
            }
    }

    package var wire: String { if case .other(let text) = self { text } else { word } }
}

extension Report.Kind {
    package init(wire text: String) {
        self =
            switch text.lowercased() {
            case "periodic": .periodic
            case "daily": .daily
            case "monthly": .monthly
            case "onetime": .oneTime
            case "on_invoice": .onInvoice
            default: .other(text)
            }
    }

    package var wire: String {
        switch self {
        case .periodic: "periodic"
        case .daily: "daily"
        case .monthly: "monthly"
        case .oneTime: "onetime"
        case .onInvoice: "on_invoice"
        case .other(let text): text
        }
    }
}

extension Report.Format {
    /// `xslx` is how the documentation misspells it.
    package init(wire text: String) {
        self =
            switch text.lowercased() {
            case "csv": .csv
            case "xml": .xml
            case "xlsx", "xslx": .xlsx
            case "json": .json
            default: .other(text)
            }
    }
}

extension ReportDraft {
    /// The body that schedules it.
    var json: JSONValue {
        .object([
            "name": .string(name), "customizationName": view.map(JSONValue.string),
            "format": format.map { .string($0.word) }, "startDate": .string(from.description),
            "endDate": (to?.description).map(JSONValue.string),
        ])
    }
}
