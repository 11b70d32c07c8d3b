/// A file of rated data, made by a generator that somebody configured in the panel (REFERENCE 12).
public struct Report: Hashable, Sendable, Identifiable {
    public typealias ID = Identifier<Report>

    public enum Status: Hashable, Sendable {
        case submitted, processing, error, completed
        case other(String)

        public var word: String {
            switch self {
            case .submitted: "submitted"
            case .processing: "processing"
            case .error: "error"
            case .completed: "completed"
            case .other(let text): text.isEmpty ? "not reported" : text
            }
        }

        /// Whether it stays as it is.
        public var isFinal: Bool {
            switch self {
            case .completed, .error: true
            case .submitted, .processing, .other: false
            }
        }
    }

    public enum Kind: Hashable, Sendable {
        case periodic, daily, monthly, oneTime, onInvoice
        case other(String)

        public var word: String {
            switch self {
            case .periodic: "periodic"
            case .daily: "daily"
            case .monthly: "monthly"
            case .oneTime: "one-time"
            case .onInvoice: "on invoice"
            case .other(let text): text.isEmpty ? "not reported" : text
            }
        }
    }

    public enum Format: Hashable, Codable, Sendable {
        case csv, xml, xlsx, json
        case other(String)

        /// In lower case.
        public var word: String {
            switch self {
            case .csv: "csv"
            case .xml: "xml"
            case .xlsx: "xlsx"
            case .json: "json"
            case .other(let text): text.lowercased()
            }
        }
    }

    public let id: ID
    /// Of its generator.
    public var name: String
    /// Of the view of the data, when the generator has several.
    public var view: String?
    public var status: Status
    public var kind: Kind
    public var format: Format
    public var created: Instant?
    /// First and last moment covered.
    public var from: Instant?
    public var to: Instant?
    /// Whoever has this address can fetch the file, without signing in; files live 90 days.
    public var download: Secret?

    public init(
        id: ID, name: String, view: String? = nil, status: Status, kind: Kind, format: Format,
        created: Instant? = nil, from: Instant? = nil, to: Instant? = nil, download: Secret? = nil
    ) {
        self.id = id
        self.name = name
        self.view = view
        self.status = status
        self.kind = kind
        self.format = format
        self.created = created
        self.from = from
        self.to = to
        self.download = download
    }
}

/// A report to be made once (REFERENCE 12).
public struct ReportDraft: Hashable, Codable, Sendable {
    /// Of a generator in the panel.
    public var name: String
    public var view: String?
    public var format: Report.Format?
    public var from: Instant
    public var to: Instant?

    public init(
        name: String, view: String? = nil, format: Report.Format? = nil, from: Instant, to: Instant? = nil
    ) {
        self.name = name
        self.view = view
        self.format = format
        self.from = from
        self.to = to
    }
}
