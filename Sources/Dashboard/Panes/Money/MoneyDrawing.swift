import FoundationEssentials
import Marketplace
import Rows
import Screen

extension MoneyPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let calendar { return draw(calendar, on: &canvas, in: area, model) }
        let rect = area.whole
        drawHead(on: &canvas, in: rect, model)
        let foot = footLines(height: rect.height)
        let body = rect.droppingTop(1).droppingBottom(foot)
        list.drawRows(
            columns(model), rowStamp(model), orWhyEmpty: emptiness(model), on: &canvas, in: body, focused: focused)
        guard foot > 0, counting.value?.totals.isEmpty == false else { return }
        drawFoot(on: &canvas, in: Rect(x: rect.x, y: body.maxY, width: rect.width, height: foot), model)
    }

    func listWidth(_ area: PaneArea) -> Int { area.whole.width }
    static var ownOrderWords: String { "largest first" }

    func rowStamp(_ model: Model) -> RowStamp {
        var stamp = RowStamp(model)
        stamp.ownVersion = counting.changes
        return stamp
    }

    /// The column that draws the rate.
    static let barName = "bar"

    func columns(_ model: Model) -> [ListColumn<MoneyLine>] {
        let largest = counting.value?.largest ?? [:]
        return ListColumn.money(grouping, counting.value?.widths ?? MoneyWidths()) + [
            ListColumn(
                Self.barName,
                .init("", .forms(6, 12), .then(3), short: { Self.bar($0, largest, columns: 6) }) { line in
                    (Self.bar(line, largest, columns: 12), .faint)
                }, .money(\.rate), isSearched: false)
        ]
    }

    /// As many blocks as its rate is of the largest one of its currency.
    static func bar(_ line: MoneyLine?, _ largest: [String: Decimal], columns: Int) -> String {
        guard line?.row.group != .all, let rate = line?.rate, let most = largest[rate.currency], most > 0,
            rate.amount > 0
        else { return "" }
        let part = (rate.amount / most * Decimal(columns) + 0.5).cut(fractionDigits: 0)
        return String(repeating: "■", count: min(columns, max(1, Int(part) ?? 1)))
    }

    /// The groupings, that of the rows strong, and at the right end how much is read.
    private func drawHead(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        let extent = extentWords(model, width: rect.width)
        let isFiltered = list.filter.isEditing || list.filter.isActive
        drawListHead(
            "MONEY", filter: list.filter, problem: list.problem, sorting: isFiltered ? "by \(grouping.rawValue)" : "",
            extent: extent, on: &canvas, in: rect)
        guard !isFiltered else { return }
        var x = rect.x + 8
        x += canvas.write("by", x: x, y: rect.y, style: .faint) + 1
        let end = rect.maxX - TerminalText.width(of: extent) - 3
        let words = Self.groupings.map(\.rawValue)
        let isWhole = x + words.reduce(0) { $0 + $1.utf8.count + 2 } < end
        for word in words where isWhole || word == grouping.rawValue {
            x +=
                canvas.write(
                    word, x: x, y: rect.y, width: max(0, end - x),
                    style: word == grouping.rawValue ? Style(.title, strong: true, underlined: true) : .faint) + 2
        }
    }

    /// `1,180 of 1,500 read, F reads the rest: 320 calls, 6 min`.
    func extentWords(_ model: Model, width: Int) -> String {
        guard let answer = counting.value?.answer, let listing = subscriptions.value else { return list.extent }
        let matches = list.isNarrowed ? "\(list.extent) groups; " : ""
        let loaded =
            listing.isComplete
            ? "" : " of \(grouped(listing.rows.count)) loaded\(listing.total.map { ", \(grouped($0)) in all" } ?? "")"
        guard !answer.isComplete else { return "\(matches)all \(grouped(answer.subscriptions)) read\(loaded)" }
        let part = matches + ExtentWords.read(answer.read, among: answer.subscriptions) + loaded
        return ["\(part), \(restWords(model))", part].first { TerminalText.width(of: $0) < width - 22 } ?? part
    }

    // MARK: Totals

    /// Currencies whose totals are shown; what more there is, is in the list.
    private static let mostTotals = 3

    /// The lines below the rows: the totals, and what they leave out.
    func footLines(height: Int) -> Int {
        guard let value = counting.value, !value.totals.isEmpty, height >= 8 else { return 0 }
        return min(value.totals.count, Self.mostTotals) + (height >= 12 ? 1 : 0)
    }

    mutating func prepare(in area: PaneArea, _ model: Model, ahead: Int) {
        prepareRows(in: area, model, ahead: ahead)
        foot = isListed ? latestFoot(model, width: area.whole.width) : nil
    }

    private func drawFoot(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        guard let foot = latestFoot(model, width: rect.width) else { return }
        for (place, line) in foot.lines.prefix(rect.height).enumerated() {
            canvas.put(line, x: rect.x, y: rect.y + place)
        }
        guard rect.height > foot.lines.count else { return }
        canvas.write(
            foot.words, x: rect.x + 1, y: rect.y + foot.lines.count, width: rect.width - 2, style: .faint)
    }

    /// What was drawn ahead, where it is still so.
    private func latestFoot(_ model: Model, width: Int) -> MoneyFoot? {
        guard let value = counting.value else { return nil }
        let rows = rowStamp(model)
        // The same columns as the rows above.
        let stamp = MoneyFoot.Stamp(
            rows: list.complete(rows), width: width,
            longest: list.longestDrawn(columns(model), rows, width: width, lines: list.visible))
        if let foot, foot.stamp == stamp { return foot }
        let totals = Array(value.totals.prefix(Self.mostTotals))
        return MoneyFoot(
            stamp: stamp, words: footWords,
            lines: list.table(columns(model)).lines(of: totals, alignedWith: stamp.longest, width: width))
    }

    /// What the sums leave out, and how periods are counted.
    var footWords: String {
        guard let value = counting.value else { return "" }
        var lacks: [String] = []
        let cost = value.answer.totals.reduce(0) { $0 + $1.month.subscriptions - $1.month.withCost }
        let end = value.answer.totals.reduce(0) { $0 + $1.withoutEnd }
        if cost > 0 { lacks.append("a cost \(grouped(cost))") }
        if end > 0 { lacks.append("an end \(grouped(end))") }
        if value.answer.withoutRate > 0 { lacks.append("a price by the month \(grouped(value.answer.withoutRate))") }
        var words = ["Longer periods count by the month."]
        if !lacks.isEmpty { words.append("Without \(lacks.joined(separator: ", ")).") }
        let more = value.answer.totals.count - Self.mostTotals
        if more > 0 { words.append("\(grouped(more)) more in the list.") }
        return words.joined(separator: " ")
    }

    private func emptiness(_ model: Model) -> String {
        if subscriptions.value != nil, counting.value == nil { return "Counting…" }
        return list.emptiness(of: "groups")
    }

    // MARK: Copies

    func export(_ model: Model) -> [Reaction] {
        let lines = (0..<list.count).compactMap { list.row($0) }
        let titles = [
            grouping.rawValue, "key", "currency", "subscriptions", "unread", "without rate", "rate a month",
            "cost a month", "margin", "margin percent", "committed",
        ]
        let rows: [[String?]] = lines.map { line in
            [
                line.spokenName, line.key, line.row.currency,
                line.figures.map { String($0.month.subscriptions) }, line.row.unread.map { String($0) },
                String(line.row.withoutRate), line.rate?.plainAmount, line.cost?.plainAmount,
                line.margin?.amount.plainAmount, line.margin?.percent.map { "\($0)" }, line.committed?.plainAmount,
            ]
        }
        let name = "souk-money-\(grouping.rawValue)-\(model.profile.name)-\(model.stamp).csv"
        return [
            .effect(.export(name: name, text: CSVText.lines(titles, rows, separator: model.profile.csvSeparator))),
            .say(Notice(.info, "Writing \(counted(lines.count, "group"))…")),
        ]
    }
}

extension MoneyLine {
    /// What can be copied of a group.
    var copies: [CopyOffer] {
        var object = JSONObject()
        object.set("by", grouping.rawValue)
        object.set("committed", committed?.plainAmount)
        object.set("cost", cost?.plainAmount)
        object.set("currency", row.currency)
        object.set("key", key)
        object.set("margin", margin?.amount.plainAmount)
        object.set("name", spokenName)
        object.set("rate", rate?.plainAmount)
        return [
            CopyOffer("y", grouping.rawValue, key ?? spokenName), CopyOffer("n", "name", spokenName),
            CopyOffer("m", "amount a month", rate?.description), CopyOffer.JSON.offer(object),
        ].compactMap { $0 }
    }
}

/// The lines below the money as they were drawn, with what they were drawn for.
struct MoneyFoot: Sendable {
    struct Stamp: Equatable {
        var rows: RowStamp
        var width: Int
        /// The longest cells of the rows above, which decide where columns stand.
        var longest: [Int]
    }

    var stamp: Stamp
    var words: String
    var lines: [[Cell]]
}
