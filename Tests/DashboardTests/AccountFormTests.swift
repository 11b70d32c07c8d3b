import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Accounts and their contacts written by keys, and read afterwards as any other program would.
@Suite(.onComputingThreads) struct `Writing accounts` {
    private static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]
    private static let newCustomer =
        "Fjord Kaffe ApS<Tab>Havnegade 7<Tab>8000<Tab>Aarhus C<Tab>Ida Holm<Tab>ida@fjordkaffe.example<Tab>"
        + "+45 86 120000<Tab>Denmark<Tab>Danish<Tab><Tab><Tab>DK00009999<Tab>CRM-9"

    private func stage(_ keys: String, size: Size = sizes[0], isReadOnly: Bool = false) async -> Stage {
        let stage = await Stage(columns: size.columns, rows: size.rows, isReadOnly: isReadOnly)
        await stage.press(keys)
        return stage
    }

    private func account(_ id: Account.ID, on stage: Stage) async throws -> Account {
        try await stage.witness().accounts.value(for: AccountKey(kind: .customer, id: id))
    }

    private func expect(_ stage: Stage, _ name: String, _ size: Size) {
        expectScreen(stage.screen, matches: "\(name)-\(size.columns)x\(size.rows)")
    }

    // MARK: A new customer

    @Test func `a new customer of the reseller on the cursor, with its administrator`() async throws {
        let stage = await stage("jn" + Self.newCustomer + "<F10>")
        for words in ["create a customer", "Fjord Kaffe ApS", "Nordwind Handel GmbH 1000100", "Ida Holm"] {
            #expect(stage.screen.contains(words))
        }
        #expect(stage.transport.writes.isEmpty)
        await stage.press("create<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/resellers/1000100/customers"])
        let found = try await stage.witness().accountLists.value(for: .customersWithExternalID("CRM-9")).rows
        let made = try await account(try #require(found.first).id, on: stage)
        #expect(made.name == "Fjord Kaffe ApS")
        #expect(made.status == .active)
        #expect(made.vendorAccount == "1000100")
        #expect(made.taxRegistration == "DK00009999")
        #expect(made.address == Address(street: "Havnegade 7", postalCode: "8000", city: "Aarhus C", country: "DK"))
        #expect(
            made.contacts == [
                ContactPerson(
                    role: .administrator, firstName: "Ida", lastName: "Holm", email: "ida@fjordkaffe.example",
                    phone: "45#86#120000#")
            ])
        #expect(stage.dashboard.accounts.selected?.id == made.id)
        #expect(stage.screen.contains("Customer Fjord Kaffe ApS created: \(made.id)."))
    }

    @Test func `from a customer's row the new one is its neighbour`() async {
        let stage = await stage("j<Right>jn")
        #expect(stage.screen.contains("New customer   1 FILL IN"))
        #expect(stage.screen.contains("Nordwind Handel GmbH  1000100"))
    }

    @Test func `a new reseller has its currency`() async throws {
        let stage = await stage(
            "nKaffe Net<Tab>A 1<Tab>1<Tab>B<Tab>eur<Tab>I H<Tab>i@h.example<Tab>1<Tab>de<Tab><Tab><Tab><Tab><Tab>R-9<F10>"
        )
        await stage.press("create<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/resellers"])
        let found = try await stage.witness().accountLists.value(for: .resellersWithExternalID("R-9")).rows
        #expect(found.map(\.currency) == ["EUR"])
    }

    @Test func `all that is missing is said at once, each beside its box`() async {
        let stage = await stage("jn<F10>")
        #expect(stage.dashboard.flow?.isReviewed == false)
        #expect(stage.screen.contains("7 boxes are not ready; each says why."))
        for label in ["name", "street", "postcode", "city", "full name", "e-mail", "phone"] {
            let row = stage.screen.split(separator: "\n").first { $0.contains("\(label) ") && $0.contains("[") }
            #expect(row?.contains("required") == true, "\(label)")
        }
        #expect(stage.dashboard.flow?.form.fields.focus == "name")
    }

    @Test(arguments: [
        ("Dnk", "Danish", "i@h", "1", "", "no such country", "Give a country by its name or its two letters"),
        ("DK", "<BS>", "i@h", "1", "", "required", "Give a language, such as en_US."),
        ("DK", "da", "i.h", "1", "", "like name@company.example", "The e-mail address must look like"),
        ("DK", "da", "i@h", "x", "", "such as +45 33 550412", "Give a phone number, such as +45 33 550412."),
        ("DK", "da", "i@h", "1", "ida", "5 or more letters", "A login has at least 5 characters."),
    ])
    func `what is wrong is said beside its box and in the message line`(
        country: String, language: String, email: String, phone: String, login: String, short: String, words: String
    ) async {
        let stage = await stage(
            "jnA<Tab>S<Tab>1<Tab>C<Tab>I H<Tab>\(email)<Tab>\(phone)<Tab>\(country)<Tab>\(language)<Tab><Tab><Tab>"
                + "<Tab><Tab>\(login)<F10>")
        #expect(stage.dashboard.flow?.isReviewed == false)
        #expect(stage.screen.contains(short))
        #expect(stage.screen.contains(words))
    }

    @Test func `how a full name is divided stands beside it, and a comma divides it otherwise`() async {
        let stage = await stage("jnA<Tab>S<Tab>1<Tab>C<Tab>Lars van den Berg")
        #expect(stage.screen.contains("first Lars van den, last Berg"))
        await stage.press("<^U>van den Berg, Lars")
        #expect(stage.screen.contains("first Lars, last van den Berg"))
        await stage.press("<^U>Lars<F10>")
        #expect(stage.screen.contains("  first and last name"))
        #expect(stage.dashboard.flow?.isReviewed == false)
    }

    @Test func `a draft with two boxes for the name opens with one`() throws {
        let kept = ["wanted": "customer", "admin.first": "Lars", "admin.last": "van den Berg"]
        let form = try #require(NewAccountForm(kept, Self.model))
        #expect(form.fields["admin.name"] == "van den Berg, Lars")
        #expect(form.fields["admin.first"].isEmpty && form.fields["admin.last"].isEmpty)
    }

    @Test func `country and language are proposed from the reseller`() async throws {
        let stage = await stage("jn")
        let seller = try await stage.witness().accounts.value(for: AccountKey(kind: .reseller, id: "1000100"))
        let fields = try #require(stage.dashboard.flow?.form.fields)
        #expect(fields["country"] == Country.name(of: try #require(seller.address).country))
        #expect(fields["language"] == seller.language)
        #expect(fields.isProposal("country") && fields.isProposal("language"))
    }

    @Test(arguments: sizes) func `what the marketplace refuses comes back with its reason`(size: Size) async {
        let stage = await stage(
            "jnA<Tab>S<Tab>1<Tab>C<Tab>I H<Tab>i@h<Tab>1<Tab>US<F10>create<Enter>",
            size: size)
        #expect(stage.screen.contains("must not be empty in US"))
        await stage.press("<Esc>")
        #expect(stage.dashboard.flow == nil)
    }

    @Test(arguments: sizes) func `the form of a new customer and its review`(size: Size) async {
        let stage = await stage("jn" + Self.newCustomer, size: size)
        expect(stage, "new-customer", size)
        await stage.press("<F10>")
        expect(stage, "new-customer-review", size)
    }

    @Test(arguments: sizes) func `the form of a new customer with all that is missing`(size: Size) async {
        let stage = await stage("jnA<Tab><Tab>8000<F10>", size: size)
        expect(stage, "new-customer-incomplete", size)
    }

    @Test func `a password is neither shown nor kept as a draft nor journalled`() async throws {
        let stage = await stage("jn" + Self.newCustomer + "<Tab>ida.holm<Tab>Fake-Passw0rd!")
        #expect(stage.screen.contains("**************"))
        await stage.press("<F10>create<Enter>")
        #expect(stage.transport.writes.count == 1)
        let entry = try #require(try await stage.client.journalEntries().first)
        #expect(entry.request.contains("ida.holm"))
        #expect(!entry.request.contains("Fake"))
        let drafts = stage.effects.compactMap { if case .client(.saveDraft(let draft)) = $0 { draft } else { nil } }
        #expect(drafts.last?.fields["admin.login"] == "ida.holm")
        #expect(!drafts.contains { $0.fields.values.contains { $0.contains("Fake") } })
        #expect(!"\(stage.effects)".contains("Fake"))
    }

    // MARK: Changing one

    @Test func `an edit sends what differs and keeps the contacts`() async throws {
        let stage = await stage("j<Right>jE")
        let before = try await account("1000412", on: stage)
        await stage.press("<^U>Jørgensen og Søn A/S<Tab><Tab><^U>3. sal<F10>")
        #expect(stage.screen.contains("Jørgensen & Søn A/S → Jørgensen og Søn A/S"))
        await stage.press("save<Enter>")
        #expect(stage.transport.writes == ["PATCH /marketplace/us/customers/1000412"])
        var wanted = before
        wanted.name = "Jørgensen og Søn A/S"
        wanted.address?.addition = "3. sal"
        #expect(try await account("1000412", on: stage) == wanted)
        #expect(stage.screen.contains("Jørgensen og Søn A/S"))
    }

    @Test func `an edit without a change has no review`() async {
        let stage = await stage("j<Right>jE<F10>")
        #expect(stage.screen.contains("Nothing is changed yet."))
        #expect(stage.dashboard.flow?.isReviewed == false)
    }

    @Test func `rows that nobody touched follow the account as it is read anew`() throws {
        var model = Self.model
        let before = Self.account
        model.insertInFull(before)
        var form = try #require(EditAccountForm(AccountSubject(before).kept, model))
        form.fields.put("My name", into: "name")
        var after = before
        after.name = "Their name"
        after.taxRegistration = "T-2"
        form.receive(.account(AccountKey(kind: .customer, id: "1"), Snapshot(value: after)), model)
        form.fields.lay(out: form.rows(model))
        #expect(form.fields["tax"] == "T-2")
        #expect(try form.intent(model).get() == .edit(after, AccountChanges(name: "My name")))
    }

    @Test func `what was typed into an edit is there again when it comes from a draft`() throws {
        var model = Self.model
        model.insertInFull(Self.account)
        var form = try #require(EditAccountForm(AccountSubject(Self.account).kept, model))
        form.fields.put("My name", into: "name")
        var now = Self.account
        now.taxRegistration = "T-2"
        model.insertInFull(now)
        let again = try #require(EditAccountForm(form.fields.values.merging(form.kept) { $1 }, model))
        #expect(try again.intent(model).get() == .edit(now, AccountChanges(name: "My name")))
    }

    // MARK: Contacts

    @Test func `contacts are sent as a whole: kept, changed, removed and added`() async throws {
        let stage = await stage("j<Right>jC")
        // Mette's phone, Lars goes, Åse stays, Bo comes.
        await stage.press("<Enter><Tab><Tab><Tab><^U>45#33#000000#<F10>")
        await stage.press("<Down>x")
        await stage.press("n<Left>Bo<Esc>")
        #expect(stage.transport.writes.isEmpty)
        await stage.press("n<Tab>Bo<Tab>Lund<Tab>bo@jorgensen.example<Tab>45#1#<F10><F10>")
        for words in ["~", "- billing contact Lars", "+ technical contact Bo Lund", "kept"] {
            #expect(stage.screen.contains(words))
        }
        await stage.press("save<Enter>")
        #expect(stage.transport.writes.isEmpty)
        #expect(stage.screen.contains("That is not remove 1."))
        await stage.press("<^U>remove 1<Enter>")
        let contacts = try await account("1000412", on: stage).contacts
        #expect(contacts.map(\.name) == ["Mette Jørgensen", "Åse Kjær", "Bo Lund"])
        #expect(contacts[0].phone == "45#33#000000#")
        #expect(contacts[2].role == .technical)
    }

    @Test func `from the users view a contact is changed, removed or added`() async throws {
        let stage = await stage("j<Right>j6")
        await stage.press("jx<F10>remove 1<Enter>")
        #expect(try await account("1000412", on: stage).contacts.map(\.name) == ["Mette Jørgensen", "Åse Kjær"])
        await stage.press("6n<Tab>Bo<Tab>Lund<Tab>bo@x.example<Tab>1<F10><F10>save<Enter>")
        #expect(try await account("1000412", on: stage).contacts.map(\.name).last == "Bo Lund")
        await stage.press("6gE<^U>Merete<F10><F10>save<Enter>")
        #expect(try await account("1000412", on: stage).contacts.first?.name == "Merete Jørgensen")
    }

    @Test func `a contact that somebody else added is not removed by a change of mine`() async throws {
        let stage = await stage("j<Right>jC<Down>x")
        var contacts = try await account("1000412", on: stage).contacts.map { NewContact($0) }
        let other = ContactPerson(
            role: .billing, firstName: "Eva", lastName: "Ny", email: "eva@x.example", phone: "1")
        contacts.append(NewContact(other))
        _ = try await stage.witness().change(
            AccountKey(kind: .customer, id: "1000412"), to: AccountChanges(contacts: contacts))
        await stage.press("<F10>")
        #expect(stage.dashboard.flow?.isReviewed == false)
        #expect(stage.screen.contains("changed by somebody else"))
        #expect(stage.screen.contains("Eva Ny"))
        await stage.press("<F10>remove 1<Enter>")
        #expect(
            try await account("1000412", on: stage).contacts.map(\.name) == ["Mette Jørgensen", "Åse Kjær", "Eva Ny"])
    }

    @Test func `what was edited in contacts is kept in a draft, without passwords`() {
        var edits = ContactEdits()
        let ada = ContactPerson(role: .administrator, firstName: "Ada", lastName: "X", email: "a@x", phone: "1")
        let bo = ContactPerson(role: .other("owner"), firstName: "Bo", lastName: "X", email: "b@x", phone: "2")
        edits.add(NewContact(bo, login: "bo.x1", password: Secret("Fake-Passw0rd!")))
        edits.toggleRemoval(of: .kept(ada))
        edits.replace(.kept(bo), with: NewContact(ada))
        var expected = ContactEdits()
        expected.add(NewContact(bo, login: "bo.x1"))
        expected.toggleRemoval(of: .kept(ada))
        expected.replace(.kept(bo), with: NewContact(ada))
        #expect(ContactEdits(kept: edits.kept) == expected)
        #expect(!edits.kept.values.contains { $0.contains("Fake") })
    }

    @Test(arguments: sizes) func `the contacts and their review`(size: Size) async {
        let stage = await stage("j<Right>jC<Enter><Tab><Tab><Tab><^U>45#33#000000#<F10><Down>x", size: size)
        await stage.press("n<Tab>Bo<Tab>Lund<Tab>bo@jorgensen.example<Tab>45#1#")
        expect(stage, "contact", size)
        await stage.press("<F10>")
        expect(stage, "contacts", size)
        await stage.press("<F10>")
        expect(stage, "contacts-review", size)
    }

    // MARK: Credit hold

    @Test func `a customer is put on hold and set active again`() async throws {
        let stage = await stage("j<Right>jH<F10>hold 1000412<Enter>")
        #expect(try await account("1000412", on: stage).status == .creditHold)
        #expect(stage.screen.contains("credit hold"))
        await stage.press("H<F10>active<Enter>")
        #expect(try await account("1000412", on: stage).status == .active)
        #expect(stage.transport.writes == Array(repeating: "PATCH /marketplace/us/customers/1000412", count: 2))
    }

    @Test(arguments: sizes) func `the hold and its review`(size: Size) async {
        let stage = await stage("j<Right>jH", size: size)
        expect(stage, "hold", size)
        await stage.press("<F10>")
        expect(stage, "hold-review", size)
    }

    // MARK: When it cannot be done

    @Test(arguments: ["n", "E", "C", "H"]) func `a read-only profile opens none of the forms`(key: String) async {
        let stage = await stage("j<Right>j" + key, isReadOnly: true)
        #expect(stage.dashboard.flow == nil)
        #expect(stage.screen.contains("This profile is read-only"))
    }

    @Test(arguments: ["n", "E", "x"]) func `nor does the users view`(key: String) async {
        let stage = await stage("j<Right>j6" + key, isReadOnly: true)
        #expect(stage.dashboard.flow == nil)
        #expect(stage.screen.contains("This profile is read-only"))
    }

    @Test func `a reseller's user creates no resellers, and sees why`() async {
        let stage = await Stage(user: "reseller.api")
        await stage.press("gn")
        #expect(stage.dashboard.flow == nil)
        #expect(stage.screen.contains("Only the provider creates resellers"))
        await stage.press("jn")
        #expect(stage.screen.contains("New customer   1 FILL IN"))
    }

    @Test func `an account on administrative hold cannot be released from here`() async {
        let stage = await stage("/admin hold<Enter>j<Right>")
        await stage.press("/<^U>yama<Enter>")
        await stage.press("gj<Right>jH")
        #expect(stage.dashboard.flow == nil)
    }

    private static var model: Model {
        var model = Model(
            profile: ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false))
        model.now = Stage.start
        return model
    }

    private static let account = Account(
        id: "1", kind: .customer, name: "Name", status: .active,
        address: Address(street: "S", postalCode: "1", city: "C", country: "DK"),
        contacts: [ContactPerson(role: .administrator, firstName: "A", lastName: "B", email: "a@b", phone: "1")],
        taxRegistration: "T-1")
}
