import FoundationEssentials
import Marketplace

/// What an order asked for, part by part, against what the subscription holds.
extension AskedOrder {
    /// Whether the subscription shows what it made, once it has ended. One that waits for the renewal makes nothing
    /// before.
    var isVerifiable: Bool {
        guard subscription != nil, !waitsForRenewal else { return false }
        return switch kind {
        case .change: isPlanSwitch || lines.contains { $0.quantity != nil }
        case .renewal, .cancellation: true
        case .sales, .migration, .other: false
        }
    }

    /// - Parameters:
    ///   - order: The order, which is completed.
    ///   - detail: The subscription, read after that.
    ///   - endedOn: The day on which it ended before.
    func verification(of order: Order, by detail: SubscriptionDetail, endedOn: CalendarDate?) -> Verification {
        let row = detail.subscription
        var parts: [Verification.Part] = []
        switch kind {
        case .change where order.scheduledOn != nil: break
        case .change:
            if let plan {
                parts.append(
                    .init(.plan, asked: plan.rawValue, found: detail.plan?.rawValue, isMet: detail.plan == plan))
            }
            if let period {
                parts.append(
                    .init(
                        .term, asked: period.spoken, found: row.subscriptionPeriod?.spoken,
                        isMet: row.subscriptionPeriod == period))
            }
            if !isPlanSwitch { parts += lines.compactMap { $0.units(in: detail) } }
            if isAligned, let end = order.alignedEnd { parts.append(.end(end, row)) }
        case .cancellation:
            parts.append(.init(.status, asked: "terminated", found: row.status.word, isMet: row.hasEnded))
        case .renewal:
            if let endedOn {
                parts.append(
                    .init(
                        .end, asked: "a day after \(endedOn.spoken)", found: row.expires?.spoken,
                        isMet: row.expires.map { $0 > endedOn } ?? false))
            } else if row.hasEnded {
                parts.append(.init(.status, asked: "active", found: row.status.word, isMet: false))
            }
        case .sales, .migration, .other: break
        }
        return Verification(order: order.shownNumber, subscription: row.id, parts: parts)
    }
}

extension AskedOrder.Line {
    /// The units of the product that the line names: by its id, or by MPN and vendor, for an MPN alone is not unique.
    fileprivate func units(in detail: SubscriptionDetail) -> Verification.Part? {
        guard let quantity else { return nil }
        let held = detail.product(
            SubscriptionProduct(product: product, mpn: mpn, vendor: vendor ?? "", name: ""))
        return Verification.Part(
            .units, of: mpn, asked: quantity.grouped(fractionDigits: 0),
            found: held?.quantity.map { Decimal($0).grouped(fractionDigits: 0) },
            isMet: held?.quantity.map { Decimal($0) == quantity } ?? false)
    }
}

extension Verification.Part {
    fileprivate static func end(_ asked: CalendarDate, _ row: Subscription) -> Self {
        Self(.end, asked: asked.spoken, found: row.expires?.spoken, isMet: row.expires == asked)
    }
}

extension ChangeOrder {
    /// What the answer says that was not asked for; nil when it agrees, or says nothing.
    func verification(byAnswer order: Order, held: SubscriptionDetail?) -> Verification? {
        for line in lines {
            guard
                let answered = order.lines.first(where: { answered in
                    answered.mpn == line.product.mpn
                        && (answered.vendor == nil || line.product.vendor.isEmpty
                            || answered.vendor == line.product.vendor)
                })
            else { continue }
            let part: Verification.Part
            switch order.meaning(ofQuantityIn: answered) {
            case .difference(let answered):
                guard let before = held?.product(line.product)?.quantity else { continue }
                let meant = line.quantity.difference(from: before)
                part = .init(
                    .answeredDifference, of: line.product.mpn, asked: meant.description, found: answered.description,
                    isMet: answered == meant)
            case .totalAtRenewal(let total):
                part = .init(
                    .answeredTotal, of: line.product.mpn,
                    asked: Decimal(line.quantity.total).grouped(fractionDigits: 0),
                    found: total.grouped(fractionDigits: 0), isMet: total == Decimal(line.quantity.total))
            case .units, nil: continue
            }
            if !part.isMet {
                return Verification(order: order.shownNumber, subscription: subscription, parts: [part])
            }
        }
        return nil
    }
}

extension SubscriptionChanges {
    /// What the subscription shows that was not asked for; nil when it agrees.
    func verification(by detail: SubscriptionDetail) -> Verification? {
        guard let autoRenews, detail.subscription.autoRenews != autoRenews else { return nil }
        func word(_ isOn: Bool) -> String { isOn ? "on" : "off" }
        return Verification(
            order: nil, subscription: detail.subscription.id,
            parts: [
                .init(
                    .autoRenewal, asked: word(autoRenews), found: detail.subscription.autoRenews.map(word),
                    isMet: false)
            ])
    }
}
