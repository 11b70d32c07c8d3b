import Marketplace

/// Takes out of what a support desk is given who it is about. Only what is technical by its name stays; everything else
/// is taken for personal.
struct PersonalData {
    static let mask = "•••"

    /// Members and query parameters whose values are about no person.
    private static let technical: Set<String> = [
        "alignExpirationDate", "alignmentType", "amount", "billingPeriod", "creationDateFrom", "creationDateTo",
        "creationTimeFrom", "creationTimeTo", "creditCheck", "currency", "customerId", "duration", "endDate",
        "expirationDate", "format", "from", "id", "limit", "marketplace", "migrationDate", "mpn", "offset",
        "orderNumber", "orderType", "period", "planId", "poNumber", "price", "productId", "quantity", "renewalStatus",
        "resellerId", "scheduledOn", "startDate", "status", "statusCode", "subscriptionId", "subscriptionPeriod",
        "tier", "to", "type", "unit", "unitCost", "unitPrice", "unitProviderCost", "upgradeStartType", "vendor",
    ]

    /// Lists of named values, where the names are the vendor's.
    private static let named: Set<String> = ["parameters", "orderParameters", "fulfillmentParameters"]

    /// What was taken out so far, so that it goes from sentences about it too.
    private(set) var hidden: Set<String> = []

    mutating func hide(_ text: String) {
        // Shorter ones are parts of ordinary words.
        if text.count >= 3 { hidden.insert(text) }
    }

    mutating func masked(_ json: JSONValue, of name: String = "", in list: String = "") -> JSONValue {
        switch json {
        case .null, .bool: return json
        case .array(let elements): return .array(elements.map { masked($0, of: name, in: list) })
        case .object(let members):
            return .object(
                members.map { member in
                    JSONValue.Member(name: member.name, value: masked(member.value, of: member.name, in: name))
                })
        case .number, .string:
            let isName = name == "name" && Self.named.contains(list)
            if isName || Self.technical.contains(name) { return json }
            if case .string(let text) = json { hide(text) }
            return .string(Self.mask)
        }
    }

    /// A sentence without what was taken out elsewhere, and without e-mail addresses.
    func masked(_ sentence: String) -> String {
        let longestFirst = hidden.sorted { $0.utf8.count > $1.utf8.count }
        let bytes = longestFirst.reduce(Array(sentence.utf8)) {
            $0.replacing(Array($1.utf8), with: Array(Self.mask.utf8))
        }
        return Self.withoutAddresses(String(decoding: bytes, as: UTF8.self))
    }

    private static func withoutAddresses(_ text: String) -> String {
        var result = ""
        var word = ""
        func flush() {
            result += word.contains("@") ? mask : word
            word = ""
        }
        for character in text {
            if character.isWhitespace || "<>()[]{}\",;:'".contains(character) {
                flush()
                result.append(character)
            } else {
                word.append(character)
            }
        }
        flush()
        return result
    }

    /// A path with its query: only values of technical parameters stay.
    static func masked(path: String) -> String {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return path }
        let pairs = parts[1].split(separator: "&").map { pair -> String in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = sides.first, sides.count == 2, !technical.contains(String(name)) else {
                return String(pair)
            }
            return "\(name)=\(mask)"
        }
        return parts[0] + "?" + pairs.joined(separator: "&")
    }
}
