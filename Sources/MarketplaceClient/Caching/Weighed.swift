import Marketplace

/// A value of which a cache can say how much memory it takes, by estimate: its own size and the texts that do not fit
/// into it. Texts that repeat are counted once, because the rows of a list share them.
protocol Weighed: Sendable {
    /// Bytes outside the value itself.
    func heapBytes(_ texts: inout TextWeight) -> Int
}

extension Weighed {
    /// Of many values some are weighed, spread over all.
    static func bytes(of values: [Self]) -> Int {
        var texts = TextWeight()
        let step = max(1, values.count / 500)
        let sample = stride(from: 0, to: values.count, by: step).reduce(0) { $0 + values[$1].heapBytes(&texts) }
        return values.count * MemoryLayout<Self>.stride + sample * step
    }
}

/// The bytes of texts, each counted once as long as it repeats soon.
struct TextWeight {
    private var seen: Set<String> = []

    mutating func callAsFunction(_ text: String?) -> Int {
        // Up to 15 bytes stand in the value itself.
        guard let text, text.utf8.count > 15 else { return 0 }
        if seen.count > 4096 { seen = [] }
        return seen.insert(text).inserted ? text.utf8.count + 32 : 0
    }

    /// Of a list of values that hold texts, roughly.
    mutating func callAsFunction(_ parameters: [Parameter]) -> Int {
        parameters.reduce(parameters.count * MemoryLayout<Parameter>.stride) { $0 + self($1.name) + self($1.value) }
    }
}

extension Subscription: Weighed {
    func heapBytes(_ texts: inout TextWeight) -> Int { texts(id.rawValue) + texts(name) + texts(customer.rawValue) }
}

extension SubscriptionDetail: Weighed {
    func heapBytes(_ texts: inout TextWeight) -> Int {
        var bytes = subscription.heapBytes(&texts) + texts(orderParameters) + texts(fulfillmentParameters)
        bytes += products.count * MemoryLayout<SubscriptionProduct>.stride
        for product in products {
            bytes += texts(product.mpn) + texts(product.vendor) + texts(product.name)
            bytes += texts(product.vendorSubscriptionID)
        }
        return bytes
    }
}

extension Order: Weighed {
    func heapBytes(_ texts: inout TextWeight) -> Int {
        var bytes = texts(id.rawValue) + texts(number) + texts(poNumber) + texts(customer.rawValue)
        bytes += lines.count * MemoryLayout<OrderLine>.stride + charges.count * MemoryLayout<OrderCharge>.stride
        for line in lines { bytes += texts(line.mpn) + texts(line.name) + texts(line.vendor) }
        for charge in charges { bytes += texts(charge.description) }
        return bytes
    }
}

extension Account: Weighed {
    func heapBytes(_ texts: inout TextWeight) -> Int {
        var bytes = texts(id.rawValue) + texts(name) + texts(externalID) + texts(address?.street)
        bytes += contacts.count * MemoryLayout<ContactPerson>.stride
        for contact in contacts { bytes += texts(contact.email) + texts(contact.phone) + texts(contact.lastName) }
        return bytes
    }
}

extension Product: Weighed {
    func heapBytes(_ texts: inout TextWeight) -> Int {
        var bytes = texts(id.rawValue) + texts(mpn) + texts(name) + texts(serviceName) + texts(vendor)
        bytes += (prices.count + costs.count) * MemoryLayout<Charge>.stride
        bytes += dependsOn.count * MemoryLayout<String>.stride
        return bytes
    }
}

extension Plan: Weighed {
    func heapBytes(_ texts: inout TextWeight) -> Int {
        terms.count * MemoryLayout<Term>.stride + texts(name) + texts(summary) + texts(description)
    }
}

extension PlanDetail: Weighed {
    func heapBytes(_ texts: inout TextWeight) -> Int {
        plan.heapBytes(&texts) + switches.count * MemoryLayout<PlanSwitch>.stride
    }
}

extension Report: Weighed {
    func heapBytes(_ texts: inout TextWeight) -> Int {
        texts(id.rawValue) + texts(name) + texts(view) + texts(download?.revealed)
    }
}
