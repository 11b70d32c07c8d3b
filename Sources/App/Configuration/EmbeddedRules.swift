import Marketplace

/// The rules of vendors that come with the program: what the files in `assets/rules` say, ready to use. A test holds both
/// together.
enum EmbeddedRules {
    static let vendors = [
        VendorRuleTable(
            name: "microsoft",
            rule: VendorRule(
                vendor: "microsoft", mpnPrefix: "CFQ7TTC0", hoursToTakeAway: 168, hoursToCancel: 168, daysToDecide: 1,
                source: "https://learn.microsoft.com/partner-center/customers/new-commerce-cancellation-policy",
                date: CalendarDate(daysSince1970: 20_784))),
        VendorRuleTable(
            name: "adobe",
            rule: VendorRule(
                vendor: "adobe", hoursToTakeAway: 336, hoursToCancel: 336,
                source: "https://developer.adobe.com/vipmp/docs/renewals/manual-renewals",
                date: CalendarDate(daysSince1970: 20_784))),
    ]

    /// Of a vendor that there is in the embedded marketplace only.
    static let sandbox = [
        VendorRuleTable(
            name: "aurora",
            rule: VendorRule(
                vendor: "aurora", hoursToTakeAway: 168, hoursToCancel: 168, daysToDecide: 1,
                source: "invented for the sandbox", date: CalendarDate(daysSince1970: 20_513)))
    ]
}
