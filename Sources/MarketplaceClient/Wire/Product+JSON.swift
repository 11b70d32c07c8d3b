import FoundationEssentials
import Marketplace

extension Product {
    /// A catalogue row (REFERENCE 8). A maximum below zero means unlimited (REFERENCE 16, row 12).
    init?(_ json: JSONValue) {
        let (mpn, vendor) = (json["mpn"].text ?? "", json["vendor"].text ?? "")
        let (term, billing) = (json["subscriptionPeriod"].period, json["billingPeriod"].period)
        let catalogueID: ID? = json["id"].identifier()
        guard
            let id = catalogueID
                ?? Self.key(mpn: mpn, vendor: vendor, subscriptionPeriod: term, billingPeriod: billing)
        else { return nil }
        let maximum = json["maximumQuantity"].decimal
        self.init(
            id: id, mpn: mpn, vendor: vendor, name: json["name"].text ?? "",
            serviceName: json["serviceName"].filledText, minimumQuantity: json["minimumQuantity"].decimal,
            maximumQuantity: maximum.flatMap { $0 < 0 ? nil : $0 },
            prices: json["prices"].elements.compactMap(Charge.init),
            costs: json["costs"].elements.compactMap(Charge.init), billingPeriod: billing,
            subscriptionPeriod: term, billingModel: json["billingModel"].filledText,
            dependsOn: json["dependsOn"].elements.compactMap {
                $0["mpn"].filledText ?? $0["id"].filledText ?? $0.filledText
            },
            coterming: json["coterming"]["required"].filledText, cotermingType: json["coterming"]["type"].filledText)
        hasCatalogueID = catalogueID != nil
    }
}

extension Charge.Kind {
    /// As the marketplace writes it.
    package var wire: String { word }
}

extension Charge {
    fileprivate init?(_ json: JSONValue) {
        guard let amount = json.money else { return nil }
        let type = json["type"].text ?? ""
        let kind: Kind =
            switch type.lowercased() {
            case "recurring": .recurring
            case "setup": .setup
            case "overuse": .overuse
            default: .other(type)
            }
        self.init(kind: kind, amount: amount, fromQuantity: json["lowerLimit"].decimal)
    }
}
