import Glibc
import Marketplace
import MarketplaceClient
import Rows

/// What a `list` is asked for, checked before anything is sent.
struct ListPlan<N: Noun>: Sendable {
    var format: OutputFormat
    var columns: [Field<N.Row>]
    /// Terms that the rows of lists can be checked by, then those that need details.
    var filter = FilterExpression()
    var detailFilter = FilterExpression()
    var sort: [Rows.SortOrder] = []
    /// Rows to print at most; nil for all.
    var limit: Int?
    var readsDetails: Bool
    /// Only rows with these ids; nil for all.
    var ids: [String]?
    /// Filters of the marketplace, in the order of their definitions.
    var filters: [(filter: NounFilter<N.Query>, text: String)] = []
    /// Whether the columns are those of a terminal, and not named by the person.
    var usesScreenColumns: Bool
    /// As the person wrote the filter, for sentences.
    var filterText: String?

    /// - Throws: What is wrong, first of all.
    init(_ arguments: ParsedArguments, today: CalendarDate) throws(CommandError) {
        format = try OutputFormat(arguments)
        readsDetails = N.needsDetails || arguments.has("details")
        usesScreenColumns = format.isTable && !arguments.has("columns")
        let columns = N.listColumns(Facts(now: Instant(millisecondsSince1970: 0)))
        let isCSV = if case .csv = format { true } else { false }
        self.columns = try Self.columns(arguments.value("columns"), format, isWhole: isCSV && readsDetails)
        if arguments.has("all"), arguments.has("limit") {
            throw CommandError(.usage, "--all and --limit contradict each other.", hint: "Give one of them.")
        }
        limit = try arguments.value("limit").map { text throws(CommandError) in
            try TypedValue.count(text, option: "--limit")
        }
        if limit == nil, format.isTable, !arguments.has("all") { limit = Self.rowsOnScreen }
        try take(filter: arguments.value("filter"), columns.map(\.filterColumn), today)
        if let text = arguments.value("sort") { sort = try Self.sort(text, columns.map(\.filterColumn)) }
        if sort.isEmpty { sort = N.ownOrder }
        try checkDetails()
        for filter in N.filters {
            guard let text = arguments.value(filter.option.name) else { continue }
            try Self.check(text, filter, today)
            filters.append((filter, text))
        }
        ids = try arguments.value("ids-from").map { path throws(CommandError) in try IDFile.ids(path) }
    }

    static var rowsOnScreen: Int { 100 }

    /// Whether rows are wanted as they come, so that reading may end as soon as enough are there.
    var isPlain: Bool { filter.isEmpty && detailFilter.isEmpty && sort.isEmpty && ids == nil }

    // MARK: Columns

    private static func columns(
        _ text: String?, _ format: OutputFormat, isWhole: Bool
    ) throws(CommandError) -> [Field<N.Row>] {
        let all = N.columns
        guard let text else {
            return all.filter { field in
                isWhole || (format.isTable ? field.column?.isOnScreen : field.column?.isUsual) == true
            }
        }
        var chosen: [Field<N.Row>] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let field = all.first(where: { $0.column?.name == String(name) }) else {
                throw unknownColumn(String(name), all.compactMap { $0.column?.name }, "--columns")
            }
            chosen.append(field)
        }
        return chosen
    }

    private static func unknownColumn(_ name: String, _ names: [String], _ option: String) -> CommandError {
        let near = NearWords.nearest(to: name, among: names)
        return CommandError(
            .usage, "\(option): there is no column '\(name)'.",
            hint: (near.map { "Did you mean \($0)? " } ?? "") + "Columns: \(names.joined(separator: ", ")).",
            details: ["nearest": .text(orNull: near)])
    }

    private static func sort(_ text: String, _ columns: [FilterColumn]) throws(CommandError) -> [Rows.SortOrder] {
        for word in text.split(separator: ",") {
            let name = String(word.prefix { $0 != ":" })
            if !columns.contains(where: { $0.name == name }) {
                throw unknownColumn(name, columns.map(\.name), "--sort")
            }
        }
        do {
            return try Rows.SortOrder.parse(text, columns: columns)
        } catch {
            throw CommandError(.badValue, error.message)
        }
    }

    // MARK: Filter

    private mutating func take(
        filter text: String?, _ columns: [FilterColumn], _ today: CalendarDate
    ) throws(CommandError) {
        guard let text else { return }
        filterText = text
        do {
            let whole = try FilterParser(columns: columns, today: today, takesBegunNames: false).parse(text)
            let needing = Self.detailColumns
            filter.terms = whole.terms.filter { !needing.contains($0.column ?? "") }
            detailFilter.terms = whole.terms.filter { needing.contains($0.column ?? "") }
        } catch {
            throw CommandError(
                .badFilter, error.message,
                details: ["character": .number(error.place.lowerBound + 1), "length": .number(error.place.count)])
        }
    }

    private static var detailColumns: Set<String> {
        Set(N.columns.compactMap { $0.column.flatMap { $0.needsDetails ? $0.name : nil } })
    }

    /// What details are read for, in a sentence.
    var detailWords: String {
        if case .jsonLines = format { return "details" }
        let used = detailFilter.terms.compactMap(\.column) + sort.map(\.column) + columns.compactMap(\.column?.name)
        return !format.isJSON && Set(used).intersection(Self.detailColumns) == ["units"] ? "units" : "details"
    }

    /// Refuses columns that only details have, unless these are read.
    private func checkDetails() throws(CommandError) {
        guard !readsDetails else { return }
        let needing = Self.detailColumns
        let used = detailFilter.terms.compactMap(\.column) + sort.map(\.column) + columns.compactMap(\.column?.name)
        guard let name = used.first(where: needing.contains) else { return }
        throw CommandError(
            .needsDetails, "the column \(name) is not in lists: it needs the details of each row, one call a row.",
            hint: "Add --details.", details: ["column": .text(name)])
    }

    // MARK: Filters of the marketplace

    private static func check(
        _ text: String, _ filter: NounFilter<N.Query>, _ today: CalendarDate
    ) throws(CommandError) {
        let option = "--\(filter.option.name)"
        if text.isEmpty { throw CommandError(.badValue, "\(option) is empty.", hint: "Leave it out, or give a value.") }
        switch filter.kind {
        case .day: _ = try TypedValue.day(text, today: today)
        case .daysAhead: _ = try TypedValue.dayAhead(text, option: option, today: today)
        case .moment(let atEnd): _ = try TypedValue.moment(text, today: today, atEnd: atEnd)
        case .id:
            guard case .id = Identity(text) else {
                throw CommandError(.badValue, "'\(text)' is no id for \(option).", hint: "Ids are digits.")
            }
        case .text, .account: break
        }
    }

    /// The values of the filters, with names looked up.
    func arguments(
        _ session: ReadSession
    ) async throws -> [(filter: NounFilter<N.Query>, argument: FilterArgument, account: Account?)] {
        var result: [(filter: NounFilter<N.Query>, argument: FilterArgument, account: Account?)] = []
        for (filter, text) in filters {
            switch filter.kind {
            case .text: result.append((filter, .text(text), nil))
            case .id: result.append((filter, .text(text.hasPrefix("id:") ? String(text.dropFirst(3)) : text), nil))
            case .day: result.append((filter, .day(try TypedValue.day(text, today: session.today)), nil))
            case .daysAhead:
                let option = "--\(filter.option.name)"
                let day = try TypedValue.dayAhead(text, option: option, today: session.today)
                result.append((filter, .day(day), nil))
            case .moment(let atEnd):
                result.append(
                    (filter, .moment(try TypedValue.moment(text, today: session.today, atEnd: atEnd)), nil))
            case .account(let kind):
                let account = try await session.account(text, of: [kind])
                result.append((filter, .account(account.id), account))
            }
        }
        return result
    }
}

/// The file of `--ids-from`.
enum IDFile {
    /// - Parameter path: `-` is the standard input.
    static func ids(_ path: String) throws(CommandError) -> [String] {
        let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        defer { if file > STDIN_FILENO { close(file) } }
        guard file >= 0, let bytes = FileBytes.read(file) else {
            throw CommandError(.inputFailed, "\(path) cannot be read (\(String(cString: strerror(errno)))).")
        }
        var seen: Set<String> = []
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let id = line.filter { $0 > 0x20 }
            guard !id.isEmpty, case let id = String(decoding: id, as: UTF8.self), seen.insert(id).inserted else {
                return nil
            }
            return id
        }
    }
}
