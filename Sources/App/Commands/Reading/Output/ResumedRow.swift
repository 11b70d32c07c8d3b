import FoundationEssentials

/// What `--resume` needs of a row that was printed before.
struct ResumedRow: Decodable {
    var id: String
    var changed: String?

    private enum CodingKeys: String, CodingKey {
        case id
        case changed = "modifiedOn"
    }

    init?(_ line: some Collection<UInt8>) {
        guard let row = try? JSONDecoder().decode(ResumedRow.self, from: Data(line)) else { return nil }
        self = row
    }
}
