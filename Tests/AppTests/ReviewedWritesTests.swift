import FoundationEssentials
import Testing

/// That nothing but what a review showed is sent. The client can also send without a dry run, for the tests and checks
/// of this package; the program must not.
@Suite struct `The only way to write` {
    @Test(arguments: ["App", "Dashboard"]) func `the program sends what it has looked at, and nothing else`(
        target: String
    ) throws {
        let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
            .joined(separator: "/")
        let folder = "\(package)/Sources/\(target)"
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
        #expect(files.count > 10)
        let others = ["place", "withdraw", "create", "change", "setCreditCheck", "setSpecialPrices", "schedule"]
        for file in files {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for name in others {
                #expect(!text.contains("client.\(name)("), "\(target)/\(file) sends without a dry run: \(name)")
            }
        }
    }
}
