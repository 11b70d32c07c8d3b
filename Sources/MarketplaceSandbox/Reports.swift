/// A report of the panel's generators (REFERENCE 12).
struct Report: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case periodic, daily, monthly, onetime
        case onInvoice = "on_invoice"
    }

    enum Format: String, CaseIterable, Sendable {
        case json, xml, csv, xlsx
    }

    enum Status: String, CaseIterable, Sendable {
        case submitted, processing, error, completed
    }

    var id: String
    /// The place of the reseller whose report it is; nil for the provider's.
    var owner: Int?
    var name: String
    var customization: String?
    var status: Status
    var kind: Kind
    var format: Format
    var created: Moment
    var start: Moment
    var end: Moment
}

/// The generators' reports of the last 120 days, made when asked for, and those that were scheduled through the API.
struct Reports: Sendable {
    /// Files are kept that many days.
    static let keptDays = 90
    private static let listedDays = 120

    let seed: UInt64
    private var scheduled: [(report: Report, seconds: Double)] = []

    init(seed: UInt64, now: Moment) {
        self.seed = seed
    }

    mutating func schedule(_ report: Report, at seconds: Double) -> Report {
        var report = report
        var dice = Dice(seed: seed, .report, -1 - scheduled.count)
        report.id = dice.uuid()
        scheduled.append((report, seconds))
        return report
    }

    /// All reports of that owner, newest first.
    /// - Parameter orderSeconds: how long a scheduled one takes.
    func all(of owner: Int?, now: Double, orderSeconds: Double) -> [Report] {
        let made = scheduled.reversed().filter { $0.report.owner == owner }.map { entry in
            var report = entry.report
            let age = now - entry.seconds
            report.status = age >= orderSeconds ? .completed : age >= orderSeconds / 4 ? .processing : .submitted
            return report
        }
        let moment = Moment(seconds: Int64(now.rounded(.down)))
        let generated = (0..<Reports.listedDays).flatMap { age in
            self.generated(on: moment.day.adding(days: -age), age: age, owner: owner)
        }
        return (made + generated.filter { $0.created <= moment }).sorted { $0.created > $1.created }
    }

    private func generated(on day: CalendarDay, age: Int, owner: Int?) -> [Report] {
        let (year, month, date) = day.components
        var reports: [Report] = []
        func add(_ name: String, _ kind: Report.Kind, _ format: Report.Format, days: Int, second: Int) {
            var dice = Dice(
                seed: seed, .report, (Int(day.number) * 8 + reports.count) * 100_000 + (owner ?? -1) + 1)
            reports.append(
                Report(
                    id: dice.uuid(), owner: owner, name: name, customization: "CMP API", status: .completed, kind: kind,
                    format: format, created: Moment(day: day, second: second),
                    start: Moment(day: day.adding(days: -days), second: 0),
                    end: Moment(day: day.adding(days: -1), second: 86_399)))
        }
        let monthWords = "\(year)-" + Digits.padded(month, 2)
        if date == 3 || date == 17 {
            add("Every Invoice - \(monthWords)-\(date)", .onInvoice, .xlsx, days: 14, second: 7_200)
        }
        if date == 1 {
            let length = day - day.adding(months: -1)
            add("Monthly Report", .monthly, .csv, days: length, second: 3_600)
        }
        if day.number % 7 == 4 { add("Weekly Orders", .periodic, .xml, days: 7, second: 1_800) }
        add("Daily report", .daily, .json, days: 1, second: 300)
        if age == 7, !reports.isEmpty { reports[reports.count - 1].status = .error }
        return reports.reversed()
    }
}

/// The pre-signed way to a report's file: whoever has the URL may read it until it ends, without any header of the API.
struct ReportLink {
    /// Below which paths files are served. They are no part of the API: a storage service has them in real life.
    static let root = "rde"

    let seed: UInt64

    /// The path and query of a report's file.
    func target(of report: Report, until end: Moment) -> String {
        let file = file(of: report)
        return "/\(ReportLink.root)/\(file)?se=\(end.seconds)&sig=\(signature(file, end.seconds))"
    }

    private func file(of report: Report) -> String {
        (report.owner.map { String(Accounts.resellerID($0)) } ?? "provider") + "/" + report.id + "."
            + report.format.rawValue
    }

    /// Opaque to callers, and the same for the same file and end.
    private func signature(_ file: String, _ end: Int64) -> String {
        var sum = seed
        for byte in file.utf8 { sum = sum &* 31 &+ UInt64(byte) }
        var dice = Dice(seed: sum, .token, Int(truncatingIfNeeded: end))
        return String(dice.next(), radix: 16) + String(dice.next(), radix: 16)
    }

    /// The report that a signed target names.
    /// - Throws: what the storage service says (403, 404), as XML.
    func report(
        _ path: [String], _ query: Query, in world: World, now: Double
    ) throws(StorageRefusal) -> Report {
        guard path.count == 2, let name = path.last else { throw .notFound }
        guard let text = query["se"], let end = Int64(text),
            query["sig"] == signature(path.joined(separator: "/"), end)
        else { throw .signature }
        guard now < Double(end) else { throw .expired }
        let owner = path[0] == "provider" ? nil : world.accounts.resellerPlace(id: path[0])
        let reports = world.reports.all(of: owner, now: now, orderSeconds: world.configuration.orderSeconds)
        guard let report = reports.first(where: { $0.id + "." + $0.format.rawValue == name }),
            world.hasFile(report, today: Moment(seconds: Int64(now.rounded(.down))).day)
        else { throw .notFound }
        return report
    }
}

/// How the storage service refuses.
enum StorageRefusal: Error {
    case headers, signature, expired, notFound

    var answer: Answer {
        let (status, code, message) =
            switch self {
            case .headers:
                (
                    403, "AuthenticationFailed",
                    "Server failed to authenticate the request. Remove the Authorization header."
                )
            case .signature:
                (403, "AuthenticationFailed", "Server failed to authenticate the request. Signature did not match.")
            case .expired:
                (
                    403, "AuthenticationFailed",
                    "Server failed to authenticate the request. Signature not valid in the specified time frame."
                )
            case .notFound: (404, "BlobNotFound", "The specified blob does not exist.")
            }
        let body =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
        return Answer(status: status, content: .xml, body: Array(body.utf8))
    }
}
