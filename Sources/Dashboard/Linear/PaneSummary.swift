import Marketplace
import Rows
import Screen

/// What a pane says of itself in linear mode.
struct PaneSummary {
    /// How much the list holds and what it is narrowed to; empty while there is none.
    var extent = ""
    /// The row on the cursor in words, and its position: `2 of 4`.
    var row: String?
    var position: String?
    /// What is open over the list, in whole lines.
    var page: [String] = []
}

extension Pane {
    /// What the picture says, for panes without words of their own: the lines that bear the selection, and where there
    /// are none the whole.
    func summary(_ model: Model) -> PaneSummary { Self.summary(fromPictureOf: self, model) }

    static func summary(fromPictureOf pane: Self, _ model: Model) -> PaneSummary {
        let rect = Rect(x: 0, y: 0, width: 160, height: 60)
        var pane = pane
        pane.layout(PaneArea(main: rect))
        var canvas = Canvas(size: Size(columns: rect.width, rows: rect.height))
        pane.draw(on: &canvas, in: PaneArea(main: rect), model, focused: true)
        let lines = canvas.lineWords
        let selected = lines.filter(\.isSelected).map(\.text)
        var summary = PaneSummary(
            row: selected.isEmpty ? nil : selected.joined(separator: " "), position: pane.position)
        if selected.isEmpty { summary.page = lines.map(\.text) } else { summary.extent = lines.first?.text ?? "" }
        return summary
    }
}

extension Canvas {
    /// The rows that hold words, each as a sentence: what is apart on the screen is separated by commas.
    var lineWords: [(text: String, isSelected: Bool)] {
        let texts = text.split(separator: "\n", omittingEmptySubsequences: false)
        return texts.enumerated().compactMap { y, line in
            var parts: [String] = []
            var part = ""
            for word in line.split(separator: " ", omittingEmptySubsequences: false) {
                if word.isEmpty {
                    if !part.isEmpty { parts.append(part) }
                    part = ""
                } else if !(word == ">" && parts.isEmpty && part.isEmpty), !word.allSatisfy({ "─│┬┴".contains($0) }) {
                    part += part.isEmpty ? String(word) : " " + word
                }
            }
            if !part.isEmpty { parts.append(part) }
            guard !parts.isEmpty else { return nil }
            return (parts.joined(separator: ", ").asSentence, row(y).contains { $0.style.isSelected })
        }
    }
}

extension Page {
    /// A width at which nothing is wrapped or cut.
    static let spokenWidth = 100_000

    /// The lines as sentences: a heading with its right end, a label with its value, a paragraph.
    var sentences: [String] {
        var sentences: [String] = []
        for line in lines where !line.isEmpty {
            let texts = line.map { $0.text.trimmingSpaces() }.filter { !$0.isEmpty && $0 != ">" }
            guard let first = line.first, !texts.isEmpty else { continue }
            if line.count == 2, first.style == .faint, line[1].x < Self.spokenWidth / 2 {
                sentences.append(texts.joined(separator: ": ").asSentence)
            } else {
                sentences.append(texts.joined(separator: ", ").asSentence)
            }
        }
        return sentences
    }
}

extension Table {
    /// A row in words: the first column as it is, the others with their titles.
    func words(of row: Row) -> String {
        var words: [String] = []
        for column in columns {
            let text = column.text(row).0.trimmingSpaces()
            guard !text.isEmpty, text != "…" else { continue }
            words.append(words.isEmpty ? text : "\(column.title.lowercased()) \(text)")
        }
        return words.joined(separator: ", ")
    }
}

extension RowList {
    /// What a list says of itself: how much it holds, what it is narrowed to, its row, and a menu that is open.
    func summary(_ what: String, _ columns: [ListColumn<Row>], _ zone: Zone) -> PaneSummary {
        var table = table(columns)
        // What windows show that are not very wide.
        table.columns.removeAll { $0.rank > .then(5) }
        var summary = PaneSummary(row: selected.map { table.words(of: $0) }, position: position)
        if let menu {
            summary.row = menu.words
            summary.position = nil
        } else if isMarked(cursor.index), let row = summary.row {
            summary.row = "marked, \(row)"
        }
        if let problem, filter.isEditing { summary.page = [problem.message] }
        if let failure = snapshot.failure, snapshot.value == nil {
            summary.extent = failure.message
        } else if snapshot.value == nil || snapshot.value?.isComplete == false {
            summary.extent = "Loading \(what)."
        } else {
            let age = snapshot.readAt.map { ", as of \(zone.time(of: $0)) \(zone.name(at: $0))" } ?? ""
            let box = filter.isEditing ? "Typing filter" : "Filter"
            let words = filter.isActive ? "\(box) \(filter.field.text): \(extent)" : "\(extent) \(what)\(age)"
            summary.extent = words.asSentence
        }
        if let order {
            summary.extent += " Sorted by \(order.column)\(order.isDescending ? ", descending" : "")."
        }
        if filter.isEditing, !filter.isActive { summary.extent = "Filter: type words. " + summary.extent }
        return summary
    }
}

extension ListMenu {
    /// The item on the cursor, and what the menu is for.
    var words: String {
        let item = items.indices.contains(cursor.index) ? items[cursor.index] : nil
        let name = item.map { $0.column.isEmpty ? $0.title : $0.column } ?? ""
        return "\(purpose == .sorting ? "sort by" : "column") \(name), \(cursor.index + 1) of \(items.count)"
    }
}

extension String {
    /// With a full stop, where nothing ends it.
    var asSentence: String {
        guard let last, !".!?:…".contains(last) else { return self }
        return self + "."
    }

    /// With its first letter as a capital.
    var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
