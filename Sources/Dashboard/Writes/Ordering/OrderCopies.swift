import Marketplace

/// What an order form begins with, copied from what exists.
extension OrderForm {
    static func fields(like detail: SubscriptionDetail) -> [String: String] {
        fields(
            customer: detail.subscription.customer,
            detail.products.enumerated().map { place, product in
                let row = detail.subscription
                // Parameters belong to the whole subscription; those of the first line are asked for again by name.
                return CopiedLine(
                    id: product.product, mpn: product.mpn, vendor: product.vendor,
                    quantity: product.quantity.map(String.init), term: row.subscriptionPeriod,
                    billing: row.billingPeriod, parameters: place == 0 ? detail.orderParameters : [])
            })
    }

    static func fields(like order: Order) -> [String: String] {
        fields(
            customer: order.customer,
            order.lines.map { line in
                CopiedLine(
                    id: line.product, mpn: line.mpn, vendor: line.vendor,
                    quantity: line.quantity?.cut(fractionDigits: 0), term: line.subscriptionPeriod,
                    billing: line.billingPeriod, parameters: line.parameters)
            })
    }

    /// A line as the form begins with it.
    private struct CopiedLine {
        var id: Product.ID?
        var mpn: String
        var vendor: String?
        var quantity: String?
        var term: Period?
        var billing: Period?
        var parameters: [Parameter]
    }

    private static func fields(customer: Account.ID, _ lines: [CopiedLine]) -> [String: String] {
        var fields = ["customer": customer.rawValue]
        for (place, line) in lines.prefix(mostLines).enumerated() {
            let name = "line.\(place + 1)"
            fields["\(name).id"] = line.id?.rawValue
            fields["\(name).mpn"] = line.mpn
            fields["\(name).vendor"] = line.vendor.flatMap { $0.isEmpty ? nil : $0 }
            fields["\(name).quantity"] = line.quantity ?? "1"
            fields["\(name).term"] = line.term?.spoken
            fields["\(name).billing"] = line.billing?.spoken
            for given in line.parameters {
                // Its row is there, empty: a secret is typed anew.
                fields["\(name).parameter.\(given.name)"] = given.isSecret ? "" : given.value
                if given.form != .text { fields["\(name).form.\(given.name)"] = given.form.rawValue }
            }
        }
        fields["lines"] = (1...max(1, min(mostLines, lines.count))).map(String.init).joined(separator: " ")
        return fields
    }
}

extension Order {
    /// Why no new order can be made like it, or nil.
    var copyRefusal: String? {
        switch kind {
        case .sales, .migration:
            lines.isEmpty
                ? "Its lines are not read yet; wait a moment."
                : lines.count > OrderForm.mostLines
                    ? "It has \(lines.count) lines; an order form holds \(OrderForm.mostLines)." : nil
        case .change: "A change order shows only a difference. Open its subscription with Enter and copy that with d."
        case .renewal, .cancellation, .other: "A \(kind.word) order has no lines to copy."
        }
    }
}

extension Order {
    /// What a new order like it does not take over, as a sentence; nil when it takes all.
    var copyLoss: String? {
        var lost: [String] = []
        if alignment != nil { lost.append("co-terming") }
        if scheduledOn != nil { lost.append("the moment it takes effect") }
        let names = Set((others + lines.flatMap(\.others)).map(\.name))
        let lostWords = ["attributes": "attributes", "specialPrice": "special prices", "deals": "deals"]
        lost += names.compactMap { lostWords[$0] }.sorted()
        if lines.contains(where: { $0.parameters.contains(where: \.isSecret) }) { lost.append("passwords") }
        return lost.isEmpty ? nil : "Not copied: \(lost.joined(separator: ", "))."
    }
}
