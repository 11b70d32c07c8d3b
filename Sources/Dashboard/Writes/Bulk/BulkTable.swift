import FoundationEssentials
import Marketplace
import Screen

/// The rows as a table, in every stage the same.
extension BulkFlow {
    func drawTable(_ rule: BulkRule?, on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        Table(columns(rule, model)).draw(
            on: &canvas, in: rect, count: rows.count, cursor: cursor, focused: stage != .rule
        ) { rows[$0] }
    }

    /// Names that several customers among the rows bear.
    private func repeatedNames(_ model: Model) -> Set<String> {
        var names: Set<String> = []
        var repeated: Set<String> = []
        for customer in Set(rows.compactMap(\.customer)) {
            let name = model.name(of: customer)
            if !names.insert(name).inserted { repeated.insert(name) }
        }
        return repeated
    }

    private func columns(_ rule: BulkRule?, _ model: Model) -> [Table<BulkRow>.Column] {
        let stage = stage
        let repeated = repeatedNames(model)
        /// What a row is now and becomes; before it was checked, as far as it was read.
        @Sendable func figures(_ row: BulkRow) -> BulkFigures {
            if stage != .rule, let figures = row.figures { return figures }
            guard let detail = model.details[row.id] else { return row.figures ?? BulkFigures(before: "…") }
            guard let rule else { return BulkFigures(before: detail.quantity.map(grouped) ?? "") }
            return rule.figures(of: detail)
        }
        @Sendable func after(_ row: BulkRow) -> String { row.isImpossible ? "" : figures(row).after }
        var columns: [Table<BulkRow>.Column] = []
        if stage != .rule { columns.append(.init("", .whole(3), .first(0)) { $0.sign }) }
        // In narrow windows the product leaves first: it is shown below with the row on the cursor. The ids stay.
        columns += [
            .init("SUBSCR.", .whole(7), .first(1)) { ($0.id.rawValue, .plain) },
            .init("CUSTOMER", .name(8, 50), .first(5)) { row in
                guard let customer = row.customer else { return ("…", .plain) }
                let name = model.name(of: customer)
                return (
                    "\(customer) \(name)" + (repeated.contains(name) ? model.sellerWords(of: customer) : ""), .plain
                )
            },
            .init("PRODUCT", .product(12, 40), .first(8)) { row in
                (row.subscription?.name ?? "…", .plain)
            },
        ]
        switch act {
        case .units:
            columns += [
                .init("NOW", .whole(6), .first(2), alignment: .right) { (figures($0).before, .plain) },
                .init("AFTER", .whole(6), .first(3), alignment: .right) { (after($0), .strong) },
                .init("DIFF", .whole(5), .first(7), alignment: .right) { row in
                    let difference = row.isImpossible ? nil : figures(row).difference
                    return (difference.map { QuantityDifference(Decimal($0)).description } ?? "", .plain)
                },
            ]
        case .autoRenew:
            columns += [
                .init("NOW", .whole(4), .first(2)) { (figures($0).before, .plain) },
                .init("AFTER", .whole(5), .first(3)) { (after($0), .strong) },
                .init("FROM", .whole(11), .first(7)) { row in
                    (row.subscription?.turningDate?.spoken ?? "", .plain)
                },
            ]
        case .cancellation:
            columns += [
                .init("UNITS", .whole(6), .first(6), alignment: .right) { row in
                    (figures(row).units.map { grouped($0.before) } ?? "", .plain)
                },
                .init("NOW", .whole(7), .first(2)) { (figures($0).before, .plain) },
                .init("AFTER", .whole(5), .first(3)) { (after($0), .strong) },
            ]
        }
        if stage == .rule { return columns }
        if act != .autoRenew {
            columns.append(
                .init("ESTIMATE", .whole(12), .then(1), alignment: .right) {
                    (figures($0).price?.description ?? "", .plain)
                })
        }
        columns.append(
            .init(stage == .review || stage == .recalling ? "CHECK" : "OUTCOME", .name(15, 60), .first(4)) { row in
                let words = row.words(in: stage)
                return (words.text, words.style)
            })
        return columns
    }
}

extension BulkRow {
    /// Whether it goes out: `[x]`, `[ ]`, or what became of it.
    var sign: (String, Style) {
        switch state {
        case .cannot: ("NO", .bad)
        case .waiting, .reading, .checking, .ready, .heldBack: (isLeftOut ? "[ ]" : "[x]", .plain)
        case .sending: ("...", .warning)
        case .taken: ("ok", .good)
        case .refused, .failed: ("NO", .bad)
        case .unknown: ("?", .warning)
        }
    }

    /// Its state in words.
    func words(in stage: BulkFlow.Stage) -> (text: String, style: Style) {
        switch state {
        case .waiting where isLeftOut: ("left out. \(caution?.words ?? "")", .faint)
        case .waiting: ("waits", .faint)
        case .reading, .checking: ("asking…", .faint)
        case .ready where isLeftOut: ("left out. \(caution?.words ?? "")", caution == nil ? .faint : .warning)
        case .ready(let run):
            switch stage {
            case .ended: ("not sent", .plain)
            case .running: ("waits", .faint)
            case .rule, .recalling, .review: (words(of: run), isNotable ? .warning : .good)
            }
        case .cannot(let reason): (reason, .bad)
        case .sending: ("sending…", .warning)
        case .taken(let words): (words, .good)
        case .heldBack(let reason): ("not sent, it changed: \(reason)", .warning)
        case .refused(let reason): ("refused: \(reason)", .bad)
        case .failed(let reason): ("not taken: \(reason)", .bad)
        case .unknown(let reason): ("UNKNOWN. \(reason)", .warning)
        }
    }

    private func words(of run: DryRun) -> String {
        let notes = notes(of: run)
        return notes.isEmpty ? "ok" : "ok. \(notes)"
    }

    /// Whether something of it is to be read before it is sent.
    private var isNotable: Bool { caution != nil || earlier != nil || moved != nil }

    /// What the person should know of it though it can be sent.
    func notes(of run: DryRun) -> String {
        let changed = moved.map { "Changed since you looked: \($0)" }
        let before: String? =
            switch caution {
            case .endedBefore, .turnedOut: nil
            case .warned, nil: earlier?.words
            }
        let notes = run.checks.filter { $0.verdict == .note }.map { "\($0.textInRow)." }
        return ([changed, before, caution?.words].compactMap { $0?.asSentence } + notes).joined(separator: " ")
    }
}
