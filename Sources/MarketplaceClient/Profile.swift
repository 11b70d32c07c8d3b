import Marketplace

/// Who signs in, and where: everything one ``Client`` needs to know about its marketplace (REFERENCE 1 to 3).
public struct Profile: Sendable {
    /// What people call it; shown in the header and written to the journal.
    public var name: String
    /// As the panel shows it, for example `https://api.cloud.im/marketplace/eu`; a trailing slash does no harm.
    public var baseURL: String
    /// Lower-case code, for example `us`: the part after `cp.` in the panel's address.
    public var marketplace: String
    /// The API user; its name usually ends in `.api`.
    public var user: String
    public var password: Secret
    public var subscriptionKey: Secret
    /// Whether the write gate refuses every change.
    public var isReadOnly: Bool

    public init(
        name: String, baseURL: String, marketplace: String, user: String, password: Secret, subscriptionKey: Secret,
        isReadOnly: Bool = false
    ) {
        self.name = name
        self.baseURL = baseURL
        self.marketplace = marketplace
        self.user = user
        self.password = password
        self.subscriptionKey = subscriptionKey
        self.isReadOnly = isReadOnly
    }
}

extension Profile {
    /// Which marketplace this is: the same for every profile that leads to it.
    var place: String {
        let end = baseURL.hasSuffix("/") ? baseURL.dropLast() : baseURL[...]
        return "\(end) \(marketplace)"
    }
}

/// The domain's ``Marketplace/Secret``, here for those who make a profile and need nothing else of the domain.
public typealias Secret = Marketplace.Secret
