import Testing

@testable import App

@Suite struct `Manual pages` {
    @Test func `are there for souk and for every command`() throws {
        let names = ManualPage.all.map(\.name)
        let commands = CommandDescription.all
        #expect(names == ["souk"] + commands.map { "souk-" + $0.path.joined(separator: "-") })
    }

    @Test func `name every option of a command and every way in which it can end`() throws {
        for command in CommandDescription.all {
            let page = ManualPage(command).text
            for option in command.options {
                #expect(page.contains("\\-\\-" + option.name.replacing("-", with: "\\-")), "\(command.name)")
            }
            for code in command.exitCodes { #expect(page.contains("\\fB\(code)\\fR"), "\(command.name)") }
        }
    }

    @Test func `hold no line that would be taken for a request`() throws {
        let requests = [".TH", ".nh", ".ad", ".SH", ".PP", ".TP"]
        for page in ManualPage.all {
            for line in page.text.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
                #expect(requests.contains { line.hasPrefix($0) }, "\(page.name): \(line)")
            }
        }
    }
}
