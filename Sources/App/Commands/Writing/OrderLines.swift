import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient

/// What an order buys, as it is typed: one product by options, or several from a file.
struct OrderLines: Sendable {
    static let options = [
        OptionDefinition("customer", value: "CUSTOMER", "For this customer: its id, or its whole name."),
        OptionDefinition("product", value: "ID", "The catalogue id of the product."),
        OptionDefinition("mpn", value: "MPN", "The manufacturer part number; what else is given must leave one row."),
        OptionDefinition("vendor", value: "VENDOR", "The vendor of the product, whole."),
        OptionDefinition("term", value: "PERIOD", "The term: 1m, 1y, 3y."),
        OptionDefinition("billing", value: "PERIOD", "How it is billed: 1m, 1y."),
        OptionDefinition("units", value: "N", "How many units."),
        OptionDefinition(
            "param", value: "NAME=VALUE", repeats: true, "A value that the product asks for when it is ordered."),
        OptionDefinition(
            "lines", value: "FILE",
            "Several lines as JSON, each an object with the names of these options; - is the standard input."),
        OptionDefinition("po", value: "NUMBER", "Your reference; without it souk makes one."),
        OptionDefinition("align", value: "DAY", "When it ends: subscription:ID, or month-end."),
    ]

    /// One line before the catalogue was asked.
    struct Line: Equatable, Sendable {
        var product: String?
        var mpn: String?
        var vendor: String?
        var term: Period?
        var billing: Period?
        var units = 0
        var parameters: [Parameter] = []
    }

    static func order(_ session: WriteSession, _ poNumber: String) async throws -> SalesOrder {
        let arguments = session.arguments
        let lines = try lines(arguments)
        let alignment = try arguments.value("align").map { text throws(CommandError) in try self.alignment(text) }
        guard let who = arguments.value("customer"), !who.isEmpty else {
            throw CommandError(.usage, "the order needs --customer CUSTOMER.", hint: "souk customers list shows them.")
        }
        let customer = try await session.read.account(who, of: [.customer], isWhole: true)
        var sale = SalesOrder(
            customer: customer.id, lines: [], poNumber: arguments.value("po") ?? poNumber, alignment: alignment)
        for line in lines {
            sale.lines.append(
                SalesOrder.Line(
                    product: try await product(line, session.read), quantity: line.units, parameters: line.parameters))
        }
        return sale
    }

    // MARK: Words

    static func lines(_ arguments: ParsedArguments) throws(CommandError) -> [Line] {
        let single = ["product", "mpn", "vendor", "term", "billing", "units", "param"].filter(arguments.has)
        if let path = arguments.value("lines") {
            if let option = single.first {
                throw CommandError(
                    .usage, "--lines and --\(option) contradict each other.", hint: "Write every line in the file.")
            }
            return try lines(inFile: path)
        }
        guard arguments.has("product") || arguments.has("mpn") else {
            throw CommandError(
                .usage, "the order needs --product ID or --mpn MPN.", hint: "souk products list shows the catalogue.")
        }
        guard let text = arguments.value("units") else {
            throw CommandError(.usage, "the order needs --units N.", hint: "For example: --units 3")
        }
        var line = Line(
            product: arguments.value("product"), mpn: arguments.value("mpn"), vendor: arguments.value("vendor"))
        line.term = try arguments.value("term").map { text throws(CommandError) in
            try period(text, option: "--term")
        }
        line.billing = try arguments.value("billing").map { text throws(CommandError) in
            try period(text, option: "--billing")
        }
        line.units = try TypedValue.count(text, option: "--units")
        for text in arguments.all("param") {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw CommandError(.badValue, "'\(text)' is no --param.", hint: "Write NAME=VALUE.")
            }
            line.parameters.append(Parameter(name: parts[0], value: parts[1]))
        }
        return [line]
    }

    /// `1y`, `1m`, `3y`; `12m` is not `1y`.
    static func period(_ text: String, option: String) throws(CommandError) -> Period {
        let units: [Character: Period.Unit] = ["d": .day, "m": .month, "y": .year]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count > 0,
            text.dropLast().allSatisfy(\.isNumber)
        else { throw CommandError(.badValue, "'\(text)' is no period for \(option).", hint: "Write 1m, 1y or 3y.") }
        return Period(count, unit)
    }

    private static func alignment(_ text: String) throws(CommandError) -> EndDateAlignment {
        if text == "month-end" { return .endOfMonth }
        let id = text.dropFirst("subscription:".count)
        if text.hasPrefix("subscription:"), !id.isEmpty { return .onSubscription(.init(String(id))) }
        throw CommandError(
            .badValue, "'\(text)' is no value of --align.", hint: "Write subscription:1000917 or month-end.")
    }

    private struct FileLine: Decodable {
        var product: String?
        var mpn: String?
        var vendor: String?
        var term: String?
        var billing: String?
        var units: Int
        var params: [String: String]?
    }

    private static func lines(inFile path: String) throws(CommandError) -> [Line] {
        let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        defer { if file > STDIN_FILENO { close(file) } }
        guard file >= 0, let bytes = FileBytes.read(file) else {
            throw CommandError(.inputFailed, "\(path) cannot be read (\(String(cString: strerror(errno)))).")
        }
        guard let lines = try? JSONDecoder().decode([FileLine].self, from: Data(bytes)), !lines.isEmpty else {
            throw CommandError(
                .badValue, "\(path) holds no lines of an order.",
                hint: #"Write a list: [{"mpn":"AUR-365-BP","term":"1y","billing":"1m","units":3}]"#)
        }
        var result: [Line] = []
        for line in lines {
            guard line.units > 0, line.product != nil || line.mpn != nil else {
                throw CommandError(.badValue, "a line in \(path) lacks its product or its units.")
            }
            result.append(
                Line(
                    product: line.product, mpn: line.mpn, vendor: line.vendor,
                    term: try line.term.map { text throws(CommandError) in try period(text, option: "term") },
                    billing: try line.billing.map { text throws(CommandError) in try period(text, option: "billing") },
                    units: line.units,
                    parameters: (line.params ?? [:]).sorted { $0.key < $1.key }.map {
                        Parameter(name: $0.key, value: $0.value)
                    }))
        }
        return result
    }

    // MARK: Products

    /// The one catalogue row that a line means. An MPN is no key: twins are never chosen among.
    static func product(_ line: Line, _ session: ReadSession) async throws -> Product {
        let query = ProductQuery(mpn: line.mpn)
        let id = line.product.map { $0.hasPrefix("id:") ? String($0.dropFirst(3)) : $0 }
        let rows = try await session.rows(of: .products(query), until: id.map { id in { $0.id.rawValue == id } })
        let name = [line.mpn.map { "MPN \($0)" }, id.map { "id \($0)" }].compactMap(\.self).joined(separator: " and ")
        let found = rows.filter { row in
            (id == nil || row.id.rawValue == id) && (line.mpn == nil || row.mpn == line.mpn)
                && (line.vendor == nil || row.vendor == line.vendor)
                && (line.term == nil || row.subscriptionPeriod == line.term)
                && (line.billing == nil || row.billingPeriod == line.billing)
        }
        if found.count == 1 { return found[0] }
        guard !found.isEmpty else {
            let others = rows.filter { line.mpn != nil && $0.mpn == line.mpn }
            throw CommandError(
                .notFound,
                "the catalogue has no product of \(name)\(others.isEmpty ? "" : " with that vendor, term and billing").",
                hint: others.isEmpty ? "souk products list shows those you may sell." : nil,
                lines: others.prefix(10).map(candidate))
        }
        throw CommandError(
            .ambiguous, "\(name) is sold in \(found.count) ways.",
            hint: "Add \(missing(line, found)), or --product.", lines: found.prefix(10).map(candidate),
            details: [
                "candidates": .list(
                    found.prefix(10).map { ["id": .text($0.id.rawValue), "name": .text($0.name)] }),
                "count": .number(found.count),
            ])
    }

    /// The options that would tell the rows apart.
    private static func missing(_ line: Line, _ rows: [Product]) -> String {
        var options: [String] = []
        if Set(rows.map(\.vendor)).count > 1 { options.append("--vendor") }
        if Set(rows.map(\.subscriptionPeriod)).count > 1 { options.append("--term") }
        if Set(rows.map(\.billingPeriod)).count > 1 { options.append("--billing") }
        return options.isEmpty ? "what differs" : options.joined(separator: " and ")
    }

    /// `CAT-000002  aurora  1 year, billed monthly  20.60 EUR`.
    private static func candidate(_ product: Product) -> String {
        let term = [product.subscriptionPeriod?.spoken, product.billingPeriod.map { "billed \($0.rhythm)" }]
        return [
            product.id.rawValue, product.vendor, term.compactMap(\.self).joined(separator: ", "),
            product.price?.description ?? "no price",
        ].joined(separator: "  ").plainLine
    }
}
