import Marketplace
import Rows

/// A view that a person has named: a list with its filter, order and columns, of one account or of all. It stands in the
/// configuration file as `[views.NAME]`.
public struct SavedView: Equatable, Identifiable, Sendable {
    /// Where it stands in a file.
    public struct Origin: Equatable, Sendable {
        public var file: String
        /// Of its heading.
        public var line: Int
        /// Of its settings, by their keys.
        public var lines: [String: Int]

        public init(file: String, line: Int, lines: [String: Int] = [:]) {
            self.file = file
            self.line = line
            self.lines = lines
        }

        /// `config.toml, line 12`
        func words(of key: String? = nil) -> String { "\(file), line \(key.flatMap { lines[$0] } ?? line)" }
    }

    public var name: String
    public var content: SavedContent
    /// The profile that it belongs to; nil for every profile.
    public var profile: String?
    /// Nil where it is kept until the program ends.
    public var origin: Origin?
    /// Why it cannot be opened, with the place in the file; nil when nothing is wrong with it.
    public var problem: String?

    public var id: String { name }

    public init(
        _ name: String, _ content: SavedContent, profile: String? = nil, origin: Origin? = nil, problem: String? = nil
    ) {
        self.name = name
        self.content = content
        self.profile = profile
        self.origin = origin
        self.problem = problem
    }

    /// Longer names are not taken.
    static let longestName = 60

    /// Whether both show the same, wherever they stand.
    public func isSame(as other: SavedView) -> Bool {
        name == other.name && content == other.content && profile == other.profile
    }
}

/// What a saved view shows.
public struct SavedContent: Equatable, Sendable {
    /// The name of the view in small letters, for example `subscriptions`.
    public var view: String
    public var filter: String
    /// As `--sort` takes it: `next`, `units:desc`; empty for the list's own order.
    public var sort: String
    /// The columns that are shown, in their order; empty where they are as usual.
    public var columns: [String]
    /// The account that is in view; nil for all, and where the list is of no account.
    public var account: Account.ID?

    public init(
        view: String, filter: String = "", sort: String = "", columns: [String] = [], account: Account.ID? = nil
    ) {
        self.view = view
        self.filter = filter
        self.sort = sort
        self.columns = columns
        self.account = account
    }

    /// `vendor:zenix auto=off; by next; customer, units`: what is set of it, without the view and the account.
    var words: String {
        let parts = [
            filter, sort.isEmpty ? "" : "by \(sort.replacing(":desc", with: ", reversed"))",
            columns.isEmpty ? "" : "columns \(columns.joined(separator: ", "))",
        ]
        let all = parts.filter { !$0.isEmpty }.joined(separator: "; ")
        return all.isEmpty ? "all rows" : all
    }
}

/// A change of the saved views. Each says what it was made over, so that nothing is lost that another program wrote.
public enum SavedViewEdit: Equatable, Sendable {
    /// Keep it under its name, in place of the one that the person has seen there; nil for a new name.
    case save(SavedView, over: SavedView?)
    case rename(SavedView, to: String)
    case remove(SavedView)
}

/// The saved views as they are kept now, and what came of a change.
public struct SavedViewReport: Equatable, Sendable {
    public enum Ending: Equatable, Sendable {
        case done(SavedViewEdit)
        /// Nothing was changed; the reason as sentences.
        case refused(String)
    }

    /// In the order of the file; nil where they cannot be read.
    public var views: [SavedView]?
    /// Nil when they were only read.
    public var ending: Ending?
    /// Where they are kept, as a person names the file; nil where they are kept until the program ends.
    public var place: String?
    /// Why nothing is kept beyond that, or cannot be read, as sentences.
    public var note: String?

    public init(views: [SavedView]?, ending: Ending? = nil, place: String? = nil, note: String? = nil) {
        self.views = views
        self.ending = ending
        self.place = place
        self.note = note
    }
}
