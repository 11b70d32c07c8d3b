/// What a check found.
struct Finding: Equatable, Sendable {
    enum State: String, CaseIterable, Sendable {
        case ok, warning, wrong
        /// Not looked at: what it rests on is wrong, or nobody wanted it.
        case skipped
    }

    var state: State
    /// What is so, without the sign at its end.
    var text: String
    /// What to do, in sentences; nil where nothing is to be done.
    var next: String?

    static func ok(_ text: String) -> Finding { Finding(.ok, text) }
    static func warning(_ text: String, next: String?) -> Finding { Finding(.warning, text, next: next) }
    static func wrong(_ text: String, next: String?) -> Finding { Finding(.wrong, text, next: next) }
    static func skipped(_ text: String) -> Finding { Finding(.skipped, text) }

    init(_ state: State, _ text: String, next: String? = nil) {
        self.state = state
        self.text = text.hasSuffix(".") && !text.hasSuffix("..") ? String(text.dropLast()) : text
        self.next = next.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// A part of what souk needs, and whether it is right.
protocol Check: Sendable {
    /// For scripts and for the list.
    var name: String { get }
    /// Names of the checks that it rests on.
    var needs: [String] { get }
    /// What it is called where another check needs it.
    var words: String { get }
    /// What is said of it although it cannot be looked at; nil for nothing.
    func aside(_ examination: Examination) -> String?
    func look(at examination: inout Examination) -> Finding
}

extension Check {
    var words: String { "the \(name)" }
    func aside(_ examination: Examination) -> String? { nil }
}
