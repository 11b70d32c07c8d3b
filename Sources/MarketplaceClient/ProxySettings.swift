/// Which proxy is used for a host, as the environment says: `https_proxy`, `HTTPS_PROXY`, `http_proxy`, `all_proxy`,
/// `ALL_PROXY`, `no_proxy` and `NO_PROXY`, each in lower case first, the way curl reads them. `HTTP_PROXY` in capitals is
/// not read, by curl neither: a web server can set it from a header of the request.
public struct ProxySettings: Hashable, Sendable {
    public struct Proxy: Hashable, Sendable {
        public enum Kind: Hashable, Sendable { case http, socks5 }

        public var kind: Kind
        public var host: WebHost
        public var port: Int
        public var user: String?
        public var password: Secret?
        /// Where it was set.
        public var variable: String
    }

    /// A setting that is not understood. It is never passed over: what should go through a proxy would go without.
    public struct Problem: Error, Hashable, Sendable {
        public var variable: String
        /// What is wrong with it, after the variable's name. Holds no login.
        public var text: String
    }

    private(set) var forHTTP: Proxy?
    private(set) var forHTTPS: Proxy?
    private var exceptions: [Exception] = []

    /// Without any proxy.
    public init() {}

    public init(environment: [String: String]) throws(Problem) {
        func first(_ names: String...) -> (name: String, value: String)? {
            for name in names { if let value = environment[name], !value.isEmpty { return (name, value) } }
            return nil
        }
        let forAll = first("all_proxy", "ALL_PROXY")
        if let (name, value) = first("http_proxy") ?? forAll { forHTTP = try Proxy(value, from: name) }
        if let (name, value) = first("https_proxy", "HTTPS_PROXY") ?? forAll { forHTTPS = try Proxy(value, from: name) }
        guard forHTTP != nil || forHTTPS != nil, let (name, value) = first("no_proxy", "NO_PROXY") else { return }
        for entry in value.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            guard let exception = Exception(entry.lowercased()) else {
                throw Problem(
                    variable: name,
                    text:
                        "holds '\(entry)', which souk does not understand. It may hold names (example.com), addresses "
                        + "and networks (10.0.0.0/8), each with a port or without, and * for all, with commas between")
            }
            exceptions.append(exception)
        }
    }

    /// The proxy for a request, or nil for none.
    public func proxy(scheme: String, host: WebHost) -> Proxy? {
        let isHTTPS = scheme == "https"
        let port = host.port ?? (isHTTPS ? 443 : 80)
        if exceptions.contains(where: { $0.covers(host, port: port) }) { return nil }
        return isHTTPS ? forHTTPS : forHTTP
    }
}

extension ProxySettings.Proxy {
    fileprivate init(_ text: String, from variable: String) throws(ProxySettings.Problem) {
        func problem(_ text: String) -> ProxySettings.Problem { ProxySettings.Problem(variable: variable, text: text) }
        var rest = text[...]
        kind = .http
        if let mark = rest.firstRange(of: "://") {
            let scheme = rest[..<mark.lowerBound].lowercased()
            switch scheme {
            case "http": break
            // The proxy resolves the name in both: this program hands it on.
            case "socks5", "socks5h": kind = .socks5
            default:
                let isWord = scheme.utf8.allSatisfy { WebHost.isOfName($0) }
                throw problem(
                    "names a proxy of the kind \(isWord ? scheme : "before ://"), which souk cannot use. It can use "
                        + "http://, socks5:// and socks5h://")
            }
            rest = rest[mark.upperBound...]
        }
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if let name = parts.first, !rest[..<at].isEmpty {
                user = String(name).percentDecoded
                password = Secret(parts.count > 1 ? String(parts[1]).percentDecoded : "")
            }
            rest = rest[rest.index(after: at)...]
        }
        guard user == nil || kind == .http else {
            throw problem(
                "holds a user name for a SOCKS proxy, and souk cannot log in to one. It can to an http:// proxy")
        }
        guard let host = WebHost(rest.prefix { !"/?#".contains($0) }) else {
            throw problem("is not understood. It names a proxy as http://host:port")
        }
        self.host = host
        // Curl's for every kind but https.
        port = host.port ?? 1080
        self.variable = variable
    }
}

/// One part of `NO_PROXY`.
private struct Exception: Hashable, Sendable {
    private enum Place: Hashable, Sendable {
        case all
        /// That name, and every name below it.
        case name(String)
        case network(IPAddress, bits: Int)
    }

    private let place: Place
    private let port: Int?

    /// - Parameter text: In lower case. Nil when it is not understood.
    init?(_ text: String) {
        if text == "*" {
            (place, port) = (.all, nil)
        } else if let network = Self.network(text) {
            (place, port) = (network, nil)
        } else if let address = IPAddress(text), address.bytes.count == 16 {
            (place, port) = (.network(address, bits: 128), nil)
        } else {
            // `*.example.com` and `.example.com` are what `example.com` is.
            let bare = text.hasPrefix("*.") ? text.dropFirst(2) : text.hasPrefix(".") ? text.dropFirst() : text[...]
            guard let host = WebHost(bare) else { return nil }
            port = host.port
            if let address = IPAddress(host.name) {
                place = .network(address, bits: address.bytes.count * 8)
            } else {
                place = .name(host.name)
            }
        }
    }

    /// `10.0.0.0/8`, `fd00::/8`, `[fd00::]/8`
    private static func network(_ text: String) -> Place? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let bits = Int(parts[1]), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            return nil
        }
        let isBracketed = parts[0].hasPrefix("[") && parts[0].hasSuffix("]")
        guard let address = IPAddress(String(isBracketed ? parts[0].dropFirst().dropLast() : parts[0])),
            !isBracketed || address.bytes.count == 16, bits <= address.bytes.count * 8
        else { return nil }
        return .network(address, bits: bits)
    }

    func covers(_ host: WebHost, port: Int) -> Bool {
        if let wanted = self.port, wanted != port { return false }
        switch place {
        case .all: return true
        case .name(let name):
            return IPAddress(host.name) == nil && (host.name == name || host.name.hasSuffix("." + name))
        case .network(let address, let bits): return IPAddress(host.name)?.matches(address, bits: bits) ?? false
        }
    }
}
