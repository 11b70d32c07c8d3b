import Marketplace
import Testing

@Suite struct `The dates of a migration` {
    private static func flaw(
        _ starts: String, _ migrates: String, _ expires: String, today: String? = "2026-11-20"
    ) -> (date: MigrationOrder.Date, text: String)? {
        MigrationOrder.flaw(
            starts: CalendarDate(starts)!, migrates: CalendarDate(migrates)!, expires: CalendarDate(expires)!,
            today: today.flatMap { CalendarDate($0) })
    }

    @Test(arguments: [
        ("2026-03-01", "2026-11-20", "2027-03-01"), ("2026-11-20", "2026-11-20", "2026-11-21"),
        ("2020-02-29", "2026-12-31", "2029-02-28"), ("2027-01-01", "2027-01-01", "2028-01-01"),
    ]) func `are in order`(starts: String, migrates: String, expires: String) {
        #expect(Self.flaw(starts, migrates, expires) == nil)
    }

    @Test(arguments: [
        (
            "2026-03-02", "2026-03-01", "2027-03-01", MigrationOrder.Date.migrates,
            "It cannot be migrated before it began on 02 Mar 2026"
        ),
        (
            "2026-03-01", "2027-03-01", "2027-03-01", .expires,
            "Its term must end after the migration on 01 Mar 2027"
        ),
        (
            "2025-03-01", "2025-04-01", "2026-11-20", .expires,
            "Its term ended on 20 Nov 2026: nothing runs any more"
        ),
    ]) func `are out of order`(
        starts: String, migrates: String, expires: String, date: MigrationOrder.Date, text: String
    ) throws {
        let flaw = try #require(Self.flaw(starts, migrates, expires))
        #expect(flaw.date == date)
        #expect(flaw.text == text)
    }

    @Test func `are not compared with a day that is not known`() {
        #expect(Self.flaw("2020-01-01", "2020-02-01", "2021-01-01", today: nil) == nil)
    }
}
