import Marketplace

/// Dates of a subscription by what happens on them, so that no two of them are taken for one.
extension Subscription {
    /// The day on which automatic renewal acts; nil where it is off, or where no date is reported.
    var renewalDay: CalendarDate? { autoRenews == true ? (renews ?? expires)?.real : nil }

    /// The last day of the term; nil where none is reported, or where there is no end.
    var termEnd: CalendarDate? { expires?.real }

    /// `renews 30 Nov 2026`, `term ends 02 Dec 2026`: in this order, as far as they are reported.
    var dateWords: [String] {
        if let expires, expires.standsForNone { return ["no end"] }
        var words: [String] = []
        if let day = renewalDay { words.append("renews \(day.spoken)") }
        if let day = termEnd { words.append("\(autoRenews == false ? "ends" : "term ends") \(day.spoken)") }
        return words
    }

    /// The next date that has a name: the renewal, else the end.
    var nextWords: String? { dateWords.first }

    /// `1 year, paid monthly`.
    var termWords: String {
        [subscriptionPeriod?.spoken, billingPeriod.map { "paid \($0.rhythm)" }].compactMap(\.self)
            .joined(separator: ", ")
    }
}
