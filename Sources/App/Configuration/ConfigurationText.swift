/// The text of a configuration file that is changed line by line: what a person wrote around it stays as it is.
///
/// Every change is checked by reading the new text: it means what the old one meant, and the change. A text that is laid
/// out in a way that this cannot change is refused and left alone.
struct ConfigurationText {
    struct Problem: Error, Equatable {
        var message: String
    }

    /// What stands in tables with names.
    enum Section: String {
        case profiles, views

        /// Below which a line is read alone.
        fileprivate var probe: String { "[\(rawValue).x]\n" }

        fileprivate func heading(_ name: String) -> String {
            let isBare =
                !name.isEmpty
                && name.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                        true
                    default: false
                    }
                }
            return "[\(rawValue).\(isBare ? name : ConfigurationText.quoted(name))]"
        }

        fileprivate func tables(of meaning: Configuration) -> [NamedTable] {
            switch self {
            case .profiles:
                meaning.profiles.map { profile in
                    NamedTable(
                        name: profile.name, line: profile.line, settings: profile.settings,
                        lines: profile.settings.mapValues(\.line))
                }
            case .views:
                meaning.views.map {
                    NamedTable(name: $0.name, line: $0.line, settings: $0.settings, lines: $0.lines)
                }
            }
        }
    }

    /// A profile or a saved view as the file has it.
    fileprivate struct NamedTable {
        var name: String
        var line: Int
        var settings: [String: Configuration.Setting]
        var lines: [String: Int]
    }

    /// A key of a profile or view and its value as TOML writes it.
    struct Assignment: Equatable {
        var key: String
        var value: String

        static func text(_ key: String, _ value: String) -> Assignment {
            Assignment(key: key, value: ConfigurationText.quoted(value))
        }
        static func flag(_ key: String, _ value: Bool) -> Assignment {
            Assignment(key: key, value: value ? "true" : "false")
        }
    }

    private let place: String
    private let hasMark: Bool
    /// Without the line feed at their ends.
    private var lines: [String]
    private let returns: Bool

    /// - Parameter place: The file's name, for messages.
    init(_ text: String, place: String) {
        self.place = place
        var scalars = text.unicodeScalars[...]
        hasMark = scalars.first == "\u{FEFF}"
        if hasMark { scalars = scalars.dropFirst() }
        lines = scalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        returns = lines.first?.unicodeScalars.last == "\r"
    }

    var text: String { (hasMark ? "\u{FEFF}" : "") + lines.joined(separator: "\n") }

    /// What the text means.
    func meaning() throws(Configuration.Problem) -> Configuration { try Configuration(parsing: text, from: place) }

    // MARK: Changes

    /// Names the profile that is used where none is named; nil takes that away.
    mutating func setUsual(_ name: String?) throws(Problem) {
        try change { (text) throws(Problem) in
            let before = try text.understood()
            if let old = before.common["profile"] {
                try text.replace(line: old.line, of: "profile", in: "", with: name.map { .text("profile", $0) })
            } else if let name {
                text.insert([.text("profile", name)], before: 0)
                if text.lines.count > 1, text.lines[1].first == "[" {
                    text.lines.insert(text.returns ? "\r" : "", at: 1)
                }
            }
        } expecting: { meaning in
            meaning.common["profile"] = name
        }
    }

    /// Gives a profile or view values, and takes keys from it. One that is not there yet comes at the end.
    mutating func set(
        _ assignments: [Assignment], removing keys: [String], of name: String, in section: Section = .profiles
    ) throws(Problem) {
        try change { (text) throws(Problem) in
            guard try text.table(name, in: section) != nil else {
                return text.append(assignments, below: section.heading(name))
            }
            for key in keys where !assignments.contains(where: { $0.key == key }) {
                try text.assign(nil, to: key, of: name, in: section)
            }
            for assignment in assignments.reversed() {
                try text.assign(assignment, to: assignment.key, of: name, in: section)
            }
        } expecting: { meaning in
            var table = meaning.tables[section]?[name] ?? Meaning.Table()
            for key in keys { table.settings[key] = nil }
            for assignment in assignments { table.settings[assignment.key] = assignment.meaning(in: section) }
            meaning.tables[section]?[name] = table
        }
    }

    /// Gives a view another name; its place in the file and all that stands in it stays.
    mutating func rename(view name: String, to other: String) throws(Problem) {
        try change { (text) throws(Problem) in
            guard let found = try text.table(name, in: .views) else { return }
            try text.requireHeading(found)
            let end = text.returns ? "\r" : ""
            let comment = try text.comment(ofHeading: found)
            text.lines[found.line - 1] =
                Section.views.heading(other) + (comment.isEmpty ? "" : " " + comment) + end
        } expecting: { meaning in
            let table = meaning.tables[.views]?.removeValue(forKey: name)
            meaning.tables[.views]?[other] = table
        }
    }

    /// Takes a profile or view away: its heading and all lines down to its last setting.
    mutating func remove(_ name: String, from section: Section = .profiles) throws(Problem) {
        try change { (text) throws(Problem) in
            guard let found = try text.table(name, in: section) else { return }
            let last = try text.lastLine(of: found, in: section)
            try text.requireHeading(found)
            var end = last
            // The blank line that stood between this profile and the next one.
            if end < text.lines.count, text.isBlank(end), found.line > 1, text.isBlank(found.line - 2) { end += 1 }
            text.lines.removeSubrange(found.line - 1..<end)
        } expecting: { meaning in
            meaning.tables[section]?[name] = nil
        }
    }

    // MARK: Lines

    private func table(_ name: String, in section: Section) throws(Problem) -> NamedTable? {
        section.tables(of: try understood()).first { $0.name == name }
    }

    private func isBlank(_ index: Int) -> Bool { lines[index].allSatisfy(\.isWhitespace) }

    private func understood() throws(Problem) -> Configuration {
        do throws(Configuration.Problem) {
            return try meaning()
        } catch {
            throw Problem(message: error.message)
        }
    }

    private func refusal(_ line: Int) -> Problem {
        Problem(
            message: "\(place), line \(line), is laid out in a way that souk cannot change without losing something; "
                + "nothing was changed. Change it by hand, or write each profile as [profiles.NAME], and each view as "
                + "[views.NAME], with one setting a line below it.")
    }

    private func requireHeading(_ table: NamedTable) throws(Problem) {
        guard lines[table.line - 1].drop(while: \.isWhitespace).first == "[" else { throw refusal(table.line) }
    }

    /// The comment behind a heading; empty where there is none.
    private func comment(ofHeading table: NamedTable) throws(Problem) -> String {
        var whole = lines[table.line - 1]
        if whole.unicodeScalars.last == "\r" { whole = String(whole.unicodeScalars.dropLast()) }
        for index in whole.indices where whole[index] == "#" {
            let read = try? Configuration(parsing: String(whole[..<index]), from: place)
            if read?.views.map(\.name) == [table.name] { return String(whole[index...]) }
        }
        return ""
    }

    /// The line of the last setting of a profile or view, or of its heading.
    private func lastLine(of table: NamedTable, in section: Section) throws(Problem) -> Int {
        guard let last = table.lines.max(by: { $0.value < $1.value }) else { return table.line }
        if table.settings[last.key] != nil {
            _ = try comment(in: last.value, of: last.key, below: section.probe)
        } else if (try? Configuration(parsing: section.probe + lines[last.value - 1], from: place)) == nil {
            // It goes on below.
            throw refusal(last.value)
        }
        return max(table.line, last.value)
    }

    private mutating func assign(
        _ assignment: Assignment?, to key: String, of name: String, in section: Section
    ) throws(Problem) {
        guard let table = try table(name, in: section) else { return }
        if let line = table.lines[key] { return try replace(line: line, of: key, in: section.probe, with: assignment) }
        guard let assignment else { return }
        try requireHeading(table)
        insert([assignment], before: table.line)
    }

    /// - Parameters:
    ///   - line: From 1.
    ///   - assignment: Nil takes the setting away; a comment behind it stays.
    private mutating func replace(
        line: Int, of key: String, in heading: String, with assignment: Assignment?
    ) throws(Problem) {
        let comment = try comment(in: line, of: key, below: heading)
        let end = returns ? "\r" : ""
        guard let assignment else {
            if comment.isEmpty {
                lines.remove(at: line - 1)
            } else {
                lines[line - 1] = comment + end
            }
            return
        }
        lines[line - 1] =
            "\(assignment.key) = \(assignment.value)" + (comment.isEmpty ? "" : " " + comment) + end
    }

    /// The comment behind a setting; empty where there is none.
    /// - Throws: When the setting does not stand on this line alone.
    private func comment(in line: Int, of key: String, below heading: String) throws(Problem) -> String {
        var whole = lines[line - 1]
        if whole.unicodeScalars.last == "\r" { whole = String(whole.unicodeScalars.dropLast()) }
        func value(_ text: String) -> Configuration.Setting? {
            guard let read = try? Configuration(parsing: heading + text, from: place) else { return nil }
            let settings = heading.isEmpty ? read.common : read.profiles.first?.settings ?? read.views.first?.settings
            return settings?.count == 1 ? settings?[key] : nil
        }
        guard let meant = value(whole) else { throw refusal(line) }
        for index in whole.indices where whole[index] == "#" {
            if value(String(whole[..<index])) == meant { return String(whole[index...]) }
        }
        return ""
    }

    private mutating func insert(_ assignments: [Assignment], before index: Int) {
        let end = returns ? "\r" : ""
        lines.insert(contentsOf: assignments.map { "\($0.key) = \($0.value)\(end)" }, at: index)
    }

    private mutating func append(_ assignments: [Assignment], below heading: String) {
        let end = returns ? "\r" : ""
        // The text ends with a line end, after which there is nothing.
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        if !lines.isEmpty {
            if returns, lines[lines.count - 1].unicodeScalars.last != "\r" { lines[lines.count - 1] += "\r" }
            lines.append(end)
        }
        lines.append(heading + end)
        insert(assignments, before: lines.count)
        lines.append("")
    }

    // MARK: Checking

    /// The same for all texts that mean the same.
    private struct Meaning: Equatable {
        var common: [String: String]
        /// What stands in a table, and what of it cannot be read.
        struct Table: Equatable {
            var settings: [String: String] = [:]
            var fault: String?
        }

        var tables: [Section: [String: Table]]
        var keys: [String: [String]]
        var rules: [VendorRuleTable]

        init(_ configuration: Configuration) {
            common = configuration.common.mapValues(\.text)
            let profiles = configuration.profiles.map { ($0.name, Table(settings: $0.settings.mapValues(\.text))) }
            let views = configuration.views.map {
                ($0.name, Table(settings: $0.settings.mapValues(\.text), fault: $0.fault?.text))
            }
            tables = [
                .profiles: Dictionary(profiles, uniquingKeysWith: { $1 }),
                .views: Dictionary(views, uniquingKeysWith: { $1 }),
            ]
            keys = Dictionary(configuration.keys.map { ($0.action, $0.keys) }, uniquingKeysWith: { $1 })
            rules = configuration.rules
        }
    }

    private mutating func change(
        _ edit: (inout ConfigurationText) throws(Problem) -> Void, expecting change: (inout Meaning) -> Void
    ) throws(Problem) {
        var meaning = Meaning(try understood())
        change(&meaning)
        var changed = self
        try edit(&changed)
        guard let read = try? changed.meaning(), Meaning(read) == meaning else { throw refusal(1) }
        self = changed
    }

    /// A text as a basic string of TOML.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension ConfigurationText.Assignment {
    /// As the configuration reads it.
    fileprivate func meaning(in section: ConfigurationText.Section) -> String? {
        let read = try? Configuration(parsing: "\(section.probe)\(key) = \(value)", from: "")
        return (read?.profiles.first?.settings ?? read?.views.first?.settings)?[key]?.text
    }
}
