import Glibc
import Screen
import TestSupport
import Testing

@testable import Screen

private let styles = Tone.allCases.flatMap { tone in
    [false, true].flatMap { strong in [false, true].map { Style(tone, strong: strong, selected: $0) } }
}

@Suite struct `The theme without colours` {
    @Test func `uses none`() {
        for style in styles {
            let look = Theme.withoutColour.look(of: style)
            #expect(look.foreground == .terminal && look.background == .terminal)
        }
        #expect(Theme.withoutColour.coloursNeeded == 0)
    }

    @Test func `shows the selection and the alarm`() {
        for tone in Tone.allCases {
            #expect(Theme.withoutColour.look(of: Style(tone, selected: true)).isReversed)
        }
        #expect(Theme.withoutColour.look(of: Style(.alarm)) != Theme.withoutColour.look(of: Style(.header)))
    }
}

@Suite struct `Themes that come with the program` {
    @Test func `are those of the files`() throws {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
            separator: "/")
        for (name, text) in Theme.embedded {
            let path = "\(folder)/assets/themes/\(name).theme"
            let file = try #require(fopen(path, "r"), "there is no \(path)")
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 16_384)
            let count = fread(&bytes, 1, bytes.count, file)
            #expect(LineDifference.describe(text, expected: String(decoding: bytes[..<count], as: UTF8.self)) == nil)
        }
    }

    @Test(arguments: Theme.embedded.map(\.name)) func `can be read`(name: String) throws {
        #expect(Theme.named(name) != nil)
    }

    @Test func `the standard one needs eight colours at most`() {
        #expect(Theme.standard.coloursNeeded == 8)
        #expect(Theme.standard.background == .terminal)
        #expect(Theme.named("no such theme") == nil)
    }

    /// The Web Content Accessibility Guidelines ask for 4.5:1 (1.4.3).
    @Test(arguments: Theme.names.dropFirst()) func `have contrast`(name: String) throws {
        let theme = try #require(Theme.named(name))
        #expect(theme.coloursNeeded == 256)
        for style in styles {
            let look = theme.look(of: style)
            guard case .rgb(let text) = look.foreground, case .rgb(let ground) = look.background else {
                Issue.record("\(name): \(style.tone) has no colour of its own")
                continue
            }
            #expect(!look.isDim && !look.isReversed)
            let full = contrast(text, ground)
            #expect(full >= 4.5, "\(name): \(style.tone) has \(full)")
            let rounded = contrast(.of256(text.nearestOf256), .of256(ground.nearestOf256))
            #expect(rounded >= 4.5, "\(name) with 256 colours: \(style.tone) has \(rounded)")
            if name == "high-contrast" { #expect(full >= 7) }
        }
    }

    @Test(arguments: Theme.names.dropFirst()) func `keep states apart`(name: String) throws {
        let theme = try #require(Theme.named(name))
        let states = [Style.plain, .good, .warning, .bad].map { theme.look(of: $0).foreground }
        #expect(Set(states).count == states.count)
        #expect(theme.look(of: Style(.alarm)).background != theme.look(of: Style(.header)).background)
        #expect(theme.look(of: Style(.plain, selected: true)).background != theme.background)
    }

    /// Relative luminance and contrast as the guidelines define them.
    private func contrast(_ one: RGB, _ other: RGB) -> Double {
        func luminance(_ colour: RGB) -> Double {
            func linear(_ part: UInt8) -> Double {
                let value = Double(part) / 255
                return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
        }
        let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)
    }
}

@Suite struct `A theme's text` {
    private static let whole = Theme.embedded[0].text

    private func problem(_ text: String) -> ThemeProblem? {
        do throws(ThemeProblem) {
            _ = try Theme(text: text)
            return nil
        } catch {
            return error
        }
    }

    @Test func `says how tones look`() throws {
        let text = Self.whole.replacing("good        green", with: "good\t#0a141e  on bright-white bold # a note\r")
        let look = try Theme(text: text).look(of: .good)
        #expect(look == Theme.Look(.rgb(RGB(10, 20, 30)), on: .palette(15), bold: true))
        #expect(try Theme(text: text).coloursNeeded == 256)
    }

    @Test func `gives what has no ground of its own that of the screen`() throws {
        let text = Self.whole.replacing("background  default", with: "background 17")
        let theme = try Theme(text: text)
        #expect(theme.look(of: .good).background == .palette(17))
        #expect(theme.look(of: Style(.alarm)).background == .palette(1))
    }

    @Test(arguments: [
        ("good        purpel", 9, "'purpel' is no colour"), ("good", 9, "the colour is missing"),
        ("good        #12345", 9, "'#12345' is no colour"), ("good        256", 9, "'256' is no colour"),
        ("good        red on", 9, "must follow 'on'"), ("good        red blink", 9, "'blink' is not understood"),
        ("god         red", 9, "'god' is not part of a theme"), ("plain       red", 9, "is set a second time"),
        ("background  red", 9, "is set a second time"), ("good        \u{1B}]0;x\u{7}", 9, "\u{FFFD}]0;x\u{FFFD}"),
    ])
    func `that cannot be read is reported with its line`(_ line: String, _ number: Int, _ words: String) {
        let found = problem(Self.whole.replacing("good        green", with: line))
        #expect(found?.line == number)
        #expect(found?.message.contains(words) == true)
    }

    @Test func `that leaves something out is reported`() {
        #expect(problem(Self.whole.replacing("good        green\n", with: ""))?.message.contains("good") == true)
        #expect(problem("")?.line == nil)
        #expect(problem("\u{0}\u{FFFF}")?.line == 1)
    }
}

@Suite struct `Colours by their light` {
    private static let nearest: [(RGB, UInt8)] = [
        (RGB(0, 0, 0), 16), (RGB(255, 255, 255), 231), (RGB(8, 8, 8), 232), (RGB(238, 238, 238), 255),
        (RGB(95, 135, 175), 67), (RGB(255, 0, 0), 196), (RGB(130, 130, 128), 244),
    ]

    @Test(arguments: nearest)
    func `have a nearest among 256`(_ colour: RGB, _ index: UInt8) { #expect(colour.nearestOf256 == index) }

    @Test func `of the 256 are themselves`() {
        for index in UInt8(16)...255 { #expect(RGB.of256(RGB.of256(index).nearestOf256) == RGB.of256(index)) }
    }
}

@Suite struct `Names of keys` {
    @Test func `are the ones on the keyboard`() {
        let keys: [Key] = ["j", " ", .control("c"), .function(10), .enter, .escape, .backTab, .pageUp, .paste("x")]
        #expect(keys.map(\.name) == ["j", "Space", "^C", "F10", "Enter", "Esc", "S-Tab", "PgUp", "paste"])
    }
}
