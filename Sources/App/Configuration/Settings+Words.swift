extension Settings {
    /// What is in force and where each value was set, a line each; of secrets only that they are set.
    var lines: [String] {
        let known = Configuration.commonKeys + Configuration.profileKeys
        let variables = known.compactMap(\.variable).filter { values[$0].filled != nil }
        let width = variables.map(\.count).max() ?? 0
        let rows = variables.map { variable in
            let isSecret = ["SOUK_PASSWORD", "SOUK_SUBSCRIPTION_KEY"].contains(variable)
            let value = isSecret ? "(set, not shown)" : values[variable] ?? ""
            let place = places[variable] ?? "It comes from the environment."
            return variable + String(repeating: " ", count: width - variable.count) + "  \(value)  \(place)"
        }
        return (profileName.map { ["profile \($0)"] } ?? []) + rows
            + keys.map { "key \($0.action)  \($0.keys.joined(separator: " "))  It is set in \($0.place)." }
    }
}
