import FoundationEssentials
import Testing

@testable import MarketplaceClient

@Suite struct TrustRootsTests {
    private func problem(_ text: String) -> String? {
        let path = "\(FileManager.default.temporaryDirectory.path)/\(UUID().uuidString).pem"
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
        do throws(TrustRoots.Problem) {
            _ = try TrustRoots(path: path)
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
                message: "The file of trusted certificates, /nowhere/ca.pem, does not exist.")
        ) { try TrustRoots(path: "/nowhere/ca.pem") }
    }
}
