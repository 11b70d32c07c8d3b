import Glibc
import Marketplace
import MarketplaceClient

/// The journal of writes: whether it can be read and written, and whether an outcome in it is unknown.
struct JournalCheck: Check {
    let name = "journal"
    let needs = ["configuration"]

    func look(at examination: inout Examination) -> Finding {
        guard let settings = examination.settings, let profile = examination.profile else {
            return .skipped("needs the configuration")
        }
        let files = StateFiles(settings.values)
        if let problem = StatePlace.problem(with: files, of: profile.owner) { return .wrong(problem, next: nil) }
        guard let path = files?.journal(of: profile.owner) else { return .wrong(StatePlace.missing, next: nil) }
        let entries: [JournalEntry]
        switch Self.entries(of: profile, at: path, files) {
        case .success(let found): entries = found
        case .failure(let error):
            return .wrong("the journal cannot be read: \(error.reason)", next: "souk sends nothing before it can be.")
        }
        let unknown = entries.filter(\.outcome.isUnknown)
        if let oldest = unknown.map(\.at).min() {
            let count = unknown.count
            return .warning(
                "\(count) outcome\(count == 1 ? " is" : "s are") unknown since \(oldest.description)",
                next: "souk journal list --filter outcome:unknown shows \(count == 1 ? "it" : "them"); the dashboard's "
                    + "journal (key 7) looks \(count == 1 ? "it" : "them") up.")
        }
        if FileJournal.isHeld(at: path) {
            return .warning(
                "another program holds \(path)", next: "Writes wait for it. If it lasts, end the other souk.")
        }
        guard access(path, F_OK) == 0 else { return .ok("none yet; the first write makes \(path)") }
        return .ok("\(entries.count) write\(entries.count == 1 ? "" : "s") in \(path), no outcome is unknown")
    }

    /// Every write of a profile's journal. No secret is asked for, and no network.
    static func entries(
        of profile: Profile, at path: String, _ files: StateFiles?
    ) -> Result<[JournalEntry], JournalError> {
        let older = files?.olderJournal(ofProfile: profile.name) ?? path
        let client = Client(
            profile: profile, transport: HTTPTransport(),
            journal: TakeOverJournal(path: path, takingOver: older, for: profile))
        return WaitingThread.run { () async -> Result<[JournalEntry], JournalError> in
            do throws(JournalError) {
                return .success(try await client.journalEntries())
            } catch {
                return .failure(error)
            }
        }
    }
}
