import Marketplace
import Screen

extension WriteFlow {
    /// What a write says of itself on its way from form to ending.
    func spoken(_ model: Model) -> [Sentence] {
        switch stage {
        case .filling where form.isChoosing: return choiceWords(model)
        case .filling: return formWords(model)
        case .reviewing where isSending:
            return [spokenPlace(model), Sentence(.page, sendingPage(width: Page.spokenWidth, model).sentences)]
        case .reviewing(let review): return [spokenPlace(model)] + review.spoken(model)
        case .unknown(let unconfirmed):
            return [
                spokenPlace(model),
                Sentence(.page, unconfirmed.page(width: Page.spokenWidth, model).sentences),
            ]
        }
    }

    /// The same words as the tab band.
    private func spokenPlace(_ model: Model) -> Sentence { Sentence(.place, band(model)?.spoken ?? "") }

    private func formWords(_ model: Model) -> [Sentence] {
        var sentences = [
            spokenPlace(model),
            Sentence(.page, form.fields.factSentences),
        ]
        if let focused = form.fields.focusedWords { sentences.append(Sentence(.selected, focused)) }
        // While a price is awaited the last one is neither repeated nor taken back.
        if let order = form.priced(model), estimate?.order != order, refusal == nil { return sentences }
        sentences.append(Sentence(.aside, asidePage(width: Page.spokenWidth, isBrief: false, model).sentences))
        return sentences
    }

    private func choiceWords(_ model: Model) -> [Sentence] {
        let rect = Rect(x: 0, y: 0, width: 160, height: 60)
        var canvas = Canvas(size: Size(columns: rect.width, rows: rect.height))
        form.drawChoice(on: &canvas, in: PaneArea(main: rect), model)
        let lines = canvas.lineWords
        return [
            Sentence(.place, "\(title.capitalised): choose."),
            Sentence(.extent, lines.first?.text ?? ""),
            Sentence(.selected, lines.filter(\.isSelected).map { "Selected: \($0.text)" }),
        ]
    }
}

extension FormFields {
    /// The rows that are only shown, or chosen elsewhere, as sentences; not the one with the focus.
    var factSentences: [String] {
        rows.compactMap { row in
            switch row.content {
            case .fact(let value) where !value.isEmpty: Self.words(row.label, value, row.note)
            case .opens(let value) where row.id != focus: Self.words(row.label, value, row.note)
            default: nil
            }
        }
    }

    /// The row with the focus: its label, its content and its position among the rows.
    var focusedWords: String? {
        let asked = rows.filter(\.isAsked)
        guard let place = asked.firstIndex(where: { $0.id == focus }) else { return nil }
        let row = asked[place]
        let value: String
        switch row.content {
        case .text(let field, _):
            let proposal = isProposal(row.id) ? ", proposed: typing replaces it" : ""
            value = field.isEmpty ? "empty" : field.text + proposal
        // Read aloud it would be no secret any more.
        case .secret(let field, _):
            value = field.isEmpty ? "empty" : "\(counted(field.characters.count, "character")), not shown"
        case .choice(let choices, let selected):
            let label = choices.indices.contains(selected) ? choices[selected].label : ""
            value = "\(label), choice \(selected + 1) of \(choices.count)"
        case .opens(let chosen), .fact(let chosen): value = chosen
        }
        let words = Self.words(row.label.isEmpty ? row.id : row.label, value, row.note)
        return "\(words) Row \(place + 1) of \(asked.count)."
    }

    private static func words(_ label: String, _ value: String, _ note: String) -> String {
        let start = label.isEmpty ? value : "\(label.capitalised): \(value)"
        return (note.isEmpty ? start : "\(start), \(note)").asSentence
    }
}

extension Review {
    func spoken(_ model: Model) -> [Sentence] {
        switch state {
        case .checking: [Sentence(.question, "The marketplace is being asked. Escape goes back.")]
        case .failed, .ready:
            [
                Sentence(.page, page(width: Page.spokenWidth, model).sentences),
                Sentence(.question, question(model)),
            ]
        case .sending: []
        }
    }

    private func question(_ model: Model) -> [String] {
        guard canBeSent else { return ["Enter or Escape goes back to the form."] }
        let words = ReviewWords(intent, run, model)
        if isArmed { return ["Typed \(confirmation.text). Enter now means: \(words.button). Escape goes back."] }
        let asks = words.asks.isEmpty ? "" : ", \(words.asks),"
        let typed = confirmation.isEmpty ? "" : "Typed \(confirmation.text). "
        return ["\(typed)Type \(phrase)\(asks) and Enter to send it. Enter alone or Escape goes back."]
    }
}
