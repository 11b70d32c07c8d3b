import Marketplace

/// The rules of vendors that come with the program, as the files in `assets/rules` have them. A test holds both together.
enum EmbeddedRules {
    static let vendors = """
        # What vendors let be undone, and until when. One table a vendor; a vendor without one has no rule, and souk says nothing of it.
        #
        # vendor     as the catalogue names it; the table's name where it is left out
        # mpn        how the MPNs begin that the rule is about; all of the vendor where it is left out
        # take-away  how long units can be taken away again after they were bought, renewed or added: hours or days
        # cancel     how long a subscription can be cancelled after it was bought or renewed
        # decide     how long before the day of renewal the last day lies on which the renewal can be changed: days
        # source     where the vendor says so
        # date       when it was read there

        [microsoft]
        mpn = "CFQ7TTC0"
        take-away = "7d"
        cancel = "7d"
        decide = "1d"
        source = "https://learn.microsoft.com/partner-center/customers/new-commerce-cancellation-policy"
        date = 2026-11-27

        [adobe]
        take-away = "14d"
        cancel = "14d"
        source = "https://developer.adobe.com/vipmp/docs/renewals/manual-renewals"
        date = 2026-11-27

        """

    /// Of a vendor that there is in the embedded marketplace only.
    static let sandbox = """
        # The rule of a vendor that there is in the sandbox only.

        [aurora]
        take-away = "7d"
        cancel = "7d"
        decide = "1d"
        source = "invented for the sandbox"
        date = 2026-03-01

        """
}
