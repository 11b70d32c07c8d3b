import Marketplace
import Screen

/// The rows that ask for a postal address.
enum AddressFields {
    static let ids = ["street", "addition", "postal", "city", "state", "country"]

    static var rows: [FormField] {
        [
            .text("street", "street", width: 34), .text("addition", "", width: 34, note: "suite, floor, unit"),
            .text("postal", "postcode", width: 12), .text("city", "city", width: 30),
            .text("state", "state", width: 12, note: "only where the country has states"),
            .text("country", "country", width: 4, note: "two letters"),
        ]
    }

    /// The values of the rows for `address`.
    static func values(_ address: Address?) -> [String: String] {
        [
            "street": address?.street ?? "", "addition": address?.addition ?? "", "postal": address?.postalCode ?? "",
            "city": address?.city ?? "", "state": address?.state ?? "", "country": address?.country ?? "",
        ]
    }

    /// The address as the rows say it, or the first thing that is missing or wrong.
    static func address(in fields: FormFields) -> Result<Address, FormProblem> {
        func text(_ row: String) -> String { fields[row].trimmingSpaces() }
        for (row, label) in [("street", "street"), ("postal", "postcode"), ("city", "city")] where text(row).isEmpty {
            return .failure(FormProblem(field: row, text: "The address needs a \(label)."))
        }
        let country = text("country").uppercased()
        if let words = AccountRules.refusal(ofCountry: country) {
            return .failure(FormProblem(field: "country", text: words))
        }
        return .success(
            Address(
                street: text("street"), addition: text("addition").isEmpty ? nil : text("addition"),
                postalCode: text("postal"), city: text("city"), state: text("state").isEmpty ? nil : text("state"),
                country: country))
    }
}
