import HTTPTypes
import Marketplace
import Synchronization

/// By what a file that was changed at its storage is noticed.
public struct FileVersion: Codable, Hashable, Sendable {
    /// One that is another for every change; nil also for a weak one.
    public var entityTag: String?
    public var lastModified: String?
    /// Bytes of the whole file.
    public var length: Int?

    public init(entityTag: String? = nil, lastModified: String? = nil, length: Int? = nil) {
        self.entityTag = entityTag
        self.lastModified = lastModified
        self.length = length
    }

    /// What a server is asked to compare before it goes on with the file; without one nothing is gone on with.
    var condition: String? { entityTag ?? lastModified }

    /// Whether both can be the same file.
    func agrees(with other: FileVersion) -> Bool {
        func agree<Value: Equatable>(_ left: Value?, _ right: Value?) -> Bool {
            left == nil || right == nil || left == right
        }
        return agree(entityTag, other.entityTag) && agree(lastModified, other.lastModified)
            && agree(length, other.length)
    }
}

/// What was read of a file before its reading was cut.
public struct FileBeginning: Hashable, Sendable {
    public var bytes: Int
    public var version: FileVersion

    public init(bytes: Int, version: FileVersion) {
        self.bytes = bytes
        self.version = version
    }
}

/// A file as it comes.
public enum DownloadPart: Sendable {
    /// The bytes that follow stand from that place on: 0 where all of it comes, also when a beginning was there.
    case start(at: Int, FileVersion, contentType: String?)
    case bytes([UInt8])
}

extension Client {
    /// Reads the file of a completed report from the storage it was put into. Neither token nor key goes there, and
    /// the call does not count for the marketplace's limits.
    ///
    /// A storage that cannot go on with a file, or has another one now, sends all of it.
    /// - Parameters:
    ///   - beginning: What is there already.
    ///   - take: Is given the file as it comes; returns whether more is wanted.
    /// - Throws: `.notFound` when the report has no file; `.forbidden` when its address is no longer valid: read the
    ///   report again for a new one; otherwise as any read. What was given until then is a beginning of the file.
    /// - Source: REFERENCE 12; RFC 9110, 13.1.5 and 14.
    public func download(
        _ report: Report, after beginning: FileBeginning? = nil, _ take: @escaping @Sendable (DownloadPart) -> Bool
    ) async throws(MarketplaceError) {
        let what = "file of report \(report.id)"
        guard let address = report.download else { throw .notFound(what: what, correlationID: nil) }
        let file = try FileAddress(address)
        let call = Call.read(what, at: [], timeout: 300)
        for beginning in [beginning, nil] {
            let reading = FileReading(beginning, take)
            try await connection.fetch(call, from: file, reading.fields) { reading.take($0) }
            switch reading.ending {
            case .whole, .stopped: return
            case .short: throw .unreachable(host: file.authority, reason: "the file ended early")
            case .isAnother where beginning != nil: continue
            case .isAnother:
                throw .unreadable(
                    what: what, reason: "its storage sends a part of it", status: 206, correlationID: nil)
            case .refused(let status): throw Self.storageError(status, what: what)
            }
        }
    }

    /// Why a storage gave no file. Its words are not the platform's.
    private static func storageError(_ status: Int, what: String) -> MarketplaceError {
        switch status {
        case 404, 410: .notFound(what: what, correlationID: nil)
        case 401, 403: .forbidden(message: "The address of the \(what) is no longer valid.", correlationID: nil)
        case 500...: .serverFailed(status: status, message: "", correlationID: nil)
        default: .unreadable(what: what, reason: "its storage refuses it", status: status, correlationID: nil)
        }
    }
}

/// One answer of a storage, as it comes.
private final class FileReading: Sendable {
    enum Ending {
        case whole
        /// Fewer bytes came than were announced.
        case short
        /// Who takes it wants no more.
        case stopped
        /// What comes does not go on with the beginning.
        case isAnother
        case refused(Int)
    }

    private struct State {
        var ending = Ending.short
        /// Bytes of the file, the beginning among them.
        var bytes = 0
        var length: Int?
    }

    private let beginning: FileBeginning?
    private let hand: @Sendable (DownloadPart) -> Bool
    private let state = Mutex(State())

    init(_ beginning: FileBeginning?, _ hand: @escaping @Sendable (DownloadPart) -> Bool) {
        self.beginning = beginning.flatMap { $0.bytes > 0 && $0.version.condition != nil ? $0 : nil }
        self.hand = hand
    }

    var fields: HTTPFields {
        var fields = HTTPFields()
        guard let beginning else { return fields }
        fields[.range] = "bytes=\(beginning.bytes)-"
        fields[.ifRange] = beginning.version.condition
        return fields
    }

    var ending: Ending { state.withLock { $0.ending } }

    func take(_ part: AnswerPart) -> Bool {
        switch part {
        case .head(let response): return begin(response)
        case .bytes(let bytes):
            state.withLock { state in
                state.bytes += bytes.count
                if state.bytes == state.length { state.ending = .whole }
            }
            return isWanted(.bytes(bytes))
        }
    }

    private func begin(_ response: HTTPResponse) -> Bool {
        let fields = response.headerFields
        let tag = fields[.eTag].flatMap { $0.hasPrefix("W/") ? nil : $0 }
        var version = FileVersion(entityTag: tag, lastModified: fields[.lastModified])
        var start = 0
        switch response.status.code {
        case 200: version.length = fields[.contentLength].flatMap { Int($0) }
        case 206:
            let range = ContentRange(fields[.contentRange] ?? "")
            version.length = range?.length
            guard let beginning, range?.start == beginning.bytes, version.agrees(with: beginning.version) else {
                return end(.isAnother)
            }
            version = FileVersion(
                entityTag: tag ?? beginning.version.entityTag,
                lastModified: version.lastModified ?? beginning.version.lastModified,
                length: version.length ?? beginning.version.length)
            start = beginning.bytes
        case 416 where beginning != nil: return end(.isAnother)
        case let status: return end(.refused(status))
        }
        state.withLock { state in
            state.bytes = start
            state.length = version.length
            // Where nothing says how long it is, the transport's word stands.
            if version.length == nil || version.length == start { state.ending = .whole }
        }
        return isWanted(.start(at: start, version, contentType: fields[.contentType]))
    }

    private func isWanted(_ part: DownloadPart) -> Bool { hand(part) || end(.stopped) }

    /// - Returns: False: nothing more is wanted.
    private func end(_ ending: Ending) -> Bool {
        state.withLock { $0.ending = ending }
        return false
    }
}

/// `bytes 100-199/200`, without the last place.
private struct ContentRange {
    var start: Int
    /// Of the whole file; nil where it is not said.
    var length: Int?

    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
        let range = parts[1].split(separator: "/")
        guard range.count == 2, let start = range[0].split(separator: "-").first.flatMap({ Int($0) }) else {
            return nil
        }
        self.start = start
        length = Int(range[1])
    }
}
