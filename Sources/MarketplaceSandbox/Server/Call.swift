/// Who is calling, and so what the marketplace shows.
struct Viewer: Sendable {
    /// The place of the reseller whose API user this is; nil for the provider's, who sees everything.
    var reseller: Int?
}

/// A request that has passed the gateway and the sign-in.
struct Call: Sendable {
    let visit: Visit
    /// Those of the path below the base URL.
    var segments: [String]
    var viewer: Viewer
    /// Rows that have come in at the top of lists; see `FaultRule`.
    var shift = 0
    /// Whether ids may come as numbers.
    var takesNumericIDs = true
    /// Whether a page may have no rows at all.
    var takesLimitZero = false

    var query: Query { visit.target.query }
    var body: [UInt8] { visit.body }
    /// Where the caller reached the sandbox, as in `http://127.0.0.1:8787`.
    var origin: String { visit.origin }
    var now: Moment { visit.now }
    /// `now` in seconds since 1970 with their fraction.
    var exactNow: Double { visit.seconds }

    /// The position and size of the page asked for: 10 rows by default, at most 1,000 (REFERENCE 16, rows 5 and
    /// 6).
    func page() throws(Refusal) -> (offset: Int, limit: Int) {
        let offset = min(try number("offset", from: 0) ?? 0, Int(Int32.max))
        let limit = try number("limit", from: takesLimitZero ? 0 : 1) ?? 10
        return (max(0, offset - shift), min(limit, 1_000))
    }

    private func number(_ name: String, from least: Int) throws(Refusal) -> Int? {
        guard let text = query.typed(name) else { return nil }
        guard let value = Int(text), value >= least else { throw .badParameter(name) }
        return value
    }

    /// A day in the query (`YYYY-MM-DD`).
    func day(_ name: String) throws(Refusal) -> CalendarDay? {
        guard let text = query.typed(name) else { return nil }
        guard let day = CalendarDay(text) else { throw .badParameter(name) }
        return day
    }

    /// A moment in the query (ISO 8601).
    func moment(_ name: String) throws(Refusal) -> Moment? {
        guard let text = query.typed(name) else { return nil }
        guard let moment = Moment(text) else { throw .badParameter(name) }
        return moment
    }

    /// The body as a JSON object of that shape.
    func fields(_ shape: Shape) throws(Refusal) -> Fields {
        guard var value = JSONValue(body), case .object = value else {
            throw .badRequest("Malformed request body: a JSON object is expected")
        }
        if takesNumericIDs { value = shape.withTextIDs(value) }
        try shape.check(value, at: "")
        return Fields(value: value, path: "")
    }
}
