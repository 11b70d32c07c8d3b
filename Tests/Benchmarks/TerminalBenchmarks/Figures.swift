import Glibc

/// Rows of figures as one table for people: the floor's column first, then the program's, then how many times the floor.
struct Figures {
    private let title: String
    private let names: [String]
    private var rows: [(what: String, values: [Double?], unit: String)] = []

    init(_ title: String, _ names: [String]) {
        self.title = title
        self.names = names
    }

    mutating func add(_ what: String, _ unit: String, _ values: Double?...) { rows.append((what, values, unit)) }

    func show() {
        print("\n" + title)
        let ratios = names.dropFirst().map { _ in "ratio" }
        var heads = [""]
        for (place, name) in names.enumerated() {
            heads.append(name)
            if place > 0 { heads.append(ratios[place - 1]) }
        }
        show(heads)
        for row in rows {
            var cells = ["\(row.what), \(row.unit)"]
            let floor = row.values.first ?? nil
            for (place, value) in row.values.enumerated() {
                cells.append(value.map(Self.text) ?? "-")
                guard place > 0 else { continue }
                guard let value, let floor, floor > 0 else {
                    cells.append("-")
                    continue
                }
                cells.append(Self.text(value / floor))
            }
            show(cells)
        }
        fflush(nil)
    }

    private func show(_ cells: [String]) {
        var line = "  " + cells[0] + String(repeating: " ", count: max(1, 44 - cells[0].count))
        for cell in cells.dropFirst() { line += String(repeating: " ", count: max(1, 12 - cell.count)) + cell }
        print(line)
    }

    /// Two places after the point for small numbers, none for large ones.
    private static func text(_ value: Double) -> String {
        guard value < 100 else { return String(Int(value.rounded())) }
        let hundredths = Int((value * 100).rounded())
        let rest = String(hundredths % 100)
        return "\(hundredths / 100)." + (rest.count == 1 ? "0" : "") + rest
    }
}

extension [Int] {
    /// The value that `part` of all are not above, nanoseconds as milliseconds; nil when there are none.
    func milliseconds(at part: Double) -> Double? {
        isEmpty ? nil : Double(sorted()[Swift.min(count - 1, Int(Double(count) * part))]) / 1_000_000
    }

    var mean: Double? { isEmpty ? nil : Double(reduce(0, +)) / Double(count) }
}
