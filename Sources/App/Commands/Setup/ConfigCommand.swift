import Dashboard

/// `souk config`: the settings in force and where each comes from; no secrets.
enum ConfigCommand {
    static let definitions: [FieldDefinition] = [
        FieldDefinition("file", .text), FieldDefinition("profile", .text),
        FieldDefinition(
            "settings",
            .list(
                .object([
                    FieldDefinition("variable", .text, isNullable: false), FieldDefinition("value", .text),
                    FieldDefinition("place", .text, isNullable: false),
                ])), isNullable: false),
        FieldDefinition(
            "proxies",
            .list(
                .object([
                    FieldDefinition("variable", .text, isNullable: false), FieldDefinition("value", .text),
                    FieldDefinition("note", .text),
                ])), isNullable: false),
        FieldDefinition(
            "keys",
            .list(
                .object([
                    FieldDefinition("action", .text, isNullable: false),
                    FieldDefinition("keys", .list(.text), isNullable: false),
                    FieldDefinition("place", .text, isNullable: false),
                ])), isNullable: false),
        FieldDefinition(
            "views",
            .list(
                .object([
                    FieldDefinition("account", .text), FieldDefinition("columns", .list(.text), isNullable: false),
                    FieldDefinition("filter", .text, isNullable: false),
                    FieldDefinition("name", .text, isNullable: false),
                    FieldDefinition("place", .text, isNullable: false),
                    FieldDefinition("problem", .text), FieldDefinition("profile", .text),
                    FieldDefinition("sort", .text, isNullable: false),
                    FieldDefinition("view", .text, isNullable: false),
                ])), isNullable: false),
    ]

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["config"], summary: "Show the settings in force and where each was set; no secret.", argument: nil,
            options: [CommonOptions.json] + SetupOptions.profile + CommonOptions.help, calls: "0",
            schema: "schemas/v1/config.json", fields: definitions, isList: false, columns: [], filterColumns: [],
            examples: ["souk config", "souk config --profile nordwind --json"], isLocal: true
        ) { arguments in
            let settings = try Settings(arguments)
            if arguments.has("json") {
                _ = try settings.usableKeymap()
                return try SetupOptions.print(json(settings))
            }
            let lines = settings.lines + settings.viewLines
            for line in lines { try printOutput(StandardStreams.safe(line)) }
            _ = try settings.usableKeymap()
            guard lines.isEmpty else { return }
            try printOutput(
                "No profile. File: ~/.config/souk/config.toml; souk login makes one, souk --help lists the settings.")
        }
    }

    /// A secret's value is null: it is listed only when it is set.
    private static func json(_ settings: Settings) -> JSON {
        [
            "file": .text(orNull: settings.source.file), "profile": .text(orNull: settings.profileName),
            "settings": .list(
                settings.rows.map { row in
                    [
                        "variable": .text(row.variable), "value": .text(orNull: row.value), "place": .text(row.place),
                    ]
                }),
            "proxies": .list(
                settings.proxies.map { proxy in
                    [
                        "variable": .text(proxy.variable), "value": .text(orNull: proxy.value),
                        "note": .text(orNull: proxy.note),
                    ]
                }),
            "keys": .list(
                settings.keys.map { key in
                    ["action": .text(key.action), "keys": .texts(key.keys), "place": .text(key.place)]
                }),
            "views": .list(
                settings.views.map { view in
                    [
                        "account": .text(orNull: view.content.account?.rawValue),
                        "columns": .texts(view.content.columns),
                        "filter": .text(view.content.filter), "name": .text(view.name), "place": .text(view.place),
                        "problem": .text(orNull: view.problem), "profile": .text(orNull: view.profile),
                        "sort": .text(view.content.sort), "view": .text(view.content.view),
                    ]
                }),
        ]
    }
}

/// `souk keys`: every action with the keys in force, from the tables that the dashboard itself uses.
enum KeysCommand {
    static let definitions: [FieldDefinition] = [
        FieldDefinition(
            "actions",
            .list(
                .object([
                    FieldDefinition("action", .text, isNullable: false),
                    FieldDefinition("changeable", .flag, isNullable: false),
                    FieldDefinition("keys", .list(.text), isNullable: false),
                    FieldDefinition("title", .text, isNullable: false),
                    FieldDefinition("view", .text, isNullable: false),
                ])), isNullable: false)
    ]

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["keys"],
            summary: "List every action with its keys, view and title; [keys] of the configuration file changes them.",
            argument: nil, options: [CommonOptions.json] + SetupOptions.config + CommonOptions.help, calls: "0",
            schema: "schemas/v1/keys.json", fields: definitions, isList: false, columns: [], filterColumns: [],
            examples: ["souk keys", "souk keys --json"], isLocal: true
        ) { arguments in
            let rows = try Settings(arguments, needsProfile: false).usableKeymap().rows
            if arguments.has("json") { return try SetupOptions.print(json(rows)) }
            for row in rows {
                let note = row.isChangeable ? "" : " (cannot be changed)"
                try printOutput(
                    [row.action, row.keys.joined(separator: " "), row.view, row.title + note].joined(separator: "\t"))
            }
        }
    }

    private static func json(_ rows: [Keymap.Row]) -> JSON {
        [
            "actions": .list(
                rows.map { row in
                    [
                        "action": .text(row.action), "changeable": .flag(row.isChangeable), "keys": .texts(row.keys),
                        "title": .text(row.title), "view": .text(row.view),
                    ]
                })
        ]
    }
}
