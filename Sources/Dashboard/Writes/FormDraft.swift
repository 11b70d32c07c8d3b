import Marketplace

/// A form that is not sent yet, as it is kept on the disk: it comes back after Esc, a crash or a lost connection.
/// Holds no secret.
public struct FormDraft: Equatable, Sendable, Codable, Identifiable {
    public var id: String
    /// What it is, for lists: `new order: 3 x Aurora 365 Business Premium for Jørgensen`.
    public var title: String
    public var savedAt: Instant
    /// The name of its ``FormKind``. One that this program does not know is listed, and kept.
    public var kind: String
    /// Its values, by row.
    public var fields: [String: String]
    /// Whose it is: the ids in it mean nothing anywhere else. Nil in drafts of older versions, which did not note it.
    public var owner: Owner?

    public init(
        id: String, title: String, savedAt: Instant, kind: String, fields: [String: String], owner: Owner? = nil
    ) {
        self.id = id
        self.title = title
        self.savedAt = savedAt
        self.kind = kind
        self.fields = fields
        self.owner = owner
    }

    fileprivate enum CodingKeys: String, CodingKey { case id, title, savedAt, kind, fields, address, marketplace, user }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let moment = try values.decode(String.self, forKey: .savedAt)
        guard let savedAt = Instant(moment) else {
            throw DecodingError.dataCorruptedError(
                forKey: .savedAt, in: values, debugDescription: "\(moment) is no moment in time")
        }
        self.init(
            id: try values.decode(String.self, forKey: .id), title: try values.decode(String.self, forKey: .title),
            savedAt: savedAt, kind: try values.decode(String.self, forKey: .kind),
            fields: try values.decode([String: String].self, forKey: .fields), owner: try Owner(values))
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(title, forKey: .title)
        try values.encode(savedAt.description, forKey: .savedAt)
        try values.encode(kind, forKey: .kind)
        try values.encode(fields, forKey: .fields)
        try values.encodeIfPresent(owner?.address, forKey: .address)
        try values.encodeIfPresent(owner?.marketplace, forKey: .marketplace)
        try values.encodeIfPresent(owner?.user, forKey: .user)
    }
}

extension Owner {
    /// Nil when the draft does not say it whole.
    fileprivate init?(_ values: KeyedDecodingContainer<FormDraft.CodingKeys>) throws {
        guard let address = try values.decodeIfPresent(String.self, forKey: .address),
            let marketplace = try values.decodeIfPresent(String.self, forKey: .marketplace),
            let user = try values.decodeIfPresent(String.self, forKey: .user)
        else { return nil }
        self.init(address: address, marketplace: marketplace, user: user)
    }
}
