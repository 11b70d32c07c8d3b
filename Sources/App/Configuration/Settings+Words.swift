import Dashboard
import MarketplaceClient

extension Settings {
    /// A value in force: of a secret only that it is set.
    struct Row: Equatable {
        var variable: String
        /// Nil where it is not shown.
        var value: String?
        /// In the place of a value that is not shown.
        var note = ""
        /// Where it was set, as a sentence.
        var place: String
        var shown: String { value ?? "(\(note))" }
    }

    /// What is in force and where each value was set; of secrets only that they are set.
    var rows: [Row] {
        let options = Configuration.commonKeys + Configuration.profileKeys
        return options.compactMap(\.variable).filter { values[$0].filled != nil }.map { variable in
            var row = Row(
                variable: variable, value: values[variable],
                place: places[variable] ?? "It comes from the environment.")
            switch variable {
            case "SOUK_PASSWORD", "SOUK_SUBSCRIPTION_KEY": (row.value, row.note) = (nil, "set, not shown")
            case "SOUK_BASE_URL" where EnvironmentProfile.Address(row.value ?? "") == nil:
                (row.value, row.note) = (nil, "not shown: it is no address")
            default: break
            }
            return row
        }
    }

    /// The same as lines, with proxies and keys.
    var lines: [String] {
        let rows = rows
        let width = rows.map(\.variable.count).max() ?? 0
        let lines = rows.map { row in
            row.variable + String(repeating: " ", count: width - row.variable.count) + "  \(row.shown)  \(row.place)"
        }
        return (profileName.map { ["profile \($0)"] } ?? []) + lines + proxies.map(\.line)
            + keys.map { "key \($0.action)  \($0.keys.joined(separator: " "))  It is set in \($0.place)." }
    }

    /// The saved views, each with what is wrong with it. A bundle for a support desk has none of them: a filter may hold
    /// the name of a customer.
    var viewLines: [String] {
        views.enumerated().map { place, view in
            let content = view.content
            let parts =
                [content.view, content.filter]
                + [
                    ("sort", content.sort), ("columns", content.columns.joined(separator: ",")),
                    ("account", content.account?.rawValue ?? ""), ("profile", view.profile ?? ""),
                ]
                .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }
            let words = parts.filter { !$0.isEmpty }.joined(separator: "  ")
            return "view v\(place + 1) \u{201C}\(view.name)\u{201D}  \(words)  It is set in \(view.place)."
                + (view.problem.map { " UNUSABLE: \($0)" } ?? "")
        }
    }

    /// A variable that says how the network is reached.
    struct Proxy: Equatable {
        var variable: String
        /// Nil where it is not shown.
        var value: String?
        /// Why it is not shown, or not used.
        var note: String?
        fileprivate var line: String { "\(variable)  " + (value ?? "") + (note.map { "(\($0))" } ?? "") }
    }

    /// The way through a proxy, without who goes it.
    var proxies: [Proxy] {
        let names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]
        let proxies = names.compactMap { name -> Proxy? in
            guard let value = values[name].filled else { return nil }
            if name == "HTTP_PROXY" {
                return Proxy(variable: name, note: "not read in capitals, as by curl; http_proxy is")
            }
            guard (try? ProxySettings(environment: [name: value])) != nil else {
                return Proxy(variable: name, note: "not shown: it is not understood")
            }
            return Proxy(variable: name, value: value.lastIndex(of: "@").map { "•••" + value[$0...] } ?? value)
        }
        return proxies
            + ["no_proxy", "NO_PROXY"].compactMap { name in
                values[name].filled.map { Proxy(variable: name, value: $0) }
            }
    }
}

extension SavedView {
    /// `FILE, line 12`
    var place: String { origin.map { "\($0.file), line \($0.line)" } ?? "" }
}
