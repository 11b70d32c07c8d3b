import Marketplace

/// A whole line of the journal that cannot be read as it was written: a byte of it changed, or another program or a later
/// version wrote it. It may be the intent of a write, so it is kept, shown, and holds back what may be the same.
public struct DamagedLine: Hashable, Sendable {
    /// Counted from 1.
    public var number: Int
    /// The file.
    public var path: String
    /// The line's text, with replacement characters for bytes that are not UTF-8.
    public var text: String

    public init(number: Int, path: String, text: String) {
        self.number = number
        self.path = path
        self.text = text
    }

    init(_ bytes: [UInt8], number: Int, path: String) {
        self.init(number: number, path: path, text: String(decoding: bytes, as: UTF8.self))
    }

    /// The text of a member as far as it can be made out; it cannot be relied on.
    func value(of name: String) -> String? {
        guard let mark = text.firstRange(of: "\"\(name)\":\"") else { return nil }
        let value = text[mark.upperBound...].prefix { $0 != "\"" }
        return value.isEmpty ? nil : String(value)
    }

    /// Whether it can be made out that it is no intent: what became of a write, or a later check.
    var isOutcome: Bool {
        ["taken", "refused", "unknown", "checked", "noticed"].contains(value(of: "event") ?? "")
    }

    /// The customer of the intent, as far as it can be made out.
    var customer: Account.ID? { (value(of: "customer") ?? value(of: "customerId")).map { Account.ID($0) } }

    /// Whether the write that it may be the intent of can be the same as `intent`, or meet it: it names the same customer,
    /// subscription or account, or cannot be read so far.
    func mayBe(_ intent: JournalRecord.Intent) -> Bool {
        guard !isOutcome else { return false }
        let names =
            [intent.customer?.rawValue, intent.subscription?.rawValue, intent.poNumber]
            + [intent.method == "PATCH" ? intent.path.split(separator: "/").last.map(String.init) : nil]
        if names.contains(where: { $0.map { !$0.isEmpty && text.contains($0) } ?? false }) { return true }
        return text.contains("intended") && customer == nil
    }

    /// What it says to a person; whole sentences.
    var reason: String {
        "Line \(number) of \(path) is damaged, so it cannot be said what was to be sent. Look at the newest orders"
            + (customer.map { " of customer \($0)" } ?? "") + " before you order the same again."
    }
}
