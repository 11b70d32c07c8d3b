/// Activation parameters: which products need some, and whether what was given will do (REFERENCE 12).
enum ParameterCheck {
    struct Verdict {
        var name: String
        var value: JSONValue?
        /// Why the value will not do; nil when it will.
        var complaint: String?
    }

    /// A verdict on each parameter given, and on each that is missing. Names are case-sensitive.
    static func verdicts(_ parameters: [Fields], of product: Product) throws(Refusal) -> [Verdict] {
        var verdicts: [Verdict] = []
        for parameter in parameters {
            let name = try parameter.requiredText("name")
            verdicts.append(Verdict(name: name, value: parameter.raw("value")))
        }
        guard product.item.behaviour == .needsDomain else { return verdicts }
        if let index = verdicts.firstIndex(where: { $0.name == "domain" }) {
            verdicts[index].complaint = complaint(aboutDomain: verdicts[index].value?.text ?? "")
        } else {
            verdicts.append(Verdict(name: "domain", complaint: "Parameter domain is required"))
        }
        return verdicts
    }

    /// - Throws: a refusal with the first complaint.
    static func require(_ parameters: [Fields], of product: Product, at line: Fields) throws(Refusal) {
        for verdict in try verdicts(parameters, of: product) {
            guard let complaint = verdict.complaint else { continue }
            throw .badRequest("\(line.name("parameters")): \(verdict.name): \(complaint)")
        }
    }

    /// Domains below `.example` exist for this marketplace, others do not.
    private static func complaint(aboutDomain domain: String) -> String? {
        let labels = domain.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        let isDomain =
            labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0 == "-" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
            }
        guard isDomain else { return domain.isEmpty ? "Domain must not be empty" : "Domain \(domain) is not valid" }
        return labels.last == "example" ? nil : "Domain \(domain) does not exist"
    }
}
