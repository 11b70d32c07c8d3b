import FoundationEssentials
import Marketplace

/// Evaluates a term of a filter on rows. The verdict on a value is computed once, however many rows have it.
struct TermEvaluator {
    let term: FilterTerm
    /// Names of the columns it searches.
    let columns: [String]
    private let zone: Zone
    private var verdicts: [[UInt8]]

    fileprivate static let unknown: UInt8 = 0
    fileprivate static let no: UInt8 = 1
    fileprivate static let yes: UInt8 = 2
    /// There is no value to compare.
    fileprivate static let none: UInt8 = 3

    /// - Parameter zone: In which a moment has its day.
    init(_ term: FilterTerm, columns: [String], zone: Zone = .utc) {
        self.term = term
        self.zone = zone
        self.columns = columns
        verdicts = Array(repeating: [], count: columns.count)
    }

    /// Removes the rows that do not meet the term. A row without the value that is compared meets neither the term nor
    /// its negation.
    mutating func filter(_ rows: inout [Int32], _ coded: [String: EncodedColumn]) {
        var marks = [UInt8](repeating: Self.no, count: rows.count)
        rows.withUnsafeBufferPointer { rows in
            marks.withUnsafeMutableBufferPointer { marks in
                for (number, name) in columns.enumerated() {
                    coded[name]?.check(term.condition, zone, rows, marks, &verdicts[number])
                }
            }
        }
        let wanted = term.isNegated ? Self.no : Self.yes
        let kept = rows.withUnsafeMutableBufferPointer { rows in
            var kept = 0
            for place in rows.indices {
                rows[kept] = rows[place]
                kept += marks[place] == wanted ? 1 : 0
            }
            return kept
        }
        rows.removeSubrange(kept...)
    }
}

extension EncodedColumn {
    /// Marks which rows meet the condition; those marked so already are skipped.
    /// - Parameter verdicts: The verdict on each value, as far as it was computed.
    fileprivate func check(
        _ condition: FilterTerm.Condition, _ zone: Zone, _ rows: UnsafeBufferPointer<Int32>,
        _ marks: UnsafeMutableBufferPointer<UInt8>, _ verdicts: inout [UInt8]
    ) {
        switch (condition, values) {
        case (.number(let sign, let wanted, _), .numbers(let numbers)):
            check(rows, marks, &verdicts) { $0 == 0 ? nil : sign.holds(Decimal(numbers[$0]), wanted) }
        case (.date(let sign, let days, _), .dates(let dates)):
            check(rows, marks, &verdicts) { $0 == 0 ? nil : sign.holds(dates[$0], days) }
        case (.money(let sign, let wanted, let currency, _), .money(let money)):
            check(rows, marks, &verdicts) { value in
                guard value != 0, currency == nil || money[value].currency == currency else { return nil }
                return sign.holds(money[value].amount, wanted)
            }
        case (.date(let sign, let days, _), .instants(let instants)):
            check(rows, marks, &verdicts) { value in
                guard instants[value] != Self.noInstant else { return nil }
                return sign.holds(zone.date(of: Instant(millisecondsSince1970: instants[value])), days)
            }
        case (.holds(let words, _), .dates(let dates)) where Self.mayBeginInDate(words):
            check(rows, marks, &verdicts) { $0 != 0 && Self.holds(dates[$0], words) }
        case (.holds(let words, _), .instants(let instants)) where Self.mayBeginInDate(words):
            check(rows, marks, &verdicts) { value in
                instants[value] != Self.noInstant
                    && Self.holds(zone.date(of: Instant(millisecondsSince1970: instants[value])), words)
            }
        case (.holds(let words, _), .texts(let texts)), (.holds(let words, _), .lookup(_, let texts)):
            guard mayHold(words) else { return }
            words.withUnsafeBufferPointer { words in
                texts.withTexts { text in check(rows, marks, &verdicts) { text($0).holds(words) } }
            }
        case (.fuzzy(let letters, _), .texts(let texts)), (.fuzzy(let letters, _), .lookup(_, let texts)):
            guard mayHold(letters) else { return }
            letters.withUnsafeBufferPointer { letters in
                texts.withTexts { text in check(rows, marks, &verdicts) { text($0).holdsInOrder(letters) } }
            }
        case (.line(let line, _), .texts(let texts)), (.line(let line, _), .lookup(_, let texts)):
            texts.withTexts { text in check(rows, marks, &verdicts) { text($0).holdsLine(line) } }
        default: break
        }
    }

    /// - Parameter meets: Whether a value meets the condition; nil when there is none and the condition compares one.
    @inline(__always)
    private func check(
        _ rows: UnsafeBufferPointer<Int32>, _ marks: UnsafeMutableBufferPointer<UInt8>, _ verdicts: inout [UInt8],
        _ meets: (Int) -> Bool?
    ) {
        func verdict(_ value: Int) -> UInt8 {
            switch meets(value) {
            case true: TermEvaluator.yes
            case false: TermEvaluator.no
            case nil: TermEvaluator.none
            }
        }
        if isUnique {
            for place in rows.indices where marks[place] != TermEvaluator.yes {
                marks[place] = verdict(Int(rows[place]))
            }
            return
        }
        if verdicts.count < valueCount {
            verdicts += Array(repeating: TermEvaluator.unknown, count: valueCount - verdicts.count)
        }
        if codes.isEmpty {
            let verdict = verdict(0)
            if verdict == TermEvaluator.no { return }
            for place in rows.indices where marks[place] != TermEvaluator.yes { marks[place] = verdict }
            return
        }
        verdicts.withUnsafeMutableBufferPointer { verdicts in
            codes.withUnsafeBufferPointer { codes in
                for place in rows.indices where marks[place] != TermEvaluator.yes {
                    let value = Int(codes[Int(rows[place])])
                    if verdicts[value] == TermEvaluator.unknown { verdicts[value] = verdict(value) }
                    marks[place] = verdicts[value]
                }
            }
        }
    }

    /// Whether a text of the column may hold these bytes: a word with a letter is never part of a number.
    private func mayHold(_ bytes: [UInt8]) -> Bool { usedBytes.isEmpty || bytes.allSatisfy { usedBytes[Int($0)] } }

    private static func mayBeginInDate(_ words: [UInt8]) -> Bool {
        words.first.map { $0 == UInt8(ascii: "-") || (48...57).contains($0) } ?? false
    }

    /// Whether words are part of the date as it is written, `2026-11-20`.
    private static func holds(_ date: CalendarDate, _ words: [UInt8]) -> Bool {
        Array(date.description.utf8).holds(words)
    }
}
