import FoundationEssentials
import Marketplace

/// What a list rests on, as one line for people.
struct CoverageWords {
    var coverage: Coverage
    var plural: String
    /// The account that all rows are of.
    var owner: Account?
    /// As it was typed.
    var filter: String?
    /// The marketplace's own filters, as they were typed.
    var filters: [String]
    /// Whether rows have details that were not read.
    var hasDetails: Bool

    var sentence: String {
        let owned = owner.map { " of \($0.title) \($0.id)" } ?? ""
        let calls = "in \(coverage.calls) call\(coverage.calls == 1 ? "" : "s")"
        let when = "read \(coverage.asOf.utcTime.prefix(5)) UTC" + (coverage.calls > 0 ? " \(calls)" : "")
        guard coverage.printed > 0 else {
            let conditions = filters + (filter.map { ["--filter '\($0)'"] } ?? [])
            let all = "\(count(coverage.read)) \(plural)\(owned) were \(when)"
            return conditions.isEmpty
                ? "There are no \(plural)\(owned), \(when)."
                : "No \(plural) match \(conditions.joined(separator: " ")): \(all)."
        }
        let total = [coverage.total, coverage.matched].compactMap(\.self).max() ?? coverage.printed
        let hasFilter = filter != nil || coverage.matched < coverage.read
        let matches = "\(count(coverage.matched)) \(coverage.matched == 1 ? "match" : "matches")"
        let what = hasFilter ? "\(matches) in \(count(coverage.read)) \(plural)" : "\(count(total)) \(plural)"
        let printed =
            hasFilter && coverage.printed == coverage.matched
            ? "" : coverage.total == nil && !coverage.isComplete ? "the first " : "\(count(coverage.printed)) of "
        var text = "\(printed)\(what)\(owned), \(when)."
        if !coverage.isComplete, coverage.failure == nil { text += " --all prints every one." }
        if hasDetails {
            text += " More of each: --details, \(count(coverage.printed)) more call\(coverage.printed == 1 ? "" : "s")."
        }
        return text
    }

    private func count(_ number: Int) -> String { Decimal(number).grouped(fractionDigits: 0) }
}
