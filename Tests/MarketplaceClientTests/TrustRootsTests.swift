import FoundationEssentials
import TestSupport
import Testing

@testable import MarketplaceClient

@Suite struct TrustRootsTests {
    private func problem(_ text: String) -> String? {
        let path = "\(FileManager.default.temporaryDirectory.path)/\(UUID().uuidString).pem"
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
        do throws(TrustRoots.Problem) {
            _ = try TrustRoots(additional: path, environment: [:], places: ["/"])
            return nil
        } catch {
            return error.message.replacing(path, with: "FILE")
        }
    }

    @Test func `a file of certificates is taken`() {
        let certificate = "-----BEGIN CERTIFICATE-----\nMAMC\nAQA=\n-----END CERTIFICATE-----\n"
        #expect(problem("# made for tests\n" + certificate + certificate) == nil)
    }

    @Test(arguments: [
        ("", "FILE holds no certificates in PEM form, which begin with -----BEGIN CERTIFICATE-----."),
        ("-----BEGIN CERTIFICATE-----\nMAMC", "The file of trusted certificates, FILE, ends in the middle of one."),
        ("-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----", "Certificate 1 in FILE is damaged."),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "Certificate 1 in FILE is damaged."),
    ])
    func `a file that is none says why`(text: String, message: String) { #expect(problem(text) == message) }

    @Test func `a file that is not there says so`() {
        #expect(
            throws: TrustRoots.Problem(
                message: "The file of trusted certificates, /nowhere/ca.pem, does not exist.", variable: "SOUK_CA_FILE")
        ) { try TrustRoots(additional: "/nowhere/ca.pem", environment: [:]) }
    }

    private static let authority =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        + "/Certificates/authority.pem"

    @Test func `a system without any says where it was looked and what to do`() throws {
        let places = ["/nowhere/a.crt", "/nowhere/certs"]
        let problem = #expect(throws: TrustRoots.Problem.self) {
            try TrustRoots(additional: nil, environment: ["SSL_CERT_FILE": ""], places: places)
        }
        for words in places + ["apt-get install ca-certificates", "SOUK_CA_FILE", "SSL_CERT_FILE"] {
            #expect(problem?.message.contains(words) == true)
        }
        // A folder or file without anything in it is none.
        let folder = try TestFolder.make()
        _ = FileManager.default.createFile(atPath: folder + "/empty.crt", contents: Data())
        try FileManager.default.createDirectory(atPath: folder + "/empty", withIntermediateDirectories: false)
        #expect(throws: TrustRoots.Problem.self) {
            try TrustRoots(additional: nil, environment: [:], places: [folder + "/empty.crt", folder + "/empty"])
        }
    }

    @Test func `a file of one's own suffices where the system has none`() throws {
        let alone = try TrustRoots(additional: Self.authority, environment: [:], places: [])
        #expect(alone.store == Self.authority && alone.additional == nil)
        let besides = try TrustRoots(additional: Self.authority, environment: [:], places: ["/"])
        #expect(besides.store == nil && besides.additional == Self.authority)
    }

    @Test func `SSL_CERT_FILE takes the place of the system's`() throws {
        let roots = try TrustRoots(additional: nil, environment: ["SSL_CERT_FILE": Self.authority], places: ["/"])
        #expect(roots.store == Self.authority && roots.additional == nil)
        let problem = #expect(throws: TrustRoots.Problem.self) {
            try TrustRoots(additional: nil, environment: ["SSL_CERT_FILE": "/nowhere/x.pem"], places: ["/"])
        }
        #expect(problem?.variable == "SSL_CERT_FILE")
        #expect(problem?.message.contains("/nowhere/x.pem, does not exist") == true)
    }
}
