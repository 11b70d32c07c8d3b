import Marketplace
import MarketplaceClient
import Screen

/// One `show`: reads a row with its details and prints it.
struct ShowRun<N: Noun> {
    let argument: String
    let session: ReadSession
    let format: OutputFormat

    func run() async throws {
        if !N.words.isLocal { try await session.client.signIn() }
        let found = try await N.find(argument, session)
        var facts = Facts(now: session.clock.now())
        facts.rules = session.client.profile.vendorRules
        for detail in found.details { facts.take(detail) }
        try await readName(&facts, found.details)
        session.notes.clear()
        if case .json(let isIndented) = format {
            let json = N.json(found.row, facts)
            return try printOutput(isIndented ? json.indented : json.line)
        }
        try printLines(found.row, facts)
    }

    /// Reads the name of the account that the row belongs to; where that is not allowed it stays absent.
    private func readName(_ facts: inout Facts, _ details: [Detail]) async throws {
        guard session.readsNames, let key = details.lazy.compactMap(\.owner).first else { return }
        do throws(MarketplaceError) {
            facts.entities.insert(try await session.client.accounts.value(for: key))
            facts.hasNames = true
        } catch {
            switch error {
            case .notFound, .forbidden: return
            default: throw error
            }
        }
    }

    private func printLines(_ row: N.Row, _ facts: Facts) throws {
        var lines: [(label: String, text: String, tone: Tone)] = []
        for field in N.fields {
            guard let name = field.definition?.name else { continue }
            let value = field.value(row, facts)
            if value == .absent { continue }
            guard format.isTable else {
                lines.append((name, value.plain.plainLine, .plain))
                continue
            }
            if value.isEmpty || value == .list([]) || value == .object([]) { continue }
            let label = name.spacedWords
            if case .list(let elements) = value,
                elements.contains(where: { if case .object = $0 { true } else { false } })
            {
                for (place, element) in elements.enumerated() {
                    lines.append((place == 0 ? label : "", element.objectWords, .plain))
                }
            } else if case .object = value {
                lines.append((label, value.objectWords, .plain))
            } else {
                let shown = value.spoken
                lines.append((label, shown.text, shown.tone))
            }
        }
        guard case .table(let width, let isColoured) = format else {
            return try printOutput(lines.map { "\($0.label)\t\($0.text)" }.joined(separator: "\n"))
        }
        let indent = (lines.map(\.label.count).max() ?? 0) + 2
        for line in lines {
            let label = line.label + String(repeating: " ", count: indent - line.label.count)
            let parts = TerminalText.wrap(line.text, width: max(20, width - indent))
            for (place, part) in parts.enumerated() {
                let text = isColoured ? TableText.coloured(part, line.tone) : part
                try printOutput((place == 0 ? label : String(repeating: " ", count: indent)) + text)
            }
        }
    }
}

extension Detail {
    /// The account that a row belongs to, where the row names it by its id alone.
    fileprivate var owner: AccountKey? {
        switch self {
        case .account(let account): account.vendorAccount.map { AccountKey(kind: .reseller, id: $0) }
        case .subscription(let detail): AccountKey(kind: .customer, id: detail.subscription.customer)
        case .order(let order): AccountKey(kind: .customer, id: order.customer)
        case .plan, .windows: nil
        }
    }
}

extension FieldValue {
    /// An object in words: names and values that are there, values alone where the names say nothing more.
    fileprivate var objectWords: String {
        guard case .object(let members) = self else { return spoken.text }
        return members.compactMap { member in
            member.value.isEmpty ? nil : "\(member.name.spacedWords) \(member.value.spoken.text)"
        }.joined(separator: ", ")
    }
}

extension String {
    /// `customerName` as people write it.
    fileprivate var spacedWords: String {
        var words = ""
        for letter in self {
            if letter.isUppercase { words += " " + letter.lowercased() } else { words.append(letter) }
        }
        return words
    }
}
