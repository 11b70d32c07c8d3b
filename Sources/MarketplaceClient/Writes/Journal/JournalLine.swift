import Marketplace

/// One whole line of a journal's file.
///
/// Each line carries a checksum over everything but its time (`sum`, 64-bit FNV-1a of the line without both), so that no
/// changed byte goes unseen. Lines of earlier versions have none.
enum JournalLine {
    case record(JournalRecord)
    /// Says that the line before was torn by a crash: it was never whole, so nothing was sent for it.
    case tornMark
    /// Nothing but blanks.
    case empty
    case damaged(DamagedLine)

    /// What is written behind a torn line, before the next record.
    static func tornMark(at now: Instant) -> String {
        text(of: [.init(name: "at", value: .string(now.description)), .init(name: "event", value: .string("torn"))])
    }

    /// The line with its checksum.
    static func text(of members: [JSONValue.Member]) -> String {
        JSONValue.object(members + [.init(name: "sum", value: .string(sum(of: members)))]).encoded
    }

    /// - Parameters:
    ///   - number: Of the line, from 1.
    ///   - path: The file.
    init(_ bytes: some Collection<UInt8>, number: Int, path: String) {
        guard !bytes.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) else {
            self = .empty
            return
        }
        let bytes = Array(bytes)
        if let json = Self.trusted(bytes) ?? Self.repaired(bytes) {
            if json["event"].text == "torn" {
                self = .tornMark
                return
            }
            if let record = JournalRecord(json) {
                self = .record(record)
                return
            }
        }
        self = .damaged(DamagedLine(bytes, number: number, path: path))
    }

    /// The line's object, unless its checksum says that it was changed.
    private static func trusted(_ bytes: [UInt8]) -> JSONValue? {
        guard let json = try? JSONValue(parsing: bytes), case .object(let members) = json else { return nil }
        let sum = json["sum"]
        return sum.isNull || sum.text == Self.sum(of: members) ? json : nil
    }

    /// The line as it was before one byte of JSON's own signs was changed; nil when that does not make it whole.
    private static func repaired(_ bytes: [UInt8]) -> JSONValue? {
        guard bytes.count <= 1 << 14, (try? JSONValue(parsing: bytes)) == nil else { return nil }
        var bytes = bytes
        for place in bytes.indices {
            let found = bytes[place]
            for sign in "{}[]\":,".utf8 where sign != found {
                bytes[place] = sign
                if let json = trusted(bytes), !json["sum"].isNull { return json }
            }
            bytes[place] = found
        }
        return nil
    }

    private static func sum(of members: [JSONValue.Member]) -> String {
        let checked = JSONValue.object(members.filter { $0.name != "at" && $0.name != "sum" })
        return String(checked.encoded.utf8.fnv1a, radix: 16)
    }
}

extension Sequence<UInt8> {
    /// The 64-bit FNV-1a hash: the same in every program and version.
    var fnv1a: UInt64 { reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
}
