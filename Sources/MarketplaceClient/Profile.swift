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
    /// Where that was said; nil where nobody noted it.
    public var readOnlyOrigin: ReadOnlyOrigin?

    /// What vendors let be undone, for reviews.
    public var vendorRules = VendorRules()

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
    /// Whose the journal and the drafts of this profile are: the same for every profile that leads there.
    public var owner: Owner { Owner(address: BaseURL.normalized(baseURL), marketplace: marketplace, user: user) }

    /// Whether two places of the journal are the same marketplace. Older versions noted the address as it was typed.
    static func isSamePlace(_ one: String, _ other: String) -> Bool {
        one == other || normalized(place: one) == normalized(place: other)
    }

    private static func normalized(place: String) -> String {
        guard let space = place.lastIndex(of: " ") else { return place }
        return BaseURL.normalized(String(place[..<space])) + place[space...]
    }
}

/// The domain's ``Marketplace/Secret``, here for those who make a profile and need nothing else of the domain.
public typealias Secret = Marketplace.Secret
