extension DryRun {
    /// What has changed since a person agreed to `agreed`, in sentences; empty when this is still what was seen.
    public func differences(since agreed: DryRun) -> [String] {
        var sentences: [String] = []
        func compare<Value: Equatable>(
            _ what: String, _ now: Value?, _ before: Value?, _ words: (Value) -> String
        ) {
            guard now != before else { return }
            let word = now.map(words) ?? "not reported"
            sentences.append("\(what) is \(word) now; you saw \(before.map(words) ?? "none").")
        }
        compare("The price", estimate?.total, agreed.estimate?.total) { $0.description }
        sentences += subscriptionDifferences(since: agreed)
        compare("The status of the order", order?.status, agreed.order?.status) { $0.word }
        if case .creditCheck = intent {
            compare("The credit check of the order", order?.creditCheckWord, agreed.order?.creditCheckWord) { $0 }
        }
        if let account, let before = agreed.account { sentences += differences(of: account, since: before) }
        for equal in equalOrders where !agreed.equalOrders.contains(where: { $0.isSame(as: equal) }) {
            sentences.append("An equal \(intent.madeWords) meanwhile, on \(equal.words).")
        }
        for check in checks where check.verdict == .refused || check.verdict == .warning {
            // Equal ones were compared above.
            if check.name == .duplicate { continue }
            let wasAgreed = agreed.checks.contains { $0.text == check.text && $0.verdict == check.verdict }
            if !wasAgreed { sentences.append("\(check.text).") }
        }
        return sentences
    }

    private func subscriptionDifferences(since agreed: DryRun) -> [String] {
        guard let now = subscription, let before = agreed.subscription else { return [] }
        var sentences: [String] = []
        let name = "Subscription \(now.subscription.id)"
        for product in now.products {
            guard let old = before.product(product), old.quantity != product.quantity else { continue }
            let counts = [product.quantity, old.quantity].map { $0.map(String.init) ?? "an unknown number of" }
            sentences.append("\(name) holds \(counts[0]) units of \(product.mpn) now; you saw \(counts[1]).")
        }
        if Set(now.products.map(\.mpn)) != Set(before.products.map(\.mpn)) {
            sentences.append("\(name) holds other products now than you saw.")
        }
        if case .change(_, let changes) = intent, changes.prices != nil {
            sentences += priceDifferences(from: before, to: now)
        }
        let (row, old) = (now.subscription, before.subscription)
        if row.status != old.status {
            sentences.append("\(name) is \(row.status.word) now; you saw \(old.status.word).")
        }
        if row.autoRenews != old.autoRenews {
            let words = [row.autoRenews, old.autoRenews].map { $0.map { $0 ? "on" : "off" } ?? "not reported" }
            sentences.append("Automatic renewal of subscription \(row.id) is \(words[0]) now; you saw \(words[1]).")
        }
        if row.expires != old.expires {
            let days = [row.expires, old.expires].map { $0?.spoken ?? "no day" }
            sentences.append("\(name) ends on \(days[0]) now; you saw \(days[1]).")
        }
        if now.plan != before.plan {
            let plans = [now.plan, before.plan].map { $0?.rawValue ?? "none" }
            sentences.append("The plan of subscription \(row.id) is \(plans[0]) now; you saw \(plans[1]).")
        }
        return sentences
    }

    private func priceDifferences(from before: SubscriptionDetail, to now: SubscriptionDetail) -> [String] {
        now.products.flatMap { product -> [String] in
            guard let old = before.product(product) else { return [] }
            return PriceAnswer.Kind.allCases.compactMap { kind in
                let amounts = [product.amount(kind), old.amount(kind)]
                if amounts[0] == amounts[1] { return nil }
                let words = amounts.map { $0?.words ?? "not reported" }
                return "The \(kind.word) of \(product.mpn) is \(words[0]) now; you saw \(words[1])."
            }
        }
    }

    private func differences(of account: Account, since before: Account) -> [String] {
        let name = "\(account.kind == .reseller ? "reseller" : "customer") \(account.id)"
        var sentences: [String] = []
        if account.status != before.status {
            sentences.append("The status of \(name) is \(account.status.word) now; you saw \(before.status.word).")
        }
        if account.name != before.name {
            sentences.append("The name of \(name) is \(account.name) now; you saw \(before.name).")
        }
        guard case .edit = intent else { return sentences }
        if account.contacts != before.contacts {
            sentences.append("The contact persons of \(name) were changed meanwhile.")
        }
        if account.address != before.address { sentences.append("The address of \(name) was changed meanwhile.") }
        if account.externalID != before.externalID || account.taxRegistration != before.taxRegistration {
            sentences.append("The external id or the tax number of \(name) was changed meanwhile.")
        }
        return sentences
    }
}

extension WriteIntent {
    /// What an equal one made.
    fileprivate var madeWords: String {
        switch self {
        case .create: "account was created"
        case .schedule: "report was asked for"
        case .place, .withdraw, .creditCheck, .change, .edit: "order was placed"
        }
    }
}

extension DryRun.EqualOrder {
    fileprivate func isSame(as other: Self) -> Bool {
        if let order, let id = other.order { return order == id }
        if let entry, let id = other.entry { return entry == id }
        return at == other.at && poNumber == other.poNumber
    }
}
