import FoundationEssentials

/// A file of certificate authorities to trust besides the system's: for networks that look into TLS.
public struct TrustRoots: Hashable, Sendable {
    /// Why a file cannot be used, as a sentence.
    public struct Problem: Error, Hashable, Sendable {
        public var message: String
    }

    let path: String

    /// Looks at the file at once, so that a wrong one is told here and not as a failed connection.
    /// - Parameter path: A file of PEM certificates, one after the other.
    /// - Throws: What is wrong with it.
    public init(path: String) throws(Problem) {
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
        self.path = path
    }
}
