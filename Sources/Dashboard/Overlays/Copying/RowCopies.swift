import Marketplace
import Rows
import Screen

/// What can be copied of each kind of row. The same letter means the same everywhere: `y` id, `n` name or number,
/// `m` MPN, `p` PO number, `c` correlation id, `e` e-mail, `s` what a support desk asks for, `j` JSON.
extension Order {
    func copies(_ model: Model) -> [CopyOffer] {
        [
            CopyOffer("y", "order id", id.rawValue), CopyOffer("n", "order number", number),
            CopyOffer("m", lines.count > 1 ? "MPNs" : "MPN", lines.map(\.mpn).joined(separator: "\n")),
            CopyOffer("p", "PO number", poNumber),
            CopyOffer("c", "correlation id", model.lastWrite(to: .order(id))?.correlationID),
            CopyOffer("s", "for support", supportText(model)), CopyOffer.JSON.offer(json(model)),
        ].compactMap { $0 }
    }

    /// What a support desk asks for, one thing a line.
    private func supportText(_ model: Model) -> String {
        let write = model.lastWrite(to: .order(id))
        return SupportText.lines([
            ("order", [number, "(id \(id))"].filter { !$0.isEmpty }.joined(separator: " ")), ("type", kind.word),
            ("status", [status.word, statusCode ?? ""].filter { !$0.isEmpty }.joined(separator: " ")),
            ("customer", customer.rawValue), ("subscription", subscription?.rawValue), ("PO number", poNumber),
            ("created", created?.description), ("provisioned", provisioned?.description),
            ("asked on", model.now.description), ("correlation id", write?.correlationID),
            ("sent", write?.at.description),
        ])
    }

    private func json(_ model: Model) -> JSONObject {
        var object = JSONObject()
        object.set("correlationId", model.lastWrite(to: .order(id))?.correlationID)
        object.set("created", created?.description)
        object.set("customerId", customer.rawValue)
        object.set("customerName", model.accounts[customer]?.name)
        object.set("id", id.rawValue)
        object.set("number", number.isEmpty ? nil : number)
        object.set("poNumber", poNumber)
        object.set("provisioned", provisioned?.description)
        object.set("scheduledOn", scheduledOn)
        object.set("status", status.word)
        object.set("statusCode", statusCode)
        object.set("subscriptionId", subscription?.rawValue)
        object.set("total", total)
        object.set("type", kind.word)
        if !lines.isEmpty { object.set("lines", array: lines.map(\.json.text)) }
        return object
    }
}

extension OrderLine {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.set("mpn", mpn)
        object.set("name", name)
        object.set("price", extendedPrice)
        object.set("quantity", quantity.map { "\($0)" })
        object.set("vendor", vendor)
        return object
    }
}

extension Subscription {
    func copies(_ model: Model) -> [CopyOffer] {
        let products = model.details[id]?.products ?? []
        let tenant = model.details[id]?.fulfillmentParameters.first { $0.name == "ms_customer_id" }?.value
        let vendorIDs = products.compactMap(\.vendorSubscriptionID).filter { !$0.isEmpty }
        return [
            CopyOffer("y", "subscription id", id.rawValue), CopyOffer("n", "name", name),
            CopyOffer("m", products.count > 1 ? "MPNs" : "MPN", products.map(\.mpn).joined(separator: "\n")),
            CopyOffer("t", "Microsoft tenant id", tenant),
            CopyOffer("v", "vendor's subscription id", vendorIDs.joined(separator: "\n")),
            CopyOffer("c", "correlation id", model.lastWrite(to: .subscription(id))?.correlationID),
            CopyOffer.JSON.offer(json(model)),
        ].compactMap { $0 }
    }

    private func json(_ model: Model) -> JSONObject {
        let detail = model.details[id]
        var object = JSONObject()
        object.set("autoRenews", autoRenews)
        object.set("billingPeriod", billingPeriod?.short)
        object.set("created", created?.description)
        object.set("customerId", customer.rawValue)
        object.set("customerName", model.accounts[customer]?.name)
        object.set("expires", expires?.description)
        object.set("id", id.rawValue)
        object.set("modified", modified?.description)
        object.set("name", name)
        object.set("price", detail?.totalPrice)
        object.set("renews", renews?.description)
        object.set("status", status.word)
        object.set("subscriptionPeriod", subscriptionPeriod?.short)
        if let products = detail?.products, !products.isEmpty {
            object.set("products", array: products.map(\.json.text))
        }
        return object
    }
}

extension SubscriptionProduct {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.set("mpn", mpn)
        object.set("name", name)
        object.set("quantity", quantity)
        object.set("unitPrice", unitPrice)
        object.set("vendor", vendor)
        object.set("vendorSubscriptionId", vendorSubscriptionID)
        return object
    }
}

extension Product {
    var copies: [CopyOffer] {
        var object = JSONObject()
        object.set("billingPeriod", billingPeriod?.short)
        object.set("cost", cost)
        object.set("id", hasCatalogueID ? id.rawValue : nil)
        object.set("mpn", mpn)
        object.set("name", name)
        object.set("price", price)
        object.set("serviceName", serviceName)
        object.set("subscriptionPeriod", subscriptionPeriod?.short)
        object.set("vendor", vendor)
        return [
            CopyOffer("y", "product id", hasCatalogueID ? id.rawValue : nil), CopyOffer("n", "name", name),
            CopyOffer("m", "MPN", mpn),
            CopyOffer.JSON.offer(object),
        ].compactMap { $0 }
    }
}

extension Account {
    func copies(_ model: Model) -> [CopyOffer] {
        let administrator = contacts.first { $0.role == .administrator } ?? contacts.first
        return [
            CopyOffer("y", "account id", id.rawValue), CopyOffer("n", "name", name),
            CopyOffer("x", "your id", externalID), CopyOffer("e", "e-mail", administrator?.email),
            CopyOffer("c", "correlation id", model.lastWrite(to: .account(id))?.correlationID),
            CopyOffer.JSON.offer(json),
        ].compactMap { $0 }
    }

    private var json: JSONObject {
        var object = JSONObject()
        object.set("externalId", externalID)
        object.set("id", id.rawValue)
        object.set("kind", kind == .customer ? "customer" : "reseller")
        object.set("name", name)
        object.set("status", status.word)
        object.set("vendorAccountId", vendorAccount?.rawValue)
        object.set("currency", currency)
        object.set("taxRegistration", taxRegistration)
        if let address { object.set("address", address.lines) }
        if !contacts.isEmpty { object.set("contacts", array: contacts.map(\.json.text)) }
        return object
    }
}

extension ContactPerson {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.set("email", email)
        object.set("name", name)
        object.set("phone", phone.isEmpty ? nil : phoneNumber.description)
        object.set("role", role.word)
        return object
    }
}

extension AccountContact {
    var copies: [CopyOffer] {
        var object = person.json
        object.set("accountId", id.account.rawValue)
        object.set("accountName", accountName)
        return [
            CopyOffer("y", "account id", id.account.rawValue), CopyOffer("n", "name", person.name),
            CopyOffer("e", "e-mail", person.email), CopyOffer("t", "phone", person.phoneNumber.description),
            CopyOffer.JSON.offer(object),
        ].compactMap { $0 }
    }
}

extension JournalEntry {
    func copies(_ model: Model) -> [CopyOffer] {
        [
            CopyOffer("y", "id of what it made", outcome.made), CopyOffer("n", "name", name),
            CopyOffer("p", "PO number", poNumber), CopyOffer("c", "correlation id", correlationID),
            CopyOffer("s", "for support", supportText), CopyOffer.JSON.offer(json(model)),
        ].compactMap { $0 }
    }

    private var supportText: String {
        SupportText.lines([
            ("request", "\(method) \(path)"), ("what", name), ("customer", customer?.rawValue),
            ("subscription", subscription?.rawValue), ("PO number", poNumber), ("sent", at.description),
            (outcome.isUnknown ? "given up" : "known since", endedAt?.description), ("outcome", outcomeWord),
            ("reason", outcome.reason), ("made", outcome.made), ("correlation id", correlationID),
        ])
    }
}

enum SupportText {
    /// `name: text`, one a line; missing values are left out.
    static func lines(_ facts: [(name: String, text: String?)]) -> String {
        facts.compactMap { fact in
            fact.text.flatMap { $0.isEmpty ? nil : "\(fact.name): \($0)" }
        }.joined(separator: "\n")
    }
}
