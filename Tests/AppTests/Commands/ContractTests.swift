import FoundationEssentials
import Testing

@testable import App

/// The schemas of each release, which its scripts rely on: a folder of `Tests/Contract` for each version.
enum Contract {
    private static let folder = SourceNames.package + "/Tests/Contract/"

    static let releases = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

    static func names(of release: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder + release).sorted()
            .map { String($0.dropLast(".json".count)) }
    }

    /// Nil where the release had no such output.
    static func schema(_ name: String, of release: String) throws -> PrintedJSON? {
        let path = "\(folder)\(release)/\(name).json"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try PrintedJSON(try String(contentsOfFile: path, encoding: .utf8))
    }
}

/// Outputs are compared with these schemas where they are compared with the present ones.
@Suite struct `The schemas of releases` {
    @Test func `are there for this version`() { #expect(Contract.releases.contains(Version.text)) }

    @Test(arguments: Contract.releases) func `are kept: nothing went away, and no type is another`(release: String)
        throws
    {
        let names = try Contract.names(of: release)
        #expect(names.count > 40)
        for name in names {
            let earlier = try #require(try Contract.schema(name, of: release))
            let path = "\(SourceNames.package)/assets/schemas/v1/\(name).json"
            let present = try PrintedJSON(try String(contentsOfFile: path, encoding: .utf8))
            let losses = Self.losses(from: earlier, to: present)
            #expect(losses.isEmpty, "\(release) \(name): \(losses.prefix(5))")
        }
    }

    /// What the first promises and the second does not.
    static func losses(from earlier: PrintedJSON, to present: PrintedJSON, at place: String = "") -> [String] {
        var losses: [String] = []
        let types = Self.types(present)
        if !Self.types(earlier).isEmpty, types.isEmpty || !types.allSatisfy(Self.types(earlier).contains) {
            losses.append("\(place) is \(types)")
        }
        let required = present["required"]?.elements ?? []
        losses += (earlier["required"]?.elements ?? []).filter { !required.contains($0) }
            .map { "\(place).\($0.text ?? "") may be missing" }
        for part in ["items", "additionalProperties"] {
            guard let one = earlier[part] else { continue }
            losses += present[part].map { Self.losses(from: one, to: $0, at: "\(place)[]") } ?? ["\(place)[] is gone"]
        }
        guard case .object(let properties)? = earlier["properties"] else { return losses }
        for (name, property) in properties {
            guard let other = present["properties"]?[name] else {
                losses.append("\(place).\(name) is gone")
                continue
            }
            losses += Self.losses(from: property, to: other, at: "\(place).\(name)")
        }
        return losses
    }

    private static func types(_ schema: PrintedJSON) -> [String] {
        switch schema["type"] {
        case .text(let type)?: [type]
        case .list(let types)?: types.compactMap(\.text)
        default: []
        }
    }

    @Test func `may grow, and may not shrink`() throws {
        func schema(_ properties: String, _ required: String) throws -> PrintedJSON {
            try PrintedJSON(#"{"type":"object","properties":{"# + properties + #"},"required":["# + required + "]}")
        }
        let id = #""id":{"type":"string"}"#
        let earlier = try schema(id + #","on":{"type":["string","null"]}"#, #""id""#)
        let wider = try schema(id + #","on":{"type":"string"},"new":{"type":"integer"}"#, #""id","new""#)
        #expect(Self.losses(from: earlier, to: wider).isEmpty)
        #expect(Self.losses(from: earlier, to: try schema(id, #""id""#)) == [".on is gone"])
        #expect(
            Self.losses(from: earlier, to: try schema(#""id":{"type":["string","null"]},"on":{"type":"string"}"#, ""))
                .count
                == 2)
        var check = SchemaCheck(isOpen: true)
        check.check(try PrintedJSON(#"{"new":1}"#), against: earlier)
        #expect(check.problems == [".id is missing"])
    }
}
