import Marketplace
import MarketplaceClient

/// Where the program keeps its state, and under which names.
struct StateFiles {
    let directory: String

    /// Nil when the environment says neither where state is kept nor where home is.
    init?(_ environment: [String: String]) {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            directory = state + "/souk"
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            directory = home + "/.local/state/souk"
        } else {
            return nil
        }
    }

    var crashReport: String { directory + "/crash.txt" }

    func journal(of owner: Owner) -> String { "\(directory)/\(Self.name(of: owner)).jsonl" }
    func drafts(of owner: Owner) -> String { "\(directory)/\(Self.name(of: owner)).drafts.json" }
    func watched(by owner: Owner) -> String { "\(directory)/\(Self.name(of: owner)).watch.json" }
    func session(of owner: Owner) -> String { "\(directory)/\(Self.name(of: owner)).session.json" }
    func choices(of owner: Owner) -> String { "\(directory)/\(Self.name(of: owner)).views.json" }

    /// Where the calls of a subscription key are counted. The name holds a sum of the key, from which nothing leads back.
    func calls(of profile: Profile) -> String {
        let words = profile.owner.address + " " + profile.subscriptionKey.revealed
        return "\(directory)/calls-" + Self.hexadecimal(Self.sum(of: words.utf8)) + ".txt"
    }

    /// Where an older version kept the journal of a profile.
    func olderJournal(ofProfile name: String) -> String { "\(directory)/\(Self.olderName(ofProfile: name)).jsonl" }

    /// Where an older version kept the drafts of a profile.
    func olderDrafts(ofProfile name: String) -> String { "\(directory)/\(Self.olderName(ofProfile: name)).drafts.json" }

    /// The name of an owner's files: another one for each owner, for example
    /// `https_api.cloud.im_marketplace_eu_de_jane.api`. Scheme, host, path, marketplace and user stand between `_`; every
    /// other sign than a letter, a digit, `.` and `-` is `%` and its bytes in hexadecimal digits.
    static func name(of owner: Owner) -> String {
        // `https:`, nothing, the host, and the path; what is no such address stays in one part.
        var parts = owner.address.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 2, parts[1].isEmpty, parts[0].hasSuffix(":") {
            parts[0].removeLast()
            parts.remove(at: 1)
        } else {
            parts = [owner.address]
        }
        let name = (parts + [owner.marketplace, owner.user]).map(encoded).joined(separator: "_")
        guard name.utf8.count > longest else { return name }
        // No other name holds a `~`. A name whose sum another one shared would lead to one file for two owners, whose
        // entries name their owner all the same.
        let sums = [sum(of: name.utf8), sum(of: name.utf8.reversed())]
        return name.prefix(longest - 40) + "~" + sums.map(hexadecimal).joined()
    }

    /// A file name may have 255 bytes; endings, locks and copies put aside need some.
    private static let longest = 200

    private static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { name, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default: name += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    /// FNV-1a: the same in every version and on every machine.
    private static func sum(of bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Characters that a file name should not have became `-`, so profiles of several names shared a file.
    static func olderName(ofProfile name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
    }
}
