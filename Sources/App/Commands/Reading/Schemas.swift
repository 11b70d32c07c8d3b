/// The JSON Schemas of `assets/schemas`, made from the definitions of the commands. They only grow: `required` is exact,
/// and other members may come.
enum Schemas {
    /// Each file's name below `assets/` and what it holds.
    static var files: [(name: String, schema: JSON)] {
        CommandTable.all.compactMap { command in command.schema.map { ($0, command.schemaDocument(named: $0)) } } + [
            ("schemas/v1/error.json", error)
        ]
    }

    /// Of the one line on the standard error.
    private static var error: JSON {
        document(
            "schemas/v1/error.json", "An error of any command with --json or --jsonl, on the standard error.",
            FieldType.members(of: [
                FieldDefinition("code", .word(ErrorCode.allCases.map(\.rawValue)), isNullable: false),
                FieldDefinition("correlationId", .text), FieldDefinition("details", .any),
                FieldDefinition("exit", .integer, isNullable: false), FieldDefinition("hint", .text),
                FieldDefinition("message", .text, isNullable: false),
                FieldDefinition("outcome", .word(["notSent", "refused", "taken", "unknown"])),
                FieldDefinition("status", .integer),
            ]))
    }

    fileprivate static func document(_ name: String, _ title: String, _ members: [(String, JSON)]) -> JSON {
        JSON.object([]).adding(
            [
                ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("$id", .text(name)),
                ("title", .text(title)), ("type", "object"),
            ] + members)
    }
}

extension CommandDefinition {
    /// The schema of what `--json` prints.
    fileprivate func schemaDocument(named schema: String) -> JSON {
        let title = "souk \(path.joined(separator: " ")) --json"
        guard isList else { return Schemas.document(schema, title, FieldType.members(of: fields)) }
        let row = JSON.object([]).adding([("type", "object")] + FieldType.members(of: fields, isWhole: false))
        let coverage = JSON.object([]).adding([("type", "object")] + FieldType.members(of: Coverage.definitions))
        var properties: JSON = ["coverage": coverage, "rows": ["type": "array", "items": row]]
        var required = ["coverage", "rows"]
        if !summaryFields.isEmpty {
            let summary = JSON.object([]).adding([("type", "object")] + FieldType.members(of: summaryFields))
            properties = properties.adding([("summary", summary)])
            required.append("summary")
        }
        return Schemas.document(schema, title, [("properties", properties), ("required", .texts(required))])
    }
}
