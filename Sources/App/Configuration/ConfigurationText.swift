/// The text of a configuration file that is changed line by line: what a person wrote around it stays as it is.
///
/// Every change is checked by reading the new text: it means what the old one meant, and the change. A text that is laid
/// out in a way that this cannot change is refused and left alone.
struct ConfigurationText {
    struct Problem: Error, Equatable {
        var message: String
    }

    /// A key of a profile and its value as TOML writes it.
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

    /// Gives a profile values, and takes keys from it. A profile that is not there yet comes at the end.
    mutating func set(_ assignments: [Assignment], removing keys: [String], of profile: String) throws(Problem) {
        try change { (text) throws(Problem) in
            guard try text.understood().profiles.contains(where: { $0.name == profile }) else {
                return text.append(assignments, as: profile)
            }
            for key in keys where !assignments.contains(where: { $0.key == key }) {
                try text.assign(nil, to: key, of: profile)
            }
            for assignment in assignments.reversed() {
                try text.assign(assignment, to: assignment.key, of: profile)
            }
        } expecting: { meaning in
            for key in keys { meaning.profiles[profile]?[key] = nil }
            var settings = meaning.profiles[profile] ?? [:]
            for assignment in assignments { settings[assignment.key] = assignment.meaning }
            meaning.profiles[profile] = settings
        }
    }

    /// Takes a profile away: its heading and all lines down to its last setting.
    mutating func remove(_ profile: String) throws(Problem) {
        try change { (text) throws(Problem) in
            guard let found = try text.understood().profiles.first(where: { $0.name == profile }) else { return }
            let last = try text.lastLine(of: found)
            try text.requireHeading(found)
            var end = last
            // The blank line that stood between this profile and the next one.
            if end < text.lines.count, text.isBlank(end), found.line > 1, text.isBlank(found.line - 2) { end += 1 }
            text.lines.removeSubrange(found.line - 1..<end)
        } expecting: { meaning in
            meaning.profiles[profile] = nil
        }
    }

    // MARK: Lines

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
                + "nothing was changed. Change it by hand, or write each profile as [profiles.NAME] with one setting a "
                + "line below it.")
    }

    private func requireHeading(_ profile: Configuration.ProfileSettings) throws(Problem) {
        guard lines[profile.line - 1].drop(while: \.isWhitespace).first == "[" else { throw refusal(profile.line) }
    }

    /// The line of the last setting of a profile, or of its heading.
    private func lastLine(of profile: Configuration.ProfileSettings) throws(Problem) -> Int {
        guard let last = profile.settings.max(by: { $0.value.line < $1.value.line }) else { return profile.line }
        _ = try comment(in: last.value.line, of: last.key, below: "[profiles.x]\n")
        return max(profile.line, last.value.line)
    }

    private mutating func assign(_ assignment: Assignment?, to key: String, of name: String) throws(Problem) {
        guard let profile = try understood().profiles.first(where: { $0.name == name }) else { return }
        if let old = profile.settings[key] {
            return try replace(line: old.line, of: key, in: "[profiles.x]\n", with: assignment)
        }
        guard let assignment else { return }
        try requireHeading(profile)
        insert([assignment], before: profile.line)
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
            let settings = heading.isEmpty ? read.common : read.profiles.first?.settings
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

    private mutating func append(_ assignments: [Assignment], as profile: String) {
        let end = returns ? "\r" : ""
        // The text ends with a line end, after which there is nothing.
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        if !lines.isEmpty {
            if returns, lines[lines.count - 1].unicodeScalars.last != "\r" { lines[lines.count - 1] += "\r" }
            lines.append(end)
        }
        lines.append("[profiles.\(profile)]\(end)")
        insert(assignments, before: lines.count)
        lines.append("")
    }

    // MARK: Checking

    /// The same for all texts that mean the same.
    private struct Meaning: Equatable {
        var common: [String: String]
        var profiles: [String: [String: String]]
        var keys: [String: [String]]

        init(_ configuration: Configuration) {
            common = configuration.common.mapValues(\.text)
            profiles = Dictionary(
                configuration.profiles.map { ($0.name, $0.settings.mapValues(\.text)) }, uniquingKeysWith: { $1 })
            keys = Dictionary(configuration.keys.map { ($0.action, $0.keys) }, uniquingKeysWith: { $1 })
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
    fileprivate var meaning: String? {
        let read = try? Configuration(parsing: "[profiles.x]\n\(key) = \(value)", from: "")
        return read?.profiles.first?.settings[key]?.text
    }
}
