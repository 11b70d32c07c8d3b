import Testing

@testable import MarketplaceSandbox

@Suite struct AccountWriteTests {
    let caller = Caller()

    private let person = #"""
        {"type":"admin","firstName":"Ada","lastName":"Sample","email":"ada@sample.example","phoneNumber":"1#555#5550100#",
         "login":"ada.sample@sample.example","password":"Fake-Passw0rd!"}
        """#
    private let address =
        #"{"streetAddress":"1 Sample Street","postalCode":"00000","city":"Sampleton","state":"CA","countryCode":"US"}"#

    private func customer(
        name: String = #""Sample Bakery Ltd""#, address: String? = nil, contacts: String? = nil, more: String = ""
    ) -> String {
        #"""
        {"name":\#(name),"language":"en_US","externalId":"CRM-77","address":\#(address ?? self.address),
         "contactPersons":[\#(contacts ?? person)]\#(more)}
        """#
    }

    @Test func `a new customer is the newest, can be found and can buy`() async {
        let made = await caller.post("/customers", customer())
        #expect(made.status == 200)
        let id = made.json["id"]?.text ?? ""
        #expect(made.json["status"]?.text == "active")
        #expect(made.json["resellerId"]?.text == "1000100")
        #expect(made.json.at("contactPersons", "0")?.names.contains("login") == false)
        #expect(made.json.at("contactPersons", "0")?.names.contains("password") == false)
        #expect(await caller.get("/customers?limit=1").ids == [id])
        #expect(await caller.get("/customers/\(id)").body == made.body)
        #expect(await caller.get("/customers?name=sample%20bakery").ids == [id])
        #expect(await caller.get("/customers?email=ADA@sample.example").ids == [id])
        #expect(await caller.get("/customers?externalId=CRM-77").ids == [id])
        #expect(await caller.get("/resellers/1000100/customers?limit=1").ids == [id])
        let order = #"{"customerId":"\#(id)","products":[{"mpn":"FAIL-1","quantity":1}]}"#
        #expect(await caller.post("/orders", order).json["customerId"]?.text == id)
        #expect(await caller.get("/subscriptions?customerId=\(id)").total == 1)
    }

    @Test func `a reseller makes customers of its own only`() async {
        let reseller = Caller(caller, user: "reseller.api")
        #expect(await reseller.post("/customers", customer()).json["resellerId"]?.text == "1000100")
        #expect(await reseller.post("/resellers/1000101/customers", customer()).status == 404)
        #expect(await reseller.post("/resellers", "{}").status == 403)
        let made = await caller.post("/resellers/1000101/customers", customer(contacts: withoutSecrets))
        #expect(made.json["resellerId"]?.text == "1000101")
        #expect(await reseller.get("/customers/\(made.json["id"]?.text ?? "")").status == 404)
    }

    private let withoutSecrets =
        #"{"type":"admin","firstName":"A","lastName":"S","email":"a@s.example","phoneNumber":"+49 40 1"}"#

    @Test func `a new reseller sells in its own currency`() async {
        let body = customer(more: #","currency":"GBP","customerClass":"Gold""#)
        let made = await caller.post("/resellers", body).json
        let id = made["id"]?.text ?? ""
        #expect(made["currency"]?.text == "GBP")
        #expect(made["customerClass"]?.text == "Gold")
        #expect(await caller.get("/resellers?limit=100").ids.contains(id))
        let bought = await caller.post("/resellers/\(id)/customers", customer(contacts: withoutSecrets)).json
        let order =
            #"{"customerId":"\#(bought["id"]?.text ?? "")","products":[{"mpn":"FAIL-1","quantity":1}]}"#
        #expect(await caller.post("/orders", order).json.at("total", "currency")?.text == "GBP")
        #expect(await caller.get("/resellers/\(id)/orders").total == 1)
        #expect(await caller.post("/resellers", customer()).message == "currency: must not be empty")
    }

    @Test func `what is not acceptable is 400 and names the field`() async {
        let cases: [(String, String)] = [
            (customer(name: "7"), "name: must be a text"), (customer(name: "null"), "name: must not be null"),
            (customer(name: #""""#), "name: must not be empty"),
            (customer(address: "[]"), "address: must be an object"),
            (customer(address: "{}"), "address.streetAddress: must not be empty"),
            (
                customer(address: #"{"streetAddress":"a","postalCode":"1","city":"c","countryCode":"US"}"#),
                "address.state: must not be empty in US"
            ),
            (
                customer(address: #"{"streetAddress":"a","postalCode":"1","city":"c","countryCode":"de"}"#),
                "address.countryCode: must be two capital letters (ISO 3166-1)"
            ),
            (customer(contacts: ""), "contactPersons: must have a contact of type admin"),
            (
                customer(contacts: person.replacing(#""admin""#, with: #""boss""#)),
                "contactPersons[0].type: must be one of admin, billing, technical"
            ),
            (
                customer(contacts: person.replacing(#""admin""#, with: #""billing""#)),
                "contactPersons[0].login: only a contact of type admin has one"
            ),
            (
                customer(contacts: person.replacing("Fake-Passw0rd!", with: "password")),
                "contactPersons[0].password: must have 7 or more characters, with capital and small letters, digits and others"
            ),
            (
                customer(contacts: person.replacing("ada.sample@sample.example", with: "ada")),
                "contactPersons[0].login: must have 5 or more characters"
            ),
            (
                customer(contacts: person.replacing("ada@sample.example", with: "ada")),
                "contactPersons[0].email: must be an e-mail address"
            ),
            (customer(more: #","attributes":{"a":1}"#), "attributes.a: must be a text"),
            (customer(more: #","attributes":{"":1}"#), #"attributes[""]: must be a text"#),
            (
                customer(more: #","status":"cancelled""#),
                "status: a new account may be pending, active or creditHold, not cancelled"
            ),
        ]
        for (body, message) in cases {
            let reply = await caller.post("/customers", body)
            #expect(reply.status == 400, "\(body)")
            #expect(reply.message == message)
        }
        #expect(await caller.get("/customers?limit=1").total == 400)
    }

    @Test func `a login belongs to one account`() async {
        _ = await caller.post("/customers", customer())
        #expect(
            await caller.post("/customers", customer()).message
                == "contactPersons[0].login: ada.sample@sample.example is in use")
    }

    @Test func `a change keeps what it does not name, and replaces the contacts as a whole`() async {
        let before = await caller.get("/customers/1000412").json
        let body = #"{"id":"7","name":"Jørgensen ApS","contactPersons":[\#(withoutSecrets)]}"#
        let after = await caller.send(.patch, "/customers/1000412", body).json
        #expect(after["id"]?.text == "1000412")
        #expect(after["name"]?.text == "Jørgensen ApS")
        #expect(after["contactPersons"]?.items.count == 1)
        #expect(after["address"] == before["address"])
        #expect(await caller.get("/customers?name=j%C3%B8rgensen%20aps").ids == ["1000412"])
        #expect(await caller.get("/customers?email=mette@jorgensen.example").total == 0)
    }

    @Test func `credit hold can be set and lifted, and stops orders meanwhile`() async {
        let order = #"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":1}]}"#
        let held = await caller.send(.patch, "/customers/1000412", #"{"status":"creditHold"}"#)
        #expect(held.json["status"]?.text == "creditHold")
        #expect(await caller.post("/orders", order).status == 500)
        _ = await caller.send(.patch, "/customers/1000412", #"{"status":"active"}"#)
        #expect(await caller.post("/orders", order).status == 200)
        #expect(
            await caller.send(.patch, "/customers/1000412", #"{"status":"adminHold"}"#).message
                == "status: only active and creditHold may be requested, not adminHold")
    }

    @Test func `an account that is closed stays closed`() async {
        let closed = await caller.get("/customers?limit=400").rows.first { $0["status"]?.text == "cancelled" }
        let id = closed?["id"]?.text ?? ""
        let reply = await caller.send(.patch, "/customers/\(id)", #"{"status":"active"}"#)
        #expect(reply.status == 500)
        #expect(reply.message == "Cannot change the status of account #\(id): it is cancelled.")
    }

    @Test func `a reseller can be changed`() async {
        let reply = await caller.send(.patch, "/resellers/1000101", #"{"externalId":"R-9"}"#)
        #expect(reply.json["externalId"]?.text == "R-9")
        #expect(await caller.get("/resellers?externalId=R-9").ids == ["1000101"])
        #expect(await caller.send(.patch, "/resellers/999", "{}").status == 404)
    }

    @Test func `customers' rows can be short`() async {
        let short = Caller { $0.hasShortCustomerRows = true }
        #expect(await short.get("/customers?limit=1").rows.first?.names == ["id", "externalId", "name", "status"])
        #expect(await short.get("/customers/1000412").json["address"] != nil)
    }
}
