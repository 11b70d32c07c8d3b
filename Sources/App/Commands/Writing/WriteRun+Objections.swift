import Marketplace

/// What speaks against sending, each with its code.
extension WriteRun {
    func refusal(_ run: DryRun) -> CommandError? {
        guard let check = run.checks.first(where: { $0.verdict == .refused }) else { return nil }
        let code: ErrorCode =
            switch check.name {
            case .readOnly: .readOnly
            case .unsettled: .unsettled
            case .obstacle: .journalUnusable
            default: .checkRefused
            }
        if code == .readOnly, let reason = session.readOnly {
            return CommandError(.readOnly, "Not sent: \(reason).")
        }
        return CommandError(
            code, "Not sent: \(Self.sentence(check.text)).",
            hint: code == .unsettled ? "souk journal settle looks it up." : nil,
            details: ["check": .text(orNull: check.name?.rawValue)])
    }

    func moved(_ sentences: [String]) -> CommandError? {
        guard !sentences.isEmpty else { return nil }
        return CommandError(
            .changed, "Not sent: \(Self.sentence(sentences.joined(separator: " ")))", hint: "Read the review again.",
            details: ["differences": .texts(sentences)])
    }

    /// A warning that was not agreed to by its name.
    func unagreed(_ run: DryRun) -> CommandError? {
        let agreed = arguments.all("accept")
        let open = run.checks.filter { check in
            check.verdict == .warning && !agreed.contains(check.name?.rawValue ?? "")
        }
        guard let first = open.first else { return nil }
        let names = open.compactMap(\.name?.rawValue).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let options = names.map { "--accept \($0)" }.joined(separator: " ")
        let isDuplicate = first.name == .duplicate && names.count == 1
        let sentences = open.map { $0.text + "." }.joined(separator: " ")
        return CommandError(
            isDuplicate ? .duplicate : .needsAccept, "Not sent: \(Self.sentence(sentences))",
            hint: isDuplicate
                ? "If a second one is meant, add \(options)." : "If it is meant all the same, add \(options).",
            details: ["accepts": .texts(names)])
    }

    /// A sentence after a colon: only names keep their capital.
    static func sentence(_ text: String) -> String {
        let ordinary = [
            "An ", "A ", "The ", "Subscription ", "Order ", "Nothing ", "At ", "Auto-renew ", "Automatic ", "This ",
        ]
        guard ordinary.contains(where: text.hasPrefix) else { return text }
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
