import FoundationEssentials
import Screen
import TestSupport
import Testing

@testable import App

@Suite struct `Settings of the terminal` {
    private func settings(_ environment: [String: String]) throws -> TerminalSettings {
        try TerminalSettings(Settings(environment: environment))
    }

    private func problem(_ environment: [String: String]) throws -> String? {
        let settings = try settings(environment)
        do throws(Configuration.Problem) {
            _ = try settings.options(crashReport: nil)
            return nil
        } catch {
            return error.message
        }
    }

    @Test func `unless one says otherwise the mouse is taken, frames are marked and colours are the terminal's`() throws
    {
        let options = try settings([:]).options(crashReport: "/tmp/x")
        #expect(options.mouse && options.marksFrames && !options.asciiOnly)
        #expect(options.theme == .standard)
        #expect(options.crashReport == "/tmp/x")
    }

    @Test func `each is switched by the environment`() throws {
        let options = try settings([
            "SOUK_MOUSE": "off", "SOUK_SYNCHRONIZED_OUTPUT": "no", "SOUK_ASCII": "on", "SOUK_THEME": "light",
        ]).options(crashReport: nil)
        #expect(!options.mouse && !options.marksFrames && options.asciiOnly)
        #expect(options.theme == Theme.named("light"))
    }

    @Test func `the delay of Esc is a number of milliseconds`() throws {
        #expect(try settings([:]).options(crashReport: nil).escapeDelay == nil)
        #expect(try settings(["SOUK_ESCAPE_DELAY": "200"]).options(crashReport: nil).escapeDelay == 200)
        for text in ["soon", "0", "2001", "-5"] {
            #expect(throws: EnvironmentProfile.Problem.milliseconds(variable: "SOUK_ESCAPE_DELAY", text: text)) {
                try settings(["SOUK_ESCAPE_DELAY": text])
            }
        }
    }

    @Test func `no colour wins over every theme`() throws {
        #expect(
            try settings(["NO_COLOR": "1", "SOUK_THEME": "dark"]).options(crashReport: nil).theme == .withoutColour)
        #expect(try settings(["NO_COLOR": ""]).options(crashReport: nil).theme == .standard)
    }

    @Test func `a switch that is neither on nor off is an error`() {
        #expect(throws: EnvironmentProfile.Problem.self) { try settings(["SOUK_MOUSE": "perhaps"]) }
    }

    @Test(arguments: [
        ("solarised", "there is no theme solarised; there are default, dark, light"),
        ("/nowhere/x.theme", "the theme /nowhere/x.theme cannot be read (No such file or directory)."),
        ("/dev/null", "the theme /dev/null: missing: plain"),
    ])
    func `the error about a missing theme names those there are`(name: String, words: String) throws {
        #expect(try problem(["SOUK_THEME": name])?.hasPrefix(words) == true)
    }

    @Test func `a theme is read whatever editor saved it`() throws {
        let folder = try TestFolder.make()
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let file = try #require(FileManager.default.contents(atPath: root + "/assets/themes/dark.theme"))
        let theme = String(decoding: file, as: UTF8.self)
        let crlf = theme.replacing("\n", with: "\r\n")
        for (name, bytes) in [
            ("plain", Array(theme.utf8)), ("windows", [0xEF, 0xBB, 0xBF] + Array(crlf.utf8)),
        ] {
            let path = "\(folder)/\(name).theme"
            try Data(bytes).write(to: URL(filePath: path))
            #expect(try settings(["SOUK_THEME": path]).options(crashReport: nil).theme == Theme.named("dark"))
        }
        let path = folder + "/utf16.theme"
        try Data([0xFF, 0xFE] + theme.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }).write(
            to: URL(filePath: path))
        #expect(
            try problem(["SOUK_THEME": path])?.contains("utf16.theme, line 1, column 1: this is written in UTF-16")
                == true)
    }
}
