/// The pre-signed URL of a report's file: whoever has it may read the file until it expires, without the API's headers.
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
    case headers, signature, expired, notFound, range

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
            case .range: (416, "InvalidRange", "The range specified is invalid for the current size of the resource.")
            }
        let body =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
        return Answer(status: status, content: .xml, body: Array(body.utf8))
    }
}
