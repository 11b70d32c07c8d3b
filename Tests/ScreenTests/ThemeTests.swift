import Screen
import Testing

@Suite struct `The theme` {
    private let styles = Tone.allCases.flatMap { tone in
        [false, true].flatMap { strong in [false, true].map { Style(tone, strong: strong, selected: $0) } }
    }

    @Test func `uses no colour where there is none`() {
        for style in styles {
            let look = Theme(hasColour: false).look(of: style)
            #expect(look.foreground == .terminal && look.background == .terminal)
        }
    }

    @Test func `shows the selection and the alarm without colour too`() {
        for tone in Tone.allCases {
            #expect(Theme(hasColour: false).look(of: Style(tone, selected: true)).isReversed)
        }
        #expect(Theme(hasColour: false).look(of: Style(.alarm)) != Theme(hasColour: false).look(of: Style(.header)))
    }

    @Test func `needs eight colours at most`() {
        for style in styles {
            let look = Theme().look(of: style)
            for colour in [look.foreground, look.background] {
                if case .palette(let index) = colour { #expect(index < 8) }
            }
        }
    }
}

@Suite struct `Names of keys` {
    @Test func `are the ones on the keyboard`() {
        let keys: [Key] = ["j", " ", .control("c"), .function(10), .enter, .escape, .backTab, .pageUp, .paste("x")]
        #expect(keys.map(\.name) == ["j", "Space", "^C", "F10", "Enter", "Esc", "S-Tab", "PgUp", "paste"])
    }
}
