import Glibc

/// Host and port of a web address.
public struct WebHost: Hashable, Sendable {
    /// In lower case and without the dot that may end it; an address of IPv6 without its brackets.
    public let name: String
    /// Nil for the usual one of the scheme.
    public let port: Int?

    /// - Parameter authority: `host`, `host:port`, `[::1]:port`. Nil for everything else: a login, a blank, a sign that
    ///   programs understand in different ways.
    public init?(_ authority: some StringProtocol) {
        let text = authority.lowercased()
        let rest: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            name = String(text[text.index(after: text.startIndex)..<end])
            guard IPAddress(name)?.bytes.count == 16 else { return nil }
            rest = text[text.index(after: end)...]
        } else {
            let host = text.prefix { $0 != ":" }
            let name = host.hasSuffix(".") ? host.dropLast() : host
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isOfName) else { return nil }
            self.name = String(name)
            rest = text[host.endIndex...]
        }
        if rest.isEmpty {
            port = nil
        } else {
            let digits = rest.dropFirst()
            guard rest.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
                (1...65_535).contains(number)
            else { return nil }
            port = number
        }
    }

    static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Whether nothing that is sent there leaves this machine, whichever way that is written: `localhost` and names below
    /// it (RFC 6761), and loopback addresses in every form that a resolver takes.
    public var isThisMachine: Bool {
        guard let address = IPAddress(name) else { return isLocalhost }
        let bytes = address.bytes
        if bytes.count == 4 { return Self.isLoopback(bytes[...]) }
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            return Self.isLoopback(bytes[12...])
        }
        return bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] <= 1
    }

    /// `localhost` and what ends with `.localhost`.
    var isLocalhost: Bool { name == "localhost" || name.hasSuffix(".localhost") }

    /// 127.0.0.0/8, and 0.0.0.0, which leads to the same place.
    private static func isLoopback(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first == 127 || bytes.allSatisfy { $0 == 0 }
    }
}

/// A numeric address.
struct IPAddress: Hashable, Sendable {
    /// 4 or 16, the most significant first.
    let bytes: [UInt8]

    /// Nil for a name. Forms such as `127.1` and `0x7f000001` are addresses to every resolver, and so they are here.
    init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if text.utf8.allSatisfy(WebHost.isOfName), inet_aton(text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    /// Whether both begin with the same bits.
    func matches(_ other: IPAddress, bits: Int) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        return (0..<bits).allSatisfy { bit in
            (bytes[bit / 8] ^ other.bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
        }
    }
}
