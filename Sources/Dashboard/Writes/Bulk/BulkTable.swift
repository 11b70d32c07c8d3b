import FoundationEssentials
import Marketplace
import Screen

/// The rows as a table, in every stage the same. Wide windows have a line for a row; in others a row has two, so that
/// customer and product are whole; small ones leave them to the text below, about the row on the cursor.
extension BulkFlow {
    private enum Form { case line, pair, brief }

    private static func form(_ width: Int, isLow: Bool) -> Form {
        width >= 160 ? .line : width < 70 || isLow ? .brief : .pair
    }

    /// Lines of the screen that a row takes.
    static func rowHeight(width: Int, isLow: Bool) -> Int { form(width, isLow: isLow) == .pair ? 2 : 1 }

    /// - Parameter isLow: Whether the window has few lines.
    func drawTable(_ rule: BulkRule?, on canvas: inout Canvas, in rect: Rect, isLow: Bool, _ model: Model) {
        let form = Self.form(rect.width, isLow: isLow)
        guard form == .pair else {
            Table(columns(rule, isBrief: form == .brief, model)).draw(
                on: &canvas, in: rect, count: rows.count, cursor: cursor, focused: stage != .rule
            ) { rows[$0] }
            return
        }
        drawPairs(rule, on: &canvas, in: rect, model)
    }

    private func drawPairs(_ rule: BulkRule?, on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        let repeated = repeatedNames(model)
        let hasCheck = stage != .rule
        // From the right: the rate, what is after and what is before.
        let (beforeWidth, afterWidth, rateWidth) =
            switch act {
            case .units: (7, 7, 17)
            case .autoRenew: (4, 6, 21)
            case .cancellation: (8, 6, 17)
            }
        let rateX = rect.maxX - rateWidth - 1
        let afterX = rateX - afterWidth - 1
        let beforeX = afterX - beforeWidth - 1
        let x = rect.x + (hasCheck ? 17 : 13)
        canvas.write("ID", x: x - 10, y: rect.y, style: .faint)
        canvas.write("CUSTOMER, PRODUCT", x: x, y: rect.y, style: .faint)
        canvas.write("NOW", x: beforeX, y: rect.y, width: beforeWidth, style: .faint, alignment: .right)
        canvas.write("AFTER", x: afterX, y: rect.y, width: afterWidth, style: .faint, alignment: .right)
        canvas.write(
            act == .autoRenew ? "THEN" : "RATE CHANGE", x: rateX, y: rect.y, width: rateWidth, style: .faint,
            alignment: .right)
        for (line, place) in (cursor.top..<rows.count).prefix(max(0, (rect.height - 1) / 2)).enumerated() {
            let row = rows[place]
            let y = rect.y + 1 + line * 2
            let isHere = place == cursor.index
            if isHere { canvas.write(">", x: rect.x + 1, y: y, style: hasCheck ? .plain : .faint) }
            if hasCheck { canvas.write(row.sign.0, x: rect.x + 3, y: y, width: 3, style: row.sign.1) }
            canvas.write(row.id.rawValue, x: x - 10, y: y, width: 9)
            canvas.write(customer(of: row, repeated, width: beforeX - x - 1, model), x: x, y: y, width: beforeX - x - 1)
            let figures = figures(of: row, rule, model)
            canvas.write(figures.before, x: beforeX, y: y, width: beforeWidth, alignment: .right)
            if !row.isImpossible {
                canvas.write(figures.after, x: afterX, y: y, width: afterWidth, style: .strong, alignment: .right)
                canvas.write(change(row, figures), x: rateX, y: y, width: rateWidth, alignment: .right)
            }
            let product = row.subscription?.title ?? "…"
            let check = hasCheck ? row.words(in: stage) : ("", .plain)
            // The checks stand below one another.
            let productWidth = hasCheck ? min(44, rect.maxX - x - 25) : rect.maxX - x - 1
            canvas.write(product, x: x, y: y + 1, width: productWidth, style: .faint)
            canvas.write(
                check.0, x: x + productWidth + 2, y: y + 1, width: rect.maxX - x - productWidth - 3, style: check.1)
            if isHere, hasCheck { canvas.select(Rect(x: rect.x, y: y, width: rect.width, height: 2)) }
        }
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

    /// The customer's name, with its id where there is room, and with its id and whose it is where names repeat.
    private func customer(of row: BulkRow, _ repeated: Set<String>, width: Int, _ model: Model) -> String {
        guard let customer = row.customer else { return "…" }
        let name = model.name(of: customer)
        if repeated.contains(name) { return "\(customer) \(name)\(model.sellerWords(of: customer))" }
        let whole = "\(name) \(customer)"
        return width >= 40 && TerminalText.width(of: whole) <= width ? whole : name
    }

    /// What a row is now and becomes; before it was checked, as far as it was read.
    private func figures(of row: BulkRow, _ rule: BulkRule?, _ model: Model) -> BulkFigures {
        if stage != .rule, let figures = row.figures { return figures }
        guard let detail = model.details[row.id] else { return row.figures ?? BulkFigures(before: "…") }
        guard let rule else { return BulkFigures(before: detail.quantity.map(grouped) ?? "") }
        return rule.figures(of: detail)
    }

    /// By how much its rate changes; of auto-renew, what happens next.
    private func change(_ row: BulkRow, _ figures: BulkFigures) -> String {
        if act == .autoRenew {
            var then = row.subscription
            then?.autoRenews = figures.after == "on"
            return then?.nextWords ?? ""
        }
        guard let charge = figures.charge, charge.before.currency == charge.after.currency else { return "" }
        let difference = Money(charge.after.amount - charge.before.amount, charge.after.currency)
        return "\(difference.signed) \(difference.currency)\(figures.rhythm?.perSign ?? "")"
    }

    private func columns(_ rule: BulkRule?, isBrief: Bool, _ model: Model) -> [Table<BulkRow>.Column] {
        let flow = self
        let stage = stage
        let repeated = repeatedNames(model)
        @Sendable func figures(_ row: BulkRow) -> BulkFigures { flow.figures(of: row, rule, model) }
        var columns: [Table<BulkRow>.Column] = []
        if stage != .rule { columns.append(.init("", .whole(3), .first(0)) { $0.sign }) }
        columns.append(.init("ID", .whole(7), .first(1)) { ($0.id.rawValue, .plain) })
        if !isBrief {
            columns += [
                .init("CUSTOMER", .name(20, 50), .first(5)) { row in
                    (flow.customer(of: row, repeated, width: 50, model), .plain)
                },
                .init("PRODUCT", .product(20, 40), .first(8)) { row in (row.subscription?.title ?? "…", .plain) },
            ]
        }
        let unitsWidth = act == .units ? 6 : 10
        columns += [
            .init("NOW", .whole(unitsWidth), .first(2), alignment: .right) { (figures($0).before, .plain) },
            .init("AFTER", .whole(unitsWidth), .first(3), alignment: .right) { row in
                (row.isImpossible ? "" : figures(row).after, .strong)
            },
            .init(act == .autoRenew ? "THEN" : "RATE CHANGE", .whole(21), .then(1), alignment: .right) { row in
                (row.isImpossible ? "" : flow.change(row, figures(row)), .plain)
            },
        ]
        if stage == .rule { return columns }
        columns.append(
            .init(stage == .review || stage == .recalling ? "CHECK" : "OUTCOME", .name(16, 60), .first(4)) { row in
                let words = row.words(in: stage)
                return (words.text, words.style)
            })
        return columns
    }
}

extension Period {
    /// `/mo`, `/yr`; other periods in full.
    fileprivate var perSign: String {
        switch (count, unit) {
        case (1, .month): "/mo"
        case (1, .year): "/yr"
        default: " \(each)"
        }
    }
}

extension BulkRow.MadeOrder {
    fileprivate var style: Style {
        switch status {
        case .completed: .good
        case .error, .cancelled: .bad
        case .submitted, .processing, .other, nil: .plain
        }
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
        case .taken(let words): order.map { ($0.words, $0.style) } ?? (words, .good)
        case .heldBack(let reason): ("not sent, it changed: \(reason)", .warning)
        case .refused(let reason): ("refused: \(reason)", .bad)
        case .failed(let reason): ("not taken: \(reason)", .bad)
        case .unknown(let reason): ("UNKNOWN. \(reason)", .bad)
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
