import FoundationEssentials
import Marketplace
import Synchronization

/// Every secret that a session has used: password, subscription key and tokens. Texts that leave the program are
/// cleared of them, whatever way they may have come in.
final class UsedSecrets: Sendable {
    private let spellings: Mutex<Set<[UInt8]>>

    init(_ profile: Profile) {
        let (user, password) = (profile.user, profile.password.revealed)
        var all = Self.spellings(of: password)
        all.formUnion(Self.spellings(of: profile.subscriptionKey.revealed))
        if !password.isEmpty {
            // As the header of a sign-in spells them (REFERENCE 3).
            all.insert(Array(Data("\(user):\(password)".utf8).base64EncodedString().utf8))
        }
        spellings = Mutex(all)
    }

    func add(_ secret: Secret) { spellings.withLock { $0.formUnion(Self.spellings(of: secret.revealed)) } }

    /// `text` with `•••` in the place of every secret.
    func removed(from text: String) -> String {
        let longestFirst = spellings.withLock { Array($0) }.sorted { $0.count > $1.count }
        let clean = longestFirst.reduce(Array(text.utf8)) { $0.replacing($1, with: Array("•••".utf8)) }
        return String(decoding: clean, as: UTF8.self)
    }

    /// As it is, within JSON, and within an address.
    private static func spellings(of secret: String) -> Set<[UInt8]> {
        guard !secret.isEmpty else { return [] }
        let quoted = JSONValue.string(secret).encoded.dropFirst().dropLast()
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let escaped = secret.utf8.map { byte in
            unreserved.contains(byte)
                ? String(decoding: [byte], as: UTF8.self)
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
        return [Array(secret.utf8), Array(quoted.utf8), Array(escaped.utf8)]
    }
}
