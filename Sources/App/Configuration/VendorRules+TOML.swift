import Marketplace

/// Rules of vendors as TOML has them, a table each: those of `assets/rules`, and `[rules.NAME]` of a configuration file.
struct VendorRuleTable: Equatable {
    var name: String
    /// Nil where the rule of this name is switched off.
    var rule: VendorRule?

    static let keys = ["vendor", "mpn", "take-away", "cancel", "decide", "source", "date", "off"]

    /// - Throws: What is wrong with the first entry that cannot be read.
    static func read(_ table: TOMLTable) throws(Flaw) -> [VendorRuleTable] {
        var rules: [VendorRuleTable] = []
        for entry in table.entries {
            guard case .table(let settings) = entry.value.content else {
                throw Flaw(entry, "\(entry.key) must be a table, for example [rules.\(entry.key)]")
            }
            rules.append(VendorRuleTable(name: entry.key, rule: try rule(entry, settings)))
        }
        return rules
    }

    /// What is wrong with an entry, and which one.
    struct Flaw: Error {
        var entry: TOMLTable.Entry
        var text: String

        init(_ entry: TOMLTable.Entry, _ text: String) { (self.entry, self.text) = (entry, text) }
    }

    private static func rule(_ entry: TOMLTable.Entry, _ settings: TOMLTable) throws(Flaw) -> VendorRule? {
        var rule = VendorRule(vendor: entry.key, source: "", date: CalendarDate(daysSince1970: 0))
        var (isOff, hasDate) = (false, false)
        for setting in settings.entries {
            switch (setting.key, setting.value.content) {
            case ("vendor", .string(let text)) where !text.isEmpty: rule.vendor = text
            case ("mpn", .string(let text)): rule.mpnPrefix = text
            case ("source", .string(let text)): rule.source = text
            case ("take-away", .string(let text)): rule.hoursToTakeAway = try hours(text, setting)
            case ("cancel", .string(let text)): rule.hoursToCancel = try hours(text, setting)
            case ("decide", .string(let text)):
                let hours = try hours(text, setting)
                guard hours % 24 == 0 else { throw Flaw(setting, "decide must be days, for example \"1d\"") }
                rule.daysToDecide = hours / 24
            case ("date", .moment(let moment)):
                guard moment.kind == .localDate, let day = CalendarDate(moment.text) else { fallthrough }
                (rule.date, hasDate) = (day, true)
            case ("date", _): throw Flaw(setting, "date must be a day without quotes, for example 2026-11-27")
            case ("off", .boolean(let value)): isOff = value
            case ("off", _): throw Flaw(setting, "off must be true or false, without quotes")
            case (let key, _) where keys.contains(key): throw Flaw(setting, "\(key) must be a text in quotes")
            default:
                throw Flaw(
                    setting,
                    "\(setting.key) is not a setting of a vendor's rule; there are \(keys.joined(separator: ", "))")
            }
        }
        if isOff { return nil }
        guard !rule.source.isEmpty, hasDate else {
            throw Flaw(entry, "the rule \(entry.key) needs a source and a date: nobody could say whose it is")
        }
        return rule
    }

    /// `7d`, `36h`.
    private static func hours(_ text: String, _ setting: TOMLTable.Entry) throws(Flaw) -> Int {
        guard let count = Int(text.dropLast()), (1...8760).contains(count), let unit = text.last,
            unit == "d" || unit == "h"
        else { throw Flaw(setting, "\(setting.key) must be hours or days, for example \"36h\" or \"7d\"") }
        return unit == "d" ? count * 24 : count
    }
}

extension VendorRules {
    /// Those that come with the program, those of the embedded marketplace too where `isSandbox`; `own` take the place of
    /// others of their names.
    init(own: [VendorRuleTable], isSandbox: Bool) {
        var tables = EmbeddedRules.vendors + (isSandbox ? EmbeddedRules.sandbox : [])
        tables.removeAll { table in own.contains { $0.name == table.name } }
        self.init((own + tables).compactMap(\.rule))
    }
}
