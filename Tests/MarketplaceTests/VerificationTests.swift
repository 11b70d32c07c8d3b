import Marketplace
import Testing

/// What is said of an order once it was compared with what it made.
@Suite struct `The words of a verification` {
    private static func units(_ found: String?) -> Verification.Part {
        .init(.units, of: "AUR", asked: "28", found: found, isMet: found == "28")
    }

    private static let advice =
        " Read it again in a moment, and look for another change of it; if it stays so, ask the marketplace's support "
        + "before you change it again."

    @Test(
        arguments: [
            ([units("28")], "Order CH5 completed: subscription 7 holds 28 units now."),
            (
                [.init(.status, asked: "terminated", found: "removed", isMet: true)],
                "Order CH5 completed: subscription 7 is removed."
            ),
            (
                [
                    .init(.plan, asked: "4", found: "4", isMet: true),
                    .init(.term, asked: "1 year", found: "1 year", isMet: true),
                ], "Order CH5 completed: subscription 7 is on plan 4 now, has a term of 1 year now."
            ),
            (
                [.init(.end, asked: "a day after 01 Dec 2026", found: "01 Dec 2027", isMet: true)],
                "Order CH5 completed: subscription 7 ends on 01 Dec 2027 now."
            ),
            ([], "Order CH5 completed, and nothing is amiss."),
        ] as [([Verification.Part], String)])
    func `say what is there`(parts: [Verification.Part], words: String) {
        let found = Verification(order: "CH5", subscription: "7", parts: parts)
        #expect(found.verdict == .met)
        #expect(found.words == words)
        #expect(found.warning == nil)
    }

    @Test(
        arguments: [
            ([units("53")], "subscription 7 holds 53 units of AUR, not the 28 asked for."),
            ([units(nil)], "subscription 7 shows no number of units of AUR, where 28 were asked for."),
            (
                [units("28"), .init(.status, asked: "terminated", found: "active", isMet: false)],
                "subscription 7 is still active."
            ),
            (
                [
                    .init(.plan, asked: "4", found: "3", isMet: false),
                    .init(.term, asked: "1 year", found: nil, isMet: false),
                ], "subscription 7 is on plan 3, where 4 was asked for, and shows no term, where 1 year was asked for."
            ),
        ] as [([Verification.Part], String)])
    func `warn of what is not`(parts: [Verification.Part], words: String) {
        let found = Verification(order: "CH5", subscription: "7", parts: parts)
        #expect(found.verdict == .differs)
        #expect(found.words == "Order CH5 completed, but " + words + Self.advice)
        #expect(found.warning == found.words)
    }

    @Test func `warn of a subscription that could not be read, and not of an order that made nothing`() {
        var found = Verification(.unread, order: "CH5", subscription: "7", reason: "No answer came.")
        #expect(
            found.warning
                == "Order CH5 completed, but subscription 7 could not be read to see it: No answer came.")
        found.verdict = .notCarriedOut
        #expect(found.warning == nil)
    }

    @Test func `warn of an answer before its order has ended`() {
        let difference = Verification.Part(.answeredDifference, of: "AUR", asked: "+3", found: "+28", isMet: false)
        #expect(
            Verification(order: "CH5", subscription: "7", parts: [difference]).warning
                == "The marketplace answered a difference of +28 of AUR, not +3: subscription 7 may come to hold another "
                + "number of units than was asked for. Read it again when the order has ended.")
        let total = Verification.Part(.answeredTotal, of: "AUR", asked: "28", found: "3", isMet: false)
        #expect(
            Verification(order: "CH5", subscription: "7", parts: [total]).warning
                == "The marketplace answered 3 units of AUR from the renewal on, not the 28 asked for. Withdraw the order "
                + "while it is open.")
    }

    @Test func `warn of a subscription that was changed without an order`() {
        let part = Verification.Part(.autoRenewal, asked: "off", found: "on", isMet: false)
        #expect(
            Verification(order: nil, subscription: "7", parts: [part]).warning
                == "Subscription 7 has auto-renew on, where off was asked for." + Self.advice)
    }
}
