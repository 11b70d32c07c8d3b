import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient

/// `souk customers create`, `edit`, `hold` and `activate`.
enum CustomerCommands {
    static var all: [CommandDefinition] { [create, edit, hold, activate].map(\.definition) }

    fileprivate static let parts = [
        OptionDefinition("name", value: "NAME", "Its name."),
        OptionDefinition("street", value: "TEXT", "Street and number."),
        OptionDefinition("addition", value: "TEXT", "A second line of the address."),
        OptionDefinition("postal-code", value: "TEXT", "Postal code."),
        OptionDefinition("city", value: "TEXT", "City."), OptionDefinition("state", value: "TEXT", "State."),
        OptionDefinition("country", value: "CODE", "Two letters: DK."),
        OptionDefinition("external-id", value: "ID", "Your own id of it."),
        OptionDefinition("tax-id", value: "TEXT", "Its tax number."),
    ]

    fileprivate static let language = OptionDefinition(
        "language", value: "CODE", "Of its messages and panel: en_US, da_DK (default: en_US).")

    static let create = WriteCommand(
        path: ["customers", "create"],
        summary: "Create a customer with an administrator. An account cannot be deleted.",
        options: parts + [
            language,
            OptionDefinition(
                "reseller", value: "RESELLER", "Whose customer it is: id or whole name (default: your own)."),
        ] + ContactWords.options, expects: [], calls: "2-4", makesOrder: false,
        examples: [
            "souk customers create --name 'Havn ApS' --street 'Kajen 1' --postal-code 8000 --city Aarhus --country DK "
                + "--first-name Ida --last-name Holm --email ida@havn.example --phone '+45 33 550412'",
            "souk customers create --intent 7K3Q-9M2D --yes",
        ]
    ) { session, _ in
        try need(session.arguments, "a new customer")
        var kind = AccountDraft.Kind.customer
        if let reseller = session.arguments.value("reseller"), !reseller.isEmpty {
            kind = .customerOf(try await session.read.account(reseller, of: [.reseller], isWhole: true).id)
        }
        return .create(try draft(kind, session.arguments))
    }

    /// Refuses a new account without what every account has.
    fileprivate static func need(
        _ arguments: ParsedArguments, _ what: String, more: [String] = []
    ) throws(CommandError) {
        try ContactWords.need(["name", "street", "postal-code", "city", "country"] + more, arguments, what)
    }

    /// The account that the options describe.
    fileprivate static func draft(
        _ kind: AccountDraft.Kind, _ arguments: ParsedArguments
    ) throws -> AccountDraft {
        let country = (arguments.value("country") ?? "").uppercased()
        if let reason = AccountRules.refusal(ofCountry: country) { throw CommandError(.badValue, reason) }
        func text(_ name: String) -> String? { arguments.value(name).flatMap { $0.isEmpty ? nil : $0 } }
        let address = Address(
            street: text("street") ?? "", addition: text("addition"), postalCode: text("postal-code") ?? "",
            city: text("city") ?? "", state: text("state"), country: country)
        let contact = try ContactWords.contact(arguments, role: .administrator, of: nil)
        return AccountDraft(
            kind: kind, name: text("name") ?? "", address: address, contacts: [contact],
            language: text("language") ?? "en_US", externalID: text("external-id"), taxRegistration: text("tax-id"))
    }

    static let edit = WriteCommand(
        path: ["customers", "edit"],
        summary: "Change name, address or numbers of a customer. An empty text clears one.",
        argument: "CUSTOMER", options: parts, expects: [], calls: "2-4", makesOrder: false,
        examples: [
            "souk customers edit 1000412 --street 'Havnegade 7' --postal-code 1058",
            "souk customers edit 1000412 --external-id '' --json",
        ]
    ) { session, _ in try await editing(.customer, session) }

    /// The account on the command line with the changes that the options say.
    fileprivate static func editing(_ kind: Account.Kind, _ session: WriteSession) async throws -> WriteIntent {
        let arguments = session.arguments
        guard parts.contains(where: { arguments.has($0.name) }) else {
            throw CommandError(.usage, "nothing is to be changed.", hint: "Give --name, --street or another part.")
        }
        let account = try await account(kind, session)
        var changes = AccountChanges(
            name: arguments.value("name"), externalID: arguments.value("external-id"),
            taxRegistration: arguments.value("tax-id"))
        let ofAddress = ["street", "addition", "postal-code", "city", "state", "country"]
        if ofAddress.contains(where: arguments.has) {
            guard var address = account.address else {
                throw CommandError(.checkRefused, "Not sent: the address of \(account.title) was not reported.")
            }
            func optional(_ text: String) -> String? { text.isEmpty ? nil : text }
            if let text = arguments.value("street") { address.street = text }
            if let text = arguments.value("addition") { address.addition = optional(text) }
            if let text = arguments.value("postal-code") { address.postalCode = text }
            if let text = arguments.value("city") { address.city = text }
            if let text = arguments.value("state") { address.state = optional(text) }
            if let text = arguments.value("country") { address.country = text.uppercased() }
            if let reason = AccountRules.refusal(ofCountry: address.country) { throw CommandError(.badValue, reason) }
            changes.address = address
        }
        return .edit(account, changes)
    }

    static let hold = status(
        "hold", "Put a customer on credit hold: it may not order more.", .creditHold, "active")
    static let activate = status(
        "activate", "Set a customer active again: it may order.", .active, "creditHold")

    private static func status(
        _ verb: String, _ summary: String, _ status: AccountChanges.Status, _ before: String
    ) -> WriteCommand {
        WriteCommand(
            path: ["customers", verb], summary: summary, argument: "CUSTOMER", expects: [.status], calls: "2-4",
            makesOrder: false,
            examples: [
                "souk customers \(verb) 1000412", "souk customers \(verb) 1000412 --yes --expect status=\(before)",
            ]
        ) { session, _ in
            .edit(try await account(.customer, session), AccountChanges(status: status))
        }
    }

    private static func account(_ kind: Account.Kind, _ session: WriteSession) async throws -> Account {
        let typed = session.arguments.positionals.first ?? ""
        return try await session.read.account(typed, of: [kind], inFull: true, isWhole: true)
    }
}

/// `souk resellers create` and `edit`.
enum ResellerCommands {
    static var all: [CommandDefinition] { [create, edit].map(\.definition) }

    static let create = WriteCommand(
        path: ["resellers", "create"],
        summary: "Create a reseller with an administrator. An account cannot be deleted.",
        options: CustomerCommands.parts + [
            CustomerCommands.language,
            OptionDefinition("currency", value: "CODE", "In which it sells, three letters: EUR."),
        ] + ContactWords.options, expects: [], calls: "2-4", makesOrder: false,
        examples: [
            "souk resellers create --name 'Fjord Cloud' --street 'Kajen 1' --postal-code 8000 --city Aarhus --country DK "
                + "--currency DKK --first-name Ida --last-name Holm --email ida@fjord.example --phone '+45 33 550412'",
            "souk resellers create --intent 7K3Q-9M2D --yes",
        ]
    ) { session, _ in
        let arguments = session.arguments
        try CustomerCommands.need(arguments, "a new reseller", more: ["currency"])
        let currency = (arguments.value("currency") ?? "").uppercased()
        if let reason = AccountRules.refusal(ofCurrency: currency) { throw CommandError(.badValue, reason) }
        return .create(try CustomerCommands.draft(.reseller(currency: currency), arguments))
    }

    static let edit = WriteCommand(
        path: ["resellers", "edit"],
        summary: "Change name, address or numbers of a reseller. An empty text clears one.",
        argument: "RESELLER", options: CustomerCommands.parts, expects: [], calls: "2-4", makesOrder: false,
        examples: [
            "souk resellers edit 1000100 --street 'Havnegade 7' --postal-code 1058",
            "souk resellers edit 1000100 --external-id '' --json",
        ]
    ) { session, _ in try await CustomerCommands.editing(.reseller, session) }
}

/// `souk contacts add`, `edit` and `remove`: each sends the whole list of the account's contact persons.
enum ContactCommands {
    static var all: [CommandDefinition] { [add, edit, remove].map(\.definition) }

    private static let role = OptionDefinition(
        "role", value: "ROLE", values: ["admin", "billing", "technical"], "What the person is there for.")

    static let add = WriteCommand(
        path: ["contacts", "add"], summary: "Add a contact person to an account; an administrator gets a login.",
        argument: "ACCOUNT", options: [role] + ContactWords.options, expects: [], calls: "2-4", makesOrder: false,
        examples: [
            "souk contacts add 1000412 --role billing --first-name Ida --last-name Holm --email ida@jorgensen.example "
                + "--phone '+45 33 550412'",
            "souk contacts add --intent 7K3Q-9M2D --yes",
        ]
    ) { session, _ in
        let roles: [ContactPerson.Role] = [.administrator, .billing, .technical]
        guard let role = roles.first(where: { $0.wire == session.arguments.value("role") }) else {
            throw CommandError(.usage, "contacts add needs --role ROLE.", hint: "One of admin, billing, technical.")
        }
        let contact = try ContactWords.contact(session.arguments, role: role, of: nil)
        let account = try await account(session.arguments.positionals.first ?? "", session)
        return .edit(account, AccountChanges(contacts: account.contacts.map { NewContact($0) } + [contact]))
    }

    static let edit = WriteCommand(
        path: ["contacts", "edit"], summary: "Change name, e-mail address or phone number of a contact person.",
        argument: "ACCOUNT/ROLE/EMAIL", options: ContactWords.person, expects: [], calls: "2-4", makesOrder: false,
        examples: [
            "souk contacts edit 1000412/admin/mette@jorgensen.example --phone '+45 33 550413'",
            "souk contacts edit 1000412/admin/mette@jorgensen.example --last-name Holm --json",
        ]
    ) { session, _ in
        guard ContactWords.person.contains(where: { session.arguments.has($0.name) }) else {
            throw CommandError(.usage, "nothing is to be changed.", hint: "Give --first-name, --email or another part.")
        }
        let (account, place) = try await person(session)
        var list = account.contacts.map { NewContact($0) }
        list[place] = try ContactWords.contact(
            session.arguments, role: account.contacts[place].role, of: account.contacts[place])
        return .edit(account, AccountChanges(contacts: list))
    }

    static let remove = WriteCommand(
        path: ["contacts", "remove"], summary: "Remove a contact person from an account.",
        argument: "ACCOUNT/ROLE/EMAIL", expects: [], calls: "2-4", makesOrder: false,
        examples: [
            "souk contacts remove 1000412/billing/lars@jorgensen.example",
            "souk contacts remove --intent 7K3Q-9M2D --yes --accept noAdministrator",
        ]
    ) { session, _ in
        let (account, place) = try await person(session)
        var list = account.contacts.map { NewContact($0) }
        list.remove(at: place)
        return .edit(account, AccountChanges(contacts: list))
    }

    private static func account(_ text: String, _ session: WriteSession) async throws -> Account {
        try await session.read.account(text, of: [.reseller, .customer], inFull: true, isWhole: true)
    }

    /// The account and which of its contacts is meant. A name may hold strokes itself, so that the last two parts count.
    private static func person(_ session: WriteSession) async throws -> (Account, place: Int) {
        let typed = session.arguments.positionals.first ?? ""
        let parts = typed.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 2, let email = parts.last else {
            throw CommandError(
                .badValue, "'\(typed)' names no contact person.",
                hint: "Write ACCOUNT/ROLE/EMAIL, for example 1000412/admin/mette@jorgensen.example.")
        }
        let role = parts[parts.count - 2]
        let account = try await account(parts.dropLast(2).joined(separator: "/"), session)
        let places = account.contacts.indices.filter { place in
            account.contacts[place].role.wire == role
                && Folding.folded(account.contacts[place].email) == Folding.folded(email)
        }
        guard let place = places.first else {
            throw CommandError(
                .notFound, "\(account.title) \(account.id) has no \(role) contact \(email).",
                hint: "souk customers show \(account.id) lists those it has.")
        }
        guard places.count == 1 else {
            throw CommandError(
                .ambiguous, "\(account.title) \(account.id) has \(places.count) \(role) contacts \(email).",
                hint: "The dashboard shows them one by one.")
        }
        return (account, place)
    }
}

/// A contact person as it is typed.
enum ContactWords {
    static let person = [
        OptionDefinition("first-name", value: "NAME", "First name of the contact person."),
        OptionDefinition("last-name", value: "NAME", "Last name of the contact person."),
        OptionDefinition("email", value: "ADDRESS", "E-mail address of the contact person."),
        OptionDefinition("phone", value: "NUMBER", "Phone number of the contact person."),
    ]

    /// Those of a new one.
    static let options =
        person + [
            OptionDefinition("login", value: "NAME", "An administrator's login; without it the marketplace makes one."),
            OptionDefinition(
                "password-file", value: "FILE",
                "A file with the password of the login; - is the standard input. It is kept nowhere."),
        ]

    static func need(_ names: [String], _ arguments: ParsedArguments, _ what: String) throws(CommandError) {
        let missing = names.filter { arguments.value($0)?.isEmpty ?? true }
        guard !missing.isEmpty else { return }
        throw CommandError(
            .usage, "\(what) needs \(missing.map { "--" + $0 }.joined(separator: ", ")).",
            hint: "A value with spaces needs quotes.")
    }

    /// - Parameter before: The person that is changed; nil for a new one.
    static func contact(
        _ arguments: ParsedArguments, role: ContactPerson.Role, of before: ContactPerson?
    ) throws(CommandError) -> NewContact {
        if before == nil { try need(["first-name", "last-name", "email", "phone"], arguments, "a contact person") }
        let person = ContactPerson(
            role: role, firstName: arguments.value("first-name") ?? before?.firstName ?? "",
            lastName: arguments.value("last-name") ?? before?.lastName ?? "",
            email: arguments.value("email") ?? before?.email ?? "",
            phone: arguments.value("phone").map { PhoneNumber(typed: $0)?.wire ?? $0 } ?? before?.phone ?? "")
        return NewContact(person, login: arguments.value("login"), password: try password(arguments))
    }

    /// The first line of the file of `--password-file`.
    static func password(_ arguments: ParsedArguments) throws(CommandError) -> Secret? {
        guard let path = arguments.value("password-file") else { return nil }
        let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        defer { if file > STDIN_FILENO { close(file) } }
        guard file >= 0, let bytes = FileBytes.read(file) else {
            throw CommandError(.inputFailed, "\(path) cannot be read (\(String(cString: strerror(errno)))).")
        }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard !line.isEmpty else { throw CommandError(.badValue, "\(path) holds no password.") }
        return Secret(String(decoding: line, as: UTF8.self))
    }
}
