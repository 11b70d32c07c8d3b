/// Whose a journal and its drafts are: one user at one marketplace of one address. An id of one owner's accounts,
/// subscriptions and orders may be borne by something else at another's.
public struct Owner: Hashable, Sendable {
    /// The base URL, written in one way only, so that two that lead to the same are equal.
    public var address: String
    /// Its code, for example `us`.
    public var marketplace: String
    /// The API user.
    public var user: String

    public init(address: String, marketplace: String, user: String) {
        self.address = address
        self.marketplace = marketplace
        self.user = user
    }

    /// Address and marketplace, as the journal notes them.
    public var place: String { "\(address) \(marketplace)" }
}
