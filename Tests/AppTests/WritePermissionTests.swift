import Glibc
import Synchronization
import TestSupport
import Testing

@testable import App

@Suite struct `Permission to write` {
    private let directory: String
    private var path: String { directory + "/config.toml" }
    private static let profile = """
        [profiles.work]
        base-url = "https://api.example/eu"
        marketplace = "de"
        user = "x.api"

        """

    init() throws { directory = try TestFolder.make() }

    private func permission(
        _ text: String, _ environment: [String: String] = [:], profile: String? = nil
    ) throws -> WritePermission {
        #expect(Files.write(text, to: path))
        return WritePermission(
            try Settings(environment: environment, path: path, profile: profile))
    }

    private func change(_ text: String) { #expect(Files.write(text, to: path)) }

    @Test func `is there until the file says read-only, and then not any more`() throws {
        let permission = try permission(Self.profile)
        #expect(permission.refusal() == nil)
        change(Self.profile + "read-only = true\n")
        let reason = "the profile work is read-only now (set in \(path), line 5)"
        #expect(permission.refusal() == reason)
        change(Self.profile)
        #expect(permission.refusal() == reason, "only a new start makes it writable")
    }

    @Test func `is not there while the configuration cannot be used, and comes back`() throws {
        let permission = try permission(Self.profile)
        for text in ["[profiles.work", "", Self.profile.replacing("work", with: "other"), "\u{1}"] {
            change(text)
            let reason = permission.refusal()
            #expect(reason?.hasPrefix("the configuration was changed and cannot be used: ") == true, "\(text)")
            #expect(reason?.hasSuffix(".") == false)
        }
        #expect(unlink(path) == 0)
        #expect(permission.refusal()?.contains(path) == true)
        change(Self.profile + "read-only = 3\n")
        #expect(permission.refusal() != nil)
        change(Self.profile)
        #expect(permission.refusal() == nil)
    }

    @Test func `goes however the file is saved`() throws {
        for text in ["\u{FEFF}" + Self.profile + "read-only = true\n", Self.profile + "\"read-only\" = true\r\n"] {
            let permission = try permission(Self.profile)
            change(text)
            #expect(permission.refusal()?.hasPrefix("the profile work is read-only now (set in ") == true)
        }
    }

    @Test func `is that of the profile in use, whichever is the usual one now`() throws {
        let both = Self.profile + Self.profile.replacing("work", with: "home")
        let permission = try permission("profile = \"work\"\n" + both)
        change("profile = \"home\"\n" + both + "read-only = true\n")
        #expect(permission.refusal() == nil, "home is read-only, work is not")
        change("profile = \"home\"\n" + both.replacing("[profiles.home]", with: "read-only = true\n[profiles.home]"))
        #expect(permission.refusal()?.hasPrefix("the profile work is read-only now (set in ") == true)
    }

    @Test func `is ruled by the environment as at the start`() throws {
        let permission = try permission(Self.profile, ["SOUK_READ_ONLY": "off"])
        change(Self.profile + "read-only = true\n")
        #expect(permission.refusal() == nil)
        #expect(
            WritePermission(Settings(environment: ["SOUK_READ_ONLY": "on"])).refusal()
                == "this profile is read-only now (set by SOUK_READ_ONLY)")
        #expect(WritePermission(Settings(environment: [:])).refusal() == nil)
    }

    @Test func `runs no command of a password store`() throws {
        let mark = directory + "/ran"
        let text = Self.profile + "password-command = \"touch \(mark); echo x\"\n"
        let permission = try permission(text)
        #expect(unlink(mark) == 0, "it ran at the start")
        #expect(permission.refusal() == nil)
        #expect(access(mark, F_OK) != 0)
    }

    @Test func `reports once that it has gone, as soon as the file is changed`() async throws {
        let permission = try permission(Self.profile)
        let (reports, report) = AsyncStream<Void>.makeStream()
        permission.onReadOnly { report.yield() }
        // As editors do: a new file in the place of the old one.
        #expect(Files.write(Self.profile + "read-only = true\n", to: path + "~"))
        #expect(rename(path + "~", path) == 0)
        var iterator = reports.makeAsyncIterator()
        #expect(await iterator.next() != nil)
        _ = permission.refusal()
        report.finish()
        #expect(await iterator.next() == nil)
    }
}
