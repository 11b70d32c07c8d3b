import HTTPTypes
import Marketplace

/// An answer as the server sent it.
public struct PlainAnswer: Sendable {
    /// HTTP status.
    public var status: Int
    public var headers: HTTPFields
    /// Unpacked where it came packed, otherwise untouched.
    public var body: [UInt8]
    public var correlationID: String?
    /// What it means; nil when it is a success, for a write one that proves that it was taken.
    public var failure: MarketplaceError?
    /// What a look at the marketplace added to a write's answer; whole sentences.
    public var note: String?
}

extension Client {
    /// Makes one signed-in and paced request for what this program has no words for. A read is asked again when
    /// the token had expired; when a write is sent again, the write gate knows (``Sending``).
    ///
    /// Everything but a GET, an estimate and a validation is a write: it goes through the write gate and its journal, and afterwards nothing in the
    /// caches counts as fresh any more.
    /// - Parameters:
    ///   - method: `GET`, `POST` or `PATCH`, in any case.
    ///   - path: Below the base URL, for example `/orders/1000701`; may carry a query.
    ///   - writes: Whether the person meant to change something; without it nothing but a GET is sent.
    /// - Throws: `.writeRefused` when nothing was sent; `.outcomeUnknown` when a write got no answer; otherwise as any
    ///   read. An answer of whatever status is no error: its meaning is in ``PlainAnswer/failure``.
    public func exchange(
        method: String, path: String, query: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        writes: Bool = false
    ) async throws(MarketplaceError) -> PlainAnswer {
        let address = PlainAddress(path)
        guard !address.components.contains(where: { $0 == "." || $0 == ".." }) else {
            throw .writeRefused(reason: "the path \(path) leads out of the API.")
        }
        guard address.components.first?.lowercased() != "token" else {
            throw .writeRefused(reason: "signing in is done by this program itself, and its token is not shown.")
        }
        guard let verb = HTTPRequest.Method(method.uppercased()) else {
            throw .writeRefused(reason: "\(method) is no HTTP method.")
        }
        let query = address.query + query
        let shown = "/" + address.components.joined(separator: "/")
        let answer: Answer
        let failure: MarketplaceError?
        var note: String?
        if verb == .get {
            let call = Call.read(shown, at: address.components, query: query)
            answer = try await connection.plainAnswer(to: call)
            failure = answer.isSuccess ? nil : answer.error(for: call, now: clock.now())
        } else if verb == .post, let question = Call.Question(at: address.components) {
            let call = Call.question(question, body ?? [], query: query)
            answer = try await connection.plainAnswer(to: call)
            failure = answer.isSuccess ? nil : answer.error(for: call, now: clock.now())
        } else {
            guard writes else {
                throw .writeRefused(reason: "\(verb.rawValue) may change something; say that it should.")
            }
            let asked = AskedWrite(
                method: verb.rawValue, path: address.components,
                body: body.flatMap { try? JSONValue(parsing: $0) } ?? .null)
            let write = Write(
                method: verb, path: address.components, query: query, body: body.map { .raw($0) },
                what: asked.name(path: shown))
            let passage = try await gate.sendPlain(
                write, look: { await self.look(for: $0, among: $1) }, stale: { self.makeAllStale() })
            let end = try passage.result()
            (answer, failure, note) = (end.answer, end.failure, end.note)
            if failure == nil, note == nil, case .order = asked, case .made(_, let entry) = passage {
                note = await othersLike(entry)
            }
        }
        return PlainAnswer(
            status: answer.status, headers: answer.fields, body: answer.body, correlationID: answer.correlationID,
            failure: failure, note: note)
    }

    private func makeAllStale() {
        accountLists.makeStale { _ in true }
        accounts.makeStale { _ in true }
        subscriptionLists.makeStale { _ in true }
        book.drop(nil)
        subscriptions.makeStale { _ in true }
        orderLists.makeStale { _ in true }
        orders.makeStale { _ in true }
        productLists.makeStale { _ in true }
        planLists.makeStale { _ in true }
        plans.makeStale { _ in true }
        reportLists.makeStale { _ in true }
        reports.makeStale { _ in true }
    }
}

/// A path as a person types it, taken apart: percent-encoded or not.
private struct PlainAddress {
    var components: [String]
    var query: [(name: String, value: String)]

    init(_ text: String) {
        let end = text.firstIndex(of: "?") ?? text.endIndex
        components = text[..<end].split(separator: "/").map(\.percentDecoded)
        query = text[end...].dropFirst().split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (sides[0].percentDecoded, sides.count > 1 ? sides[1].percentDecoded : "")
        }
    }
}
