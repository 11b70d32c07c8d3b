import FoundationEssentials
import Marketplace
import Rows
import Screen

/// The money as its view keeps it: counted anew only when what it rests on has changed, and of long lists beside the
/// screen.
struct MoneyCounting {
    /// The answer, and what the screen makes of it.
    struct Counted: Sendable {
        let answer: MoneyAnswer
        let lines: [MoneyLine]
        /// One a currency: what all of it comes to.
        let totals: [MoneyLine]
        let widths: MoneyWidths
        /// The largest amount a month of a group, for each currency.
        let largest: [String: Decimal]
        /// The subscriptions whose details were not read, what renews or ends next first.
        let unread: [Subscription.ID]
    }

    /// What it is counted of.
    struct Basis: Sendable {
        var grouping: MoneyAnswer.Grouping
        var rows: [Subscription] = []
        /// Changes with the rows.
        var rowsVersion = 0
        /// The reseller whose customers' subscriptions count; nil for all.
        var reseller: Account.ID?
        var charges = ReadCharges()
        var accounts = AccountDirectory()
        var today: CalendarDate

        fileprivate var versions: Versions {
            Versions(
                grouping: grouping, rows: rowsVersion, reseller: reseller, charges: charges.version,
                accounts: accounts.version, today: today)
        }
    }

    fileprivate struct Versions: Equatable {
        var grouping: MoneyAnswer.Grouping
        var rows: Int
        var reseller: Account.ID?
        var charges: Int
        var accounts: Int
        var today: CalendarDate
    }

    private(set) var value: Counted? { didSet { changes += 1 } }
    /// Counts the answers.
    private(set) var changes = 0
    /// Of what `value` was counted, or the job under way counts.
    private var versions: Versions?
    private var job: JobTicket<Counted>?
    private var jobCount = 0

    /// Lists up to this length are counted at once.
    private static let rowsAtOnce = 4000

    mutating func clear() { (value, versions, job) = (nil, nil, nil) }

    /// Takes the result of the job under way.
    /// - Returns: Whether it was one.
    mutating func take(_ result: ListResult) -> Bool {
        guard let counted = job?.content(of: result) else { return false }
        (value, job) = (counted, nil)
        return true
    }

    /// Counts it, unless that was done of the same, or is being done: then it is counted again after that.
    /// - Returns: The job of a long list; nil when `value` is new, or nothing is to be done.
    mutating func count(_ basis: Basis) -> (isNew: Bool, job: ListJob?) {
        guard job == nil, versions != basis.versions else { return (false, nil) }
        versions = basis.versions
        if basis.rows.count <= Self.rowsAtOnce {
            value = Counted(basis)
            return (true, nil)
        }
        jobCount += 1
        let ticket = JobTicket<Counted>(ListJob.Slot("money", .indexing), number: jobCount)
        job = ticket
        return (
            false,
            ListJob(ticket) { isCancelled, post in
                let counted = Counted(basis)
                if !isCancelled() { post(counted) }
            }
        )
    }
}

extension MoneyCounting.Counted {
    /// Rows at each end whose amounts are measured.
    private static let measured = 100

    init(_ basis: MoneyCounting.Basis) {
        let (accounts, charges) = (basis.accounts, basis.charges)
        var rows = basis.rows
        if let reseller = basis.reseller {
            rows = rows.filter { accounts[$0.customer]?.vendorAccount == reseller }
        }
        answer = MoneyAnswer(
            of: rows, by: basis.grouping, today: basis.today, charges: { charges[$0] },
            reseller: { accounts[$0]?.vendorAccount })
        lines = answer.rows.map { MoneyLine($0, basis.grouping) { accounts.name(of: $0) } }
        totals = answer.totalRows.map { MoneyLine($0, basis.grouping) { _ in nil } }
        var (widths, largest) = (MoneyWidths(), [String: Decimal]())
        // No sum is larger than the total but a margin beside losses; the first of a currency is its largest.
        for line in totals + lines.prefix(Self.measured) + lines.suffix(Self.measured) { widths.fit(line) }
        for line in lines {
            guard let currency = line.row.currency, largest[currency] == nil else { continue }
            largest[currency] = line.rate?.amount
        }
        (self.widths, self.largest) = (widths, largest)
        let far = CalendarDate(daysSince1970: .max)
        self.unread = rows.filter { !$0.hasEnded && charges[$0] == nil }
            .map { (id: $0.id, day: $0.comingDate(from: basis.today) ?? far) }
            .sorted { ($0.day, $0.id.rawValue) < ($1.day, $1.id.rawValue) }.map(\.id)
    }
}
