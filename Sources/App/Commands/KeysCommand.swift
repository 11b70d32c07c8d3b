import ArgumentParser
import Dashboard
import FoundationEssentials

/// `souk keys`: every action with the keys in force, from the tables that the dashboard itself uses.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "List every action with its keys, for people and scripts.",
        discussion: """
            One line for each action and view: action, keys, view, title, with a tab between them. Keys that cannot be
            changed end with a word that says so. [keys] of the configuration file changes the others:

              [keys]
              order = "F6"
              filter = ["/", "^G"]
            """)

    @Flag(help: "Print JSON: an array of objects with action, changeable, keys, title and view.")
    var json = false

    @Option(help: "The configuration file (default: ~/.config/souk/config.toml, or SOUK_CONFIG).")
    var config: String?

    func run() throws {
        var options = ProfileOptions()
        options.config = config
        options.profile = nil
        let rows = try options.keymap(options.settings(environment(), needsProfile: false)).rows
        if json { return try printJSON(rows) }
        for row in rows {
            let note = row.isChangeable ? "" : " (cannot be changed)"
            try printOutput(
                [row.action, row.keys.joined(separator: " "), row.view, row.title + note].joined(separator: "\t"))
        }
    }

    private struct Line: Encodable {
        var action: String
        var changeable: Bool
        var keys: [String]
        var title: String
        var view: String
    }

    private func printJSON(_ rows: [Keymap.Row]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let lines = rows.map { row in
            Line(
                action: row.action, changeable: row.isChangeable, keys: row.keys, title: row.title, view: row.view)
        }
        try printOutput(String(decoding: encoder.encode(lines), as: UTF8.self))
    }
}
