import Marketplace

/// A base URL taken apart: what every request of a profile begins with.
public struct BaseURL: Hashable, Sendable {
    /// In lower case.
    public let scheme: String
    public let host: WebHost
    /// Host and port as they were written.
    public let authority: String
    /// Without a slash at its end; empty for the root.
    let path: String

    /// - Throws: `.unreachable` with the reason, when this is no address of a web service.
    public init(_ text: String) throws(MarketplaceError) {
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined()
        if let at = trimmed.lastIndex(of: "@") {
            throw .unreachable(
                host: String(trimmed[trimmed.index(after: at)...].prefix { $0 != "/" }),
                reason: "the base URL must not hold a user name or password")
        }
        let mark = trimmed.firstRange(of: "://")
        let rest = trimmed[(mark?.upperBound ?? trimmed.startIndex)...].prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        // What follows a colon may be anything, a password too.
        let shown = String(authority.prefix { $0 != ":" })
        guard let mark else { throw .unreachable(host: shown, reason: "the base URL must begin with https://") }
        scheme = trimmed[..<mark.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw .unreachable(host: shown, reason: "the base URL must begin with https://")
        }
        guard let host = WebHost(authority) else {
            throw .unreachable(host: shown, reason: "the base URL names no host that can be understood")
        }
        self.host = host
        self.authority = String(authority)
        var path = rest.dropFirst(authority.count)
        while path.last == "/" { path.removeLast() }
        self.path = String(path)
    }

    /// The same text for all base URLs that lead to the same: scheme and host in small letters, without the scheme's own
    /// port, without a slash at the end. What is no base URL stays as it is.
    static func normalized(_ text: String) -> String {
        guard let url = try? BaseURL(text) else { return text }
        return "\(url.scheme)://\(url.normalizedAuthority)\(url.path)"
    }

    private var normalizedAuthority: String {
        var host = authority.lowercased()
        var port = ""
        if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") {
            port = String(host[host.index(after: colon)...])
            host = String(host[..<colon])
        }
        if host.count > 1, host.last == "." { host.removeLast() }
        if let number = UInt16(port) { port = String(number) }
        let own = scheme == "https" ? "443" : "80"
        return port.isEmpty || port == own ? host : "\(host):\(port)"
    }

    /// Path and query of a call, percent-encoded.
    func target(of call: Call) -> String { Self.target(below: path, of: call) }

    static func target(below path: String, of call: Call) -> String {
        let path = call.path.reduce(into: path) { $0 += "/" + Self.encoded($1) }
        let query = call.query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
        return query.isEmpty ? path : "\(path)?\(query)"
    }

    /// Everything but RFC 3986's unreserved characters, percent-encoded.
    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += (hex.count == 1 ? "%0" : "%") + hex
            }
        }
        return encoded
    }
}
