/// The rows that are the same in every sandbox, so that people, tests and pictures can point at them.
enum Landmarks {
    // MARK: Catalogue

    static let services: [Service] = [
        Service(
            vendor: "aurora", code: "AURORA_365", title: "Aurora 365",
            terms: [.monthly, .yearlyBilledMonthly, .yearly],
            items: [
                Item(mpn: "AUR-365-BP", name: "Aurora 365 Business Premium", monthly: .cents(2_060)),
                Item(mpn: "AUR-365-BB", name: "Aurora 365 Business Basic", monthly: .cents(560)),
                Item(mpn: "AUR-365-EN", name: "Aurora 365 Enterprise", monthly: .cents(5_190)),
                Item(mpn: "AUR-CALL-INT", name: "Aurora Calling, International", monthly: .cents(1_120), needsItem: 0),
            ]),
        Service(
            vendor: "zenix", code: "ZENIX_ZONE", title: "Zenix Zone Firewall", terms: [.yearlyBilledMonthly],
            items: [Item(mpn: "ZX-1000", name: "Zenix Zone Firewall 1000", monthly: .cents(8_450))]),
        Service(
            vendor: "xylo", code: "XYLO_ANALYTICS", title: "Xylo Analytics", terms: [.yearlyBilledMonthly],
            items: [Item(mpn: "ZX-1000", name: "Xylo Analytics ZX 1000", monthly: .cents(3_900), margin: 22)]),
        Service(
            vendor: "citrine", code: "CITRINE_MAIL", title: "Citrine Mail", terms: [.yearlyBilledMonthly],
            items: [
                Item(mpn: "CIT-MAIL-1", name: "Citrine Mail Hosting", monthly: .cents(310), behaviour: .needsDomain)
            ]),
        Service(
            vendor: "driftwood", code: "DRIFTWOOD_CLOUD", title: "Driftwood Cloud", terms: [.monthly],
            items: [
                Item(mpn: "SLOW-1", name: "Driftwood Dedicated Server", monthly: .cents(9_900), behaviour: .slow),
                Item(mpn: "FAIL-1", name: "Driftwood Legacy Fax", monthly: .cents(1_500), behaviour: .failing),
                Item(mpn: "TIMEOUT-1", name: "Driftwood Archive", monthly: .cents(700), behaviour: .timingOut),
            ]),
        Service(
            vendor: "kestrel", code: "KESTREL_BACKUP", title: "Kestrel Backup", terms: [.yearly],
            items: [
                Item(
                    mpn: "KST-BKP-SRV", name: "Kestrel Backup for Servers", monthly: .cents(1_875), margin: 20,
                    minimum: 5, maximum: 300, hasVolumePrices: true, setup: .cents(12_000))
            ]),
    ]

    /// Catalogue rows of `AUR-365-BP`: 1 month, 1 year billed monthly, 1 year billed yearly.
    static let auroraMonthly = 0
    static let auroraYearlyBilledMonthly = 1
    static let auroraYearly = 2
    static let citrineMail = 14

    // MARK: Accounts

    static let firstReseller = 1_000_100

    static let resellers: [Account] = [
        Account(
            id: firstReseller, reseller: nil, status: .active, name: "Nordwind Handel GmbH",
            address: Address(
                streetAddress: "Speicherstraße 14", addressExtension: "3. OG", postalCode: "20457", city: "Hamburg",
                state: nil, countryCode: "DE"),
            contacts: [
                ContactPerson(
                    role: .admin, firstName: "Jürgen", lastName: "Hansen", email: "hansen@nordwind.example",
                    phoneNumber: "49#40#5550100#"),
                ContactPerson(
                    role: .billing, firstName: "Käthe", lastName: "Brandt", email: "rechnung@nordwind.example",
                    phoneNumber: "49#40#5550101#"),
            ],
            language: "de_DE", externalID: "R-100", taxRegID: "DE000000100", currency: "EUR"),
        Account(
            id: firstReseller + 1, reseller: nil, status: .active, name: "Sierra Peak Cloud",
            address: Address(
                streetAddress: "410 NW Alder Avenue", addressExtension: "Suite 900", postalCode: "97209",
                city: "Portland", state: "OR", countryCode: "US"),
            contacts: [
                ContactPerson(
                    role: .admin, firstName: "Grace", lastName: "Whitaker", email: "grace@sierrapeak.example",
                    phoneNumber: "1#503#5550110#")
            ],
            language: "en_US", externalID: "R-101", taxRegID: "00-0000101", currency: "USD"),
    ]

    /// Newest first: this is the order in which lists show them.
    static let customers: [Account] = [
        Account(
            id: 1_000_412, reseller: 0, status: .active, name: "Jørgensen & Søn A/S",
            address: Address(
                streetAddress: "Vesterbrogade 12", addressExtension: "2. sal", postalCode: "1620",
                city: "København V", state: nil, countryCode: "DK"),
            contacts: [
                ContactPerson(
                    role: .admin, firstName: "Mette", lastName: "Jørgensen", email: "mette@jorgensen.example",
                    phoneNumber: "45#33#550412#"),
                ContactPerson(
                    role: .billing, firstName: "Lars", lastName: "Søndergaard", email: "faktura@jorgensen.example",
                    phoneNumber: "45#33#550413#"),
                ContactPerson(
                    role: .technical, firstName: "Åse", lastName: "Kjær", email: "it@jorgensen.example",
                    phoneNumber: "45#33#550414#"),
            ],
            language: "en_US", externalID: "CRM-0412", taxRegID: "DK00000412"),
        Account(
            id: 1_000_413, reseller: 0, status: .active, name: "作者出版株式会社",
            address: Address(
                streetAddress: "神田神保町 1-7", addressExtension: nil, postalCode: "101-0051", city: "東京都千代田区",
                state: nil, countryCode: "JP"),
            contacts: [
                ContactPerson(
                    role: .admin, firstName: "由美", lastName: "渡辺", email: "watanabe@sakusha.example",
                    phoneNumber: "81#3#55500413#")
            ],
            language: "ja_JP", externalID: "CRM-0413", taxRegID: nil),
        Account(
            id: 1_000_414, reseller: 1, status: .creditHold, name: "Brightwater™ Dental",
            address: Address(
                streetAddress: "88 Market Street", addressExtension: nil, postalCode: "97401", city: "Eugene",
                state: "OR", countryCode: "US"),
            contacts: [
                ContactPerson(
                    role: .admin, firstName: "Priya", lastName: "Patel", email: "priya@brightwater.example",
                    phoneNumber: "1#541#5550414#"),
                ContactPerson(
                    role: .billing, firstName: "Ethan", lastName: "Brooks", email: "accounts@brightwater.example",
                    phoneNumber: "1#541#5550415#"),
            ],
            language: "en_US", externalID: "CRM-0414", taxRegID: "00-0000414"),
        Account(
            id: 1_000_415, reseller: 1, status: .active, name: hostileName,
            address: Address(
                streetAddress: "1 Null Terminator Way", addressExtension: nil, postalCode: "97301", city: "Salem",
                state: "OR", countryCode: "US"),
            contacts: [
                ContactPerson(
                    role: .admin, firstName: "Robert", lastName: "Tables", email: "robert@hostile.example",
                    phoneNumber: "1#503#5550415#")
            ],
            language: "en_US", externalID: "CRM-0415", taxRegID: nil),
    ]

    /// 300 characters with a terminal title escape and a bidi override: a screen must survive them.
    static let hostileName: String = {
        var name = "Hostile \u{1B}]0;you have been renamed\u{07}Holdings \u{202E}gnidart sselmrah\u{202C} "
        let filler = "and a very long name that no column can hold "
        while name.unicodeScalars.count < 300 { name += filler }
        return String(String.UnicodeScalarView(name.unicodeScalars.prefix(300)))
    }()
}
