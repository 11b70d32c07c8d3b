/// What speaks for and against other prices and attributes of a subscription.
extension WriteChecks {
    mutating func check(_ prices: [SpecialPrice], of row: Subscription) {
        guard let detail = facts.subscription else { return }
        let answer = PriceAnswer(prices, of: detail)
        for stranger in answer.strangers { refuse("Subscription \(row.id) holds no \(stranger.words)", .notHeld) }
        guard !answer.parts.isEmpty else {
            if answer.strangers.isEmpty {
                refuse("Subscription \(row.id) has these prices already", .unchanged)
            }
            return
        }
        for warning in answer.warnings { warn(warning.text, warning.name) }
        for gap in answer.gaps { note(gap) }
    }

    /// - Parameter before: Those that `attributes` were made of.
    mutating func check(_ attributes: Attributes, madeOf before: Attributes?, of row: Subscription) {
        let now = facts.subscription?.attributes
        if let before, let now, before != now {
            refuse("The attributes of subscription \(row.id) were changed meanwhile: begin again", .changedMeanwhile)
        } else if attributes == now {
            refuse("Subscription \(row.id) has these attributes already", .unchanged)
        }
        // The journal hides such a value, so that nothing could be looked up by it.
        for name in attributes.keys.sorted() where name.speaksOfSecret {
            refuse(
                "The attribute \(name) speaks of a secret, which the journal does not keep: change the attributes of "
                    + "subscription \(row.id) in the panel", .secretAttribute)
        }
    }
}
