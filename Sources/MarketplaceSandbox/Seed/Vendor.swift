/// A made-up maker of products.
struct Vendor: Sendable {
    var id: String
    var display: String
    var letters: String
    /// Begins the codes of its services.
    var code: String

    init(_ display: String) {
        self.display = display
        id = String(display.lowercased().map { $0 == " " ? "-" : $0 })
        code = id.uppercased()
        letters = String(display.uppercased().filter { $0 != " " }.prefix(3))
    }

    static let all: [Vendor] = [
        "Nimbora", "Tessera", "Quillon", "Brightlane", "Opaline", "Corvid Labs", "Stormglass", "Velora", "Hexaline",
        "Pinnadata", "Larkspur", "Ironquay", "Umbrastack", "Fjordline", "Palisade Nine", "Koralle", "Mirador",
        "Sundial Works", "Ravelin", "Calypta", "Octavium", "Tidewater Soft", "Zephyron", "Grovenet", "Amberwick",
        "Nordspan", "Lumenforge", "Wayfarer", "Cobaltine", "Everstone", "Basaltic", "Novabeam", "Silverfen",
        "Trellis Park", "Juniper Row", "Halcyon Bay", "Drumlin", "Pelagia",
    ].map(Vendor.init)
}
