/// The bodies of requests, as REFERENCE 18 has them. Fields that only answers have are ignored.
extension Shape {
    // MARK: Values

    static let price = object([.required("currency", .text), .required("amount", .decimal)])

    static let tieredPrice = object([
        .required("currency", .text), .required("amount", .decimal),
        .optional(
            "priceTiers", .list(.object([.required("lowerLimit", .text), .required("amount", .text)]))),
    ])

    static let period = object([
        .required("type", .choice(["day", "month", "year", "statement_day", "unknown"])),
        .required("duration", .integer),
    ])

    static let attributes = map(.text)

    static let parameter = object([
        .required("name", .text), .nullable("value", .anything), .nullable("structured_value", .map(.anything)),
    ])

    // MARK: Accounts

    static let tokenRequest = object([.optional("marketplace", .text)])

    private static let address = object([
        .required("streetAddress", .text), .optional("addressExtension", .text), .required("postalCode", .text),
        .required("city", .text), .optional("state", .text), .required("countryCode", .countryCode),
    ])

    private static let contact = object([
        .required("type", .choice(["admin", "billing", "technical"])), .required("firstName", .text),
        .required("lastName", .text), .required("email", .email), .required("phoneNumber", .text),
        .optional("login", .login), .optional("password", .text),
    ])

    private static let accountStatus = choice(["pending", "active", "creditHold", "adminHold", "cancelled", "error"])

    private static let account: [Member] = [
        .optional("externalId", .text), .optional("attributes", attributes), .optional("status", accountStatus),
        .required("name", .text), .required("address", address), .required("contactPersons", .list(contact)),
        .required("language", .text), .optional("taxRegId", .text),
    ]

    static let customer = object(account)

    static let reseller = object(
        account + [
            .required("currency", .text), .optional("taxationProviderName", .text), .optional("customerClass", .text),
        ])

    /// Of customers and resellers alike.
    static let accountUpdate = object([
        .optional("id", .text), .optional("externalId", .text), .optional("name", .text), .optional("taxRegId", .text),
        .optional("status", accountStatus), .optional("address", address),
        .optional("contactPersons", .list(contact)),
    ])

    // MARK: Orders

    static let orderTypes = ["sales", "change", "renewal", "cancellation", "migration", "unknown"]

    static let order = object([
        .optional("type", .choice(orderTypes)), .required("customerId", .text), .nullable("poNumber", .text),
        .optional("attributes", attributes), .optional("autorenewal", .bool), .optional("startDate", .day),
        .optional("migrationDate", .day), .optional("expirationDate", .day), .optional("migrationProgram", .text),
        .optional("planId", .text), .optional("subscriptionPeriod", period), .optional("scheduledOn", .text),
        .optional("upgradeStartType", .text), .optional("products", .list(orderLine)),
        .optional("subscriptionId", .text), .optional("targetSubscriptionId", .text),
        .optional("billingModel", .choice(billingModels)), .optional("subscriptions", .list(.map(.anything))),
        .optional("alignExpirationDate", alignment), .optional("placementType", .choice(["MOVE"])),
        .optional("vendorBillingSettings", .object([.required("vendorBillingPeriod", period)])),
    ])

    private static let billingModels = [
        "chargeBeforeBillingPeriod", "chargeAfterBillingPeriod", "chargeBeforeSubscriptionPeriod",
        "chargeExternalRating", "unknown",
    ]

    private static let alignment = object([
        .optional(
            "alignmentType",
            .choice(["CO_TERM_ON_SUBSCRIPTION", "MATCH_END_OF_CALENDAR_MONTH", "CO_TERM_PARTIAL_UPGRADE"])),
        .optional("subscriptionId", .integer),
    ])

    private static let lineTypes = [
        "CREATE", "RENEW", "CANCEL", "UPGRADE", "CHANGE_PLAN_PERIOD", "TRANSFER", "STOP_SERVICE", "DESTROY_SERVICE",
        "ONE_TIME_FEE", "BILLING_SUBSCRIPTION", "VENDOR_RATED_DATA", "MIGRATION", "MOVE",
    ]

    private static let orderLine = object([
        .optional("mpn", .text), .optional("vendor", .text), .optional("id", .text),
        .optional("billingPeriod", period), .optional("subscriptionPeriod", period), .optional("newMPN", .text),
        .optional("newId", .text), .optional("quantity", .quantity), .optional("specialPrice", tieredPrice),
        .optional("specialCost", price), .optional("specialProviderCost", price), .optional("deals", deals),
        .optional("subscriptionId", .text), .optional("targetSubscriptionId", .text),
        .optional("parameters", .list(parameter)), .optional("newProductId", .text),
        .optional("type", .choice(lineTypes)), .optional("newSubscription", newSubscription),
        .optional("margins", margins), .optional("vendorRatedExtendedCost", price),
        .optional("vendorDiscounts", .list(vendorDiscount)),
        .optional(
            "vendorAlreadyAccountedTcvs",
            .list(.object([.optional("sellerId", .text), .optional("buyerId", .text), .optional("tcv", price)]))),
    ])

    private static let newSubscription = object([
        .optional("id", .number), .optional("coterming", .bool), .optional("type", .choice(["NEW", "EXISTING"])),
    ])

    // MARK: What only providers send with a line; its shape is checked, its content has no effect here

    private static let dealPrice = object([
        .required("currency", .text), .required("amount", .decimal),
        .required(
            "type",
            .choice(["TRANSFER", "SETUP", "RECURRING", "RENEWAL", "OVERUSE", "setup", "recurring", "renewal"])),
    ])

    private static let deals = object([
        .required("freezePrices", .bool),
        .required(
            "agreements",
            .list(
                .object([
                    .optional("sellerId", .text), .optional("buyerId", .text), .optional("prices", .list(dealPrice)),
                    .optional("priceTerm", period),
                    .optional(
                        "discounts",
                        .list(
                            .object([
                                .required("applicableTo", .list(.choice(["SALES", "RENEWAL", "SWITCH_PLAN"]))),
                                .required("prices", .list(dealPrice)),
                            ]))),
                ]))),
    ])

    private static let marginRate = object([.required("original", .text), .required("new", .text)])

    private static let margins = object([
        .required("priceModel", .choice(["MSRP", "COS", "UNKNOWN"])), .required("totalRate", marginRate),
        .required(
            "rates",
            .list(
                .object([.optional("sellerId", .text), .optional("buyerId", .text), .optional("rate", marginRate)]))),
        .optional(
            "attributes",
            .list(
                .object([
                    .optional("attribute", .text), .optional("attributeValue", .text), .optional("totalMargin", .text),
                    .optional("resellerMargin", .text),
                ]))),
    ])

    private static let vendorDiscount = object([
        .optional("sellerId", .text), .optional("buyerId", .text),
        .optional(
            "discount",
            .object([
                .optional("discountPercentage", .text), .optional("discountedUnitPrice", .text),
                .optional("effectiveStartDate", .day), .optional("effectiveEndDate", .day),
                .optional(
                    "totalAbsDiscount",
                    .object([
                        .required("frequency", .choice(["DAILY", "MONTHLY", "YEARLY"])), .required("value", .text),
                    ])),
                .optional("validity", period),
            ])),
    ])

    // MARK: The rest

    static let orderUpdate = object([.optional("creditCheck", .bool), .optional("statusCode", .text)])

    private static let priceUpdate = object([
        .optional("mpn", .text), .optional("id", .text), .optional("unitPrice", tieredPrice),
        .optional("unitCost", tieredPrice), .optional("unitProviderCost", tieredPrice),
    ])

    static let subscriptionUpdate = object([
        .optional("products", .list(priceUpdate)), .optional("attributes", attributes),
        .optional("renewalStatus", .bool),
    ])

    static let specialPricing = object([.required("products", .list(priceUpdate))])

    static let validation = object([
        .required("customerId", .text), .optional("type", .choice(orderTypes)),
        .required(
            "products",
            .list(
                .object([
                    .optional("id", .text), .optional("mpn", .text), .optional("vendor", .text),
                    .optional("billingPeriod", period), .optional("subscriptionPeriod", period),
                    .optional("quantity", .integer), .optional("draftRequestId", .text),
                    .required("parameters", .list(parameter)),
                ]))),
    ])

    static let report = object([
        .required("name", .text), .optional("customizationName", .text),
        .optional("format", .choice(["csv", "xml", "xlsx", "json", "unknown", "CSV", "XML", "XLSX", "JSON"])),
        .required("startDate", .moment), .optional("endDate", .moment), .optional("downloadUrl", .text),
    ])
}
