import Marketplace

/// What an order form begins with, copied from what exists.
extension OrderForm {
    static func fields(like detail: SubscriptionDetail) -> [String: String] {
        fields(
            customer: detail.subscription.customer,
            detail.products.map { ($0.product, $0.mpn, $0.vendor, $0.quantity.map(String.init)) },
            parameters: detail.orderParameters)
    }

    static func fields(like order: Order) -> [String: String] {
        fields(
            customer: order.customer,
            order.lines.map { ($0.product, $0.mpn, $0.vendor, $0.quantity?.cut(fractionDigits: 0)) }, parameters: [])
    }

    private static func fields(
        customer: Account.ID, _ lines: [(id: Product.ID?, mpn: String, vendor: String?, quantity: String?)],
        parameters: [Parameter]
    ) -> [String: String] {
        var fields = ["customer": customer.rawValue]
        for (place, line) in lines.prefix(mostLines).enumerated() {
            let name = "line.\(place + 1)"
            fields["\(name).id"] = line.id?.rawValue
            fields["\(name).mpn"] = line.mpn
            fields["\(name).vendor"] = line.vendor.flatMap { $0.isEmpty ? nil : $0 }
            fields["\(name).quantity"] = line.quantity ?? "1"
            // Parameters belong to the whole subscription; those of the first line are asked for again by name.
            if place == 0 { for given in parameters { fields["\(name).parameter.\(given.name)"] = given.value } }
        }
        fields["lines"] = (1...max(1, min(mostLines, lines.count))).map(String.init).joined(separator: " ")
        return fields
    }
}

extension Order {
    /// Why no new order can be made like it, or nil.
    var copyRefusal: String? {
        switch kind {
        case .sales, .migration: lines.isEmpty ? "Its lines are not read yet; wait a moment." : nil
        case .change: "A change tells only a difference. Open its subscription with Enter and copy that with d."
        case .renewal, .cancellation, .other: "A \(kind.word) order has no lines to copy."
        }
    }
}
