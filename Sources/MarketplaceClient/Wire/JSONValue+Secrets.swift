import Marketplace

extension JSONValue {
    /// The same with every secret replaced: members whose names speak of one, and the values of parameters whose names
    /// do (`{"name": "admin_password", "value": …}`).
    var withoutSecrets: JSONValue {
        switch self {
        case .object(let members):
            let isSecretParameter = self["name"].text?.speaksOfSecret ?? false
            return .object(
                members.map { member in
                    let hides =
                        member.name.speaksOfSecret
                        || isSecretParameter && (member.name == "value" || member.name == "structured_value")
                    return Member(name: member.name, value: hides ? .string("•••") : member.value.withoutSecrets)
                })
        case .array(let elements): return .array(elements.map(\.withoutSecrets))
        default: return self
        }
    }
}
