/// Which names a profile may have. A name may be part of an entry in a password store, and of a command.
public enum ProfileName {
    public static let words = "a name is made of letters, digits, - and _"

    public static func isValid(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && !name.hasPrefix("-")
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// The one to propose for an API user: `nordwind` of `nordwind.api`; nil where that is no name.
    public static func proposal(for user: String) -> String? {
        let name = String(user.prefix { $0 != "." && $0 != "@" })
        return isValid(name) ? name : nil
    }
}
