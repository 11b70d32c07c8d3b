import MarketplaceClient

extension Settings {
    /// What is in force and where each value was set, a line each; of secrets only that they are set.
    var lines: [String] {
        let options = Configuration.commonKeys + Configuration.profileKeys
        let variables = options.compactMap(\.variable).filter { values[$0].filled != nil }
        let width = variables.map(\.count).max() ?? 0
        let rows = variables.map { variable in
            let place = places[variable] ?? "It comes from the environment."
            return variable + String(repeating: " ", count: width - variable.count) + "  \(shown(variable))  \(place)"
        }
        return (profileName.map { ["profile \($0)"] } ?? []) + rows + proxies
            + keys.map { "key \($0.action)  \($0.keys.joined(separator: " "))  It is set in \($0.place)." }
    }

    private func shown(_ variable: String) -> String {
        let value = values[variable] ?? ""
        switch variable {
        case "SOUK_PASSWORD", "SOUK_SUBSCRIPTION_KEY": return "(set, not shown)"
        case "SOUK_BASE_URL" where EnvironmentProfile.Address(value) == nil: return "(not shown: it is no address)"
        default: return value
        }
    }

    /// The way through a proxy, without who goes it.
    private var proxies: [String] {
        let names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]
        let proxies = names.compactMap { name -> String? in
            guard let value = values[name].filled else { return nil }
            if name == "HTTP_PROXY" { return "\(name)  (not read in capitals, as by curl; http_proxy is)" }
            guard (try? ProxySettings(environment: [name: value])) != nil else {
                return "\(name)  (not shown: it is not understood)"
            }
            return "\(name)  " + (value.lastIndex(of: "@").map { "•••" + value[$0...] } ?? value)
        }
        return proxies
            + ["no_proxy", "NO_PROXY"].compactMap { name in values[name].filled.map { "\(name)  \($0)" } }
    }
}
