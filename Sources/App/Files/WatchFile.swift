import Marketplace

/// The rows that a person watches, kept in a file for a user at a marketplace, or in memory alone; see ``KeptFile``. Each
/// program changes only the rows it was asked to.
struct WatchFile: Sendable {
    typealias Problem = KeptFileProblem

    private let file: KeptFile<WatchList>

    /// - Parameter path: Nil keeps nothing beyond the session.
    init(path: String?, lockLimit: Duration = .seconds(2)) {
        file = KeptFile(
            path: path, empty: WatchList(), subject: "What is watched", occasion: "when the next row is watched",
            lockLimit: lockLimit)
    }

    /// What is kept now; none where there is no file.
    func read() throws(Problem) -> WatchList { try file.read() }

    /// Changes what is kept.
    /// - Returns: The list afterwards, with what other programs did to it.
    @discardableResult
    func apply(_ edit: WatchList.Edit) throws(Problem) -> WatchList { try file.change { $0.apply(edit) } }
}
