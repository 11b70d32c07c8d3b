import FoundationEssentials

/// Which certificate authorities are trusted.
public struct TrustRoots: Hashable, Sendable {
    /// Why authorities cannot be used, as a sentence.
    public struct Problem: Error, Hashable, Sendable {
        public var message: String
        /// The variable that named them; nil when none did.
        public var variable: String?
    }

    /// The system's as a file, where it is not the one that the TLS library finds by itself.
    let store: String?
    /// A file of authorities besides the system's.
    let additional: String?

    /// The system's.
    public init() {
        store = nil
        additional = nil
    }

    /// Checks all files at once, so that a wrong one is reported here and not as a failed connection.
    /// - Parameters:
    ///   - additional: A file of PEM certificates to trust besides the system's: for networks that look into TLS. Where
    ///     the system has none it stands alone.
    ///   - environment: Where `SSL_CERT_FILE` may name a file in the place of the system's.
    ///   - places: Where the system's may be.
    public init(
        additional: String?, environment: [String: String], places: [String] = TrustRoots.places
    ) throws(Problem) {
        do throws(Problem) {
            if let additional { try Self.check(additional) }
        } catch {
            throw Problem(message: error.message, variable: "SOUK_CA_FILE")
        }
        if let file = environment["SSL_CERT_FILE"], !file.isEmpty {
            do throws(Problem) {
                try Self.check(file)
            } catch {
                throw Problem(message: error.message, variable: "SSL_CERT_FILE")
            }
            (store, self.additional) = (file, additional)
        } else if places.contains(where: Self.holdsSomething) {
            (store, self.additional) = (nil, additional)
        } else if let additional {
            (store, self.additional) = (additional, nil)
        } else {
            throw Problem(
                message:
                    "This system has no certificate authorities to trust, so no secure connection is possible; souk "
                    + "looked at \(places.joined(separator: ", ")). Install them (Debian: apt-get install "
                    + "ca-certificates), or name a file of them in SOUK_CA_FILE or SSL_CERT_FILE.")
        }
    }

    /// Where the TLS library looks.
    public static let places = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs",
    ]

    private static func holdsSomething(_ path: String) -> Bool {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
            FileManager.default.isReadableFile(atPath: path)
        else { return false }
        if isDirectory { return (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty == false }
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64
        return size != 0
    }

    /// - Throws: What is wrong with a file of PEM certificates, one after the other.
    private static func check(_ path: String) throws(Problem) {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw Problem(message: "The file of trusted certificates, \(path), does not exist.")
        }
        guard !isDirectory, let data = FileManager.default.contents(atPath: path) else {
            let reason = isDirectory ? "is a directory" : "may not be read by this user"
            throw Problem(message: "The file of trusted certificates, \(path), \(reason).")
        }
        let text = String(decoding: data, as: UTF8.self)
        var count = 0
        var rest = text[...]
        while let begin = rest.firstRange(of: "-----BEGIN CERTIFICATE-----") {
            rest = rest[begin.upperBound...]
            guard let end = rest.firstRange(of: "-----END CERTIFICATE-----") else {
                throw Problem(message: "The file of trusted certificates, \(path), ends in the middle of one.")
            }
            count += 1
            let base64 = rest[..<end.lowerBound].filter { !$0.isWhitespace }
            // A certificate is an ASN.1 sequence, which begins with 0x30.
            guard let bytes = Data(base64Encoded: String(base64)), bytes.first == 0x30 else {
                throw Problem(message: "Certificate \(count) in \(path) is damaged.")
            }
            rest = rest[end.upperBound...]
        }
        guard count > 0 else {
            throw Problem(
                message: "\(path) holds no certificates in PEM form, which begin with -----BEGIN CERTIFICATE-----.")
        }
    }
}
