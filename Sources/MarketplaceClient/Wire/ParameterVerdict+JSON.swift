import Marketplace

extension ParameterVerdict {
    /// Every verdict in a validation answer: grouped by product, or flat as version 1.1 wrote them (REFERENCE 12).
    static func all(in answer: JSONValue) -> [ParameterVerdict] {
        let data = answer["data"].isNull ? answer : answer["data"]
        return data.elements.flatMap { row -> [ParameterVerdict] in
            let parameters = row["parameters"]
            // A product that needs no parameters has a row without any.
            if parameters.isNull { return row["name"].isNull ? [] : [ParameterVerdict(row)].compactMap(\.self) }
            return parameters.elements.compactMap(ParameterVerdict.init)
        }
    }

    private init?(_ json: JSONValue) {
        guard case .object = json else { return nil }
        let accepted = json["result"].text.map { $0.lowercased() == "success" } ?? json["valueError"].isNull
        self.init(
            name: json["name"].text ?? "", isAccepted: accepted,
            message: accepted
                ? json["message"].filledText : json["message"].filledText ?? json["valueError"].filledText,
            choices: json["valueChoices"].elements.compactMap {
                $0["value"].filledText ?? $0["label"].filledText ?? $0.filledText
            })
    }
}
