import Marketplace
import MarketplaceClient
import Rows
import Screen

enum ProductsNoun: Noun {
    typealias Row = Product

    static let words = NounWords(
        plural: "products", singular: "product", argument: "ID",
        listSummary: "List the catalogue: MPN, vendor, term, price and cost.",
        showSummary:
            "Show one product with its prices, limits and terms. The catalogue is read until it is found: --mpn "
            + "makes that one call.",
        listCalls: "p", showCalls: "p",
        examples: [
            "souk products list --mpn AUR-365-BP", "souk products list --filter 'vendor:aurora price<20' --sort price",
        ],
        showExamples: ["souk products show CAT-000018", "souk products show CAT-000002 --mpn AUR-365-BP --json"])

    static let filters: [NounFilter<ProductQuery>] = [
        NounFilter("mpn", "MPN", "Of this manufacturer part number, whole.") { $0.mpn = $1.text },
        NounFilter("vendor", "VENDOR", "Of this vendor, whole.") { $0.vendor = $1.text },
        NounFilter("service", "NAME", "Of this service, whole.") { $0.serviceName = $1.text },
        NounFilter("name", "TEXT", "Names that contain it, in any case.") { $0.name = $1.text },
    ]

    static let everything = ProductQuery()

    private static let charge = Shape<Charge>([
        Shape.part("kind", .word(["recurring", "setup", "overuse"]), null: false) { .plainWord($0.kind.wire) },
        Shape.part("amount", .money, null: false) { .money($0.amount) },
        Shape.part("fromUnits", .decimal) { .number($0.fromQuantity) },
    ])

    static let fields: [Field<Product>] = [
        Field("id", .id, null: false, .always, .init("id", usual: true, screen: true)) { row, _ in .id(row.id) },
        Field("mpn", .text, null: false, .always, .init("mpn", usual: true, screen: true)) { row, _ in
            .string(row.mpn)
        },
        Field("vendor", .text, null: false, .always, .init("vendor", usual: true, screen: true)) { row, _ in
            .string(row.vendor)
        },
        Field("name", .text, null: false, .always, .init("product", usual: true, screen: true)) { row, _ in
            .string(row.name)
        },
        Field("service", .text, .always, .init("service")) { row, _ in .text(row.serviceName) },
        Field(
            "term", .period, .always,
            .init("term", usual: true, screen: true) { row, _ in
                (termAndBilling(term: row.subscriptionPeriod, billing: row.billingPeriod), .plain)
            }
        ) { row, _ in .period(row.subscriptionPeriod) },
        Field("billing", .period, .always, .init("billing", usual: true)) { row, _ in .period(row.billingPeriod) },
        Field(
            "price", .money, .always, .init("price", "PRICE/UNIT", usual: true, screen: true, right: true)
        ) { row, _ in .money(row.price) },
        Field(
            "cost", .money, .always, .init("cost", "COST/UNIT", usual: true, screen: true, right: true)
        ) { row, _ in .money(row.cost) },
        Field("prices", .list(charge.type), null: false) { row, _ in charge.list(row.prices) },
        Field("costs", .list(charge.type), null: false) { row, _ in charge.list(row.costs) },
        Field("minimumUnits", .decimal) { row, _ in .number(row.minimumQuantity) },
        Field("maximumUnits", .decimal) { row, _ in .number(row.maximumQuantity) },
        Field("billingModel", .word([])) { row, _ in .plainWord(row.billingModel) },
        Field("coterming", .word(["ALLOWED", "MANDATORY", "RESTRICTED"])) { row, _ in .plainWord(row.coterming) },
        Field("cotermingWith", .word(["SUBSCRIPTION", "END_OF_MONTH"])) { row, _ in .plainWord(row.cotermingType) },
        Field("dependsOn", .list(.text), null: false) { row, _ in .texts(row.dependsOn) },
    ]

    static func paneColumns(_ facts: Facts) -> [ListColumn<Product>] {
        let own = Set(columns.compactMap { $0.column?.name })
        return ListColumn<Product>.products.filter { own.contains($0.name) }
    }
    static func open(_ query: ProductQuery, _ client: Client, limit: Int?) -> [PageStream<Product>] {
        [PageStream(client.pages(of: .products(query), limit: limit))]
    }
    static func answers(_ row: Product, _ query: ProductQuery, _ client: Client) -> Bool {
        client.answers(row, .products(query))
    }
    static func id(of row: Product) -> String { row.id.rawValue }

    static func find(_ argument: String, _ session: ReadSession) async throws -> (row: Product, details: [Detail]) {
        let id = argument.hasPrefix("id:") ? String(argument.dropFirst(3)) : argument
        let query = ProductQuery(mpn: session.arguments.value("mpn"))
        guard let row = try await session.rows(of: .products(query), until: { $0.id.rawValue == id }).first else {
            throw CommandError(
                .notFound, "the catalogue has no product \(id)\(query.mpn.map { " of MPN \($0)" } ?? "").",
                hint: "souk products list shows those you may sell.")
        }
        return (row, [])
    }
}
