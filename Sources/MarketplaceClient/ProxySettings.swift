/// Which proxy stands before a host, as the environment says: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`,
/// each in lower case first, the way curl reads them.
public struct ProxySettings: Hashable, Sendable {
    public struct Proxy: Hashable, Sendable {
        public var host: String
        public var port: Int
        public var user: String?
        public var password: Secret?
    }

    var forHTTP: Proxy?
    var forHTTPS: Proxy?
    var exceptions: [String]

    public init(environment: [String: String]) {
        func value(_ name: String) -> String? {
            (environment[name.lowercased()] ?? environment[name]).flatMap { $0.isEmpty ? nil : $0 }
        }
        let forAll = value("ALL_PROXY")
        forHTTP = (value("HTTP_PROXY") ?? forAll).flatMap { Proxy($0) }
        forHTTPS = (value("HTTPS_PROXY") ?? forAll).flatMap { Proxy($0) }
        exceptions = (value("NO_PROXY") ?? "").split { $0 == "," || $0.isWhitespace }.map { $0.lowercased() }
    }

    /// The proxy for a request, or nil for none.
    /// - Parameter authority: Host and, where it is not the usual one, port.
    public func proxy(scheme: String, authority: String) -> Proxy? {
        let authority = authority.lowercased()
        let isAddress6 = authority.hasPrefix("[")
        let host = isAddress6 ? String(authority.dropFirst().prefix { $0 != "]" }) : authority.cutAt(":")
        for exception in exceptions {
            if exception == "*" || exception == authority { return nil }
            let domain = exception.hasPrefix("[") ? exception.filter { $0 != "[" && $0 != "]" } : exception
            let name = String(domain.drop { $0 == "." || $0 == "*" })
            if !name.isEmpty, host == name || host.hasSuffix("." + name) { return nil }
        }
        return scheme == "https" ? forHTTPS : forHTTP
    }
}

extension ProxySettings.Proxy {
    /// Reads `http://user:password@host:port`; scheme and port may be missing. Nil for other kinds of proxy.
    init?(_ text: String) {
        var rest = text[...]
        if let mark = rest.firstRange(of: "://") {
            guard rest[..<mark.lowerBound].lowercased() == "http" else { return nil }
            rest = rest[mark.upperBound...]
        }
        rest = rest.prefix { $0 != "/" }
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = String(parts[0]).percentDecoded
            password = Secret(parts.count > 1 ? String(parts[1]).percentDecoded : "")
            rest = rest[rest.index(after: at)...]
        }
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        } else {
            host = String(rest).cutAt(":")
            rest = rest.dropFirst(host.count)
        }
        guard !host.isEmpty else { return nil }
        if rest.isEmpty {
            port = 80
        } else {
            guard let number = Int(rest.dropFirst()), (1...65535).contains(number) else { return nil }
            port = number
        }
    }
}

extension String {
    fileprivate func cutAt(_ character: Character) -> String { String(prefix { $0 != character }) }
}
