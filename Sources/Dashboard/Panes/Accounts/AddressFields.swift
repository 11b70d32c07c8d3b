import Marketplace
import Screen

/// The rows that ask for a postal address.
enum AddressFields {
    static let ids = ["street", "addition", "postal", "city", "state", "country"]

    /// All of them, in the order of an address.
    static var rows: [FormField] {
        [
            .text("street", "street", width: 34), addition, .text("postal", "postcode", width: 12),
            .text("city", "city", width: 30), state, country(""),
        ]
    }

    /// Those that every address needs, with what is still to be filled in.
    static func needed(_ fields: FormFields) -> [FormField] {
        [
            .text("street", "street", width: 34, note: fields.requirement("street")),
            .text("postal", "postcode", width: 12, note: fields.requirement("postal")),
            .text("city", "city", width: 30, note: fields.requirement("city")),
        ]
    }

    static let addition = FormField.text("addition", "suite", width: 34, note: "optional: floor")
    static let state = FormField.text("state", "state", width: 12, note: "only where the country has states")

    /// - Parameter proposal: The code of a country, or nothing.
    static func country(_ proposal: String, note: String = "its name, or two letters") -> FormField {
        .text("country", "country", Country.name(of: proposal), width: 20, note: note)
    }

    /// The country that is typed, by name or code; nil while it is none.
    static func country(in fields: FormFields) -> Country? { Country(typed: fields["country"]) }

    /// Its code: also one that no list has, which the marketplace may know.
    private static func countryCode(in fields: FormFields) -> String {
        country(in: fields)?.code ?? fields["country"].trimmingSpaces().uppercased()
    }

    /// The values of the rows for `address`.
    static func values(_ address: Address?) -> [String: String] {
        [
            "street": address?.street ?? "", "addition": address?.addition ?? "", "postal": address?.postalCode ?? "",
            "city": address?.city ?? "", "state": address?.state ?? "",
            "country": address.map { Country.name(of: $0.country) } ?? "",
        ]
    }

    /// All that is missing or wrong.
    static func problems(in fields: FormFields) -> [FormProblem] {
        var problems: [FormProblem] = []
        for (row, label) in [("street", "street"), ("postal", "postcode"), ("city", "city")]
        where fields[row].trimmingSpaces().isEmpty {
            problems.append(FormProblem(field: row, text: "The address needs a \(label).", short: "required"))
        }
        if AccountRules.refusal(ofCountry: countryCode(in: fields)) != nil {
            let isEmpty = fields["country"].trimmingSpaces().isEmpty
            problems.append(
                FormProblem(
                    field: "country", text: "Give a country by its name or its two letters, such as Denmark or DK.",
                    short: isEmpty ? "required" : "no such country"))
        }
        return problems
    }

    /// The address as the rows say it, or the first thing that is missing or wrong.
    static func address(in fields: FormFields) -> Result<Address, FormProblem> {
        func text(_ row: String) -> String { fields[row].trimmingSpaces() }
        if let problem = problems(in: fields).first { return .failure(problem) }
        return .success(
            Address(
                street: text("street"), addition: text("addition").isEmpty ? nil : text("addition"),
                postalCode: text("postal"), city: text("city"), state: text("state").isEmpty ? nil : text("state"),
                country: countryCode(in: fields)))
    }
}
