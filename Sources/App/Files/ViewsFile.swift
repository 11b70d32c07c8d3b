import Dashboard
import Glibc
import Marketplace
import Synchronization

/// The views that a person has named, in `[views.NAME]` of the configuration file; or in memory alone, where there is no
/// file to write into.
///
/// Each change reads the file again, is refused where another program has changed the same view since the person saw it,
/// and leaves all else in the file as it is.
final class ViewsFile: Sendable {
    /// Nil where nothing says where the file belongs.
    private let path: String?
    /// Whether a file that is not there is made. The sandbox makes none: what is tried there leaves nothing behind.
    private let makesFile: Bool
    private let home: String?
    /// Those that are kept until the program ends.
    private let kept = Mutex<[SavedView]>([])

    init(path: String?, makesFile: Bool = true, home: String? = nil) {
        (self.path, self.makesFile, self.home) = (path, makesFile, home)
    }

    convenience init(_ settings: Settings, makesFile: Bool) {
        self.init(path: settings.source.file, makesFile: makesFile, home: settings.values["HOME"].filled)
    }

    // MARK: Reading

    /// What is kept now.
    func read() -> SavedViewReport {
        guard let path, makesFile || Self.isThere(path) else {
            return SavedViewReport(views: kept.withLock { $0 }, note: memoryNote)
        }
        do throws(CommandError) {
            let views = try views(in: ConfigurationFile(path: path).configuration())
            return SavedViewReport(views: views, place: shown(path), note: lockedNote(path))
        } catch {
            return SavedViewReport(views: nil, place: shown(path), note: "Saved views cannot be read: \(error.message)")
        }
    }

    /// The saved views of a configuration, in its order.
    private func views(in configuration: Configuration) -> [SavedView] {
        let file = path.map { shown($0) } ?? ""
        return configuration.views.map { SavedView($0, of: file) }
    }

    private var memoryNote: String {
        guard let path else {
            return
                "Neither HOME nor XDG_CONFIG_HOME says where the configuration file is: views are kept until souk ends."
        }
        return "There is no configuration file \(shown(path)): views are kept until souk ends."
    }

    private func lockedNote(_ path: String) -> String? {
        Self.isLocked(path) ? "\(shown(path)) is read-only: views cannot be changed." : nil
    }

    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// A file that nobody may write into is not replaced either.
    private static func isLocked(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return status.st_mode & 0o222 == 0 || access(path, W_OK) != 0
    }

    private func shown(_ path: String) -> String {
        guard let home, path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }

    // MARK: Changing

    /// Changes what is kept.
    /// - Returns: What is kept afterwards, and what came of the change.
    func apply(_ edit: SavedViewEdit) -> SavedViewReport {
        guard let path, makesFile || Self.isThere(path) else {
            let refusal = kept.withLock { $0.apply(edit, in: "this session") }
            var report = read()
            report.ending = refusal.map { .refused($0) } ?? .done(edit)
            return report
        }
        let refusal = change(path, edit)
        var report = read()
        report.ending = refusal.map { .refused($0) } ?? .done(edit)
        return report
    }

    private func change(_ path: String, _ edit: SavedViewEdit) -> String? {
        if Self.isLocked(path) {
            return "\(shown(path)) is read-only; nothing was changed. Allow it: chmod u+w \(shown(path))"
        }
        do throws(CommandError) {
            try ConfigurationFile(path: path).change { (text) throws(ConfigurationText.Problem) in
                var views: [SavedView]
                do throws(Configuration.Problem) {
                    views = try self.views(in: text.meaning())
                } catch {
                    throw ConfigurationText.Problem(message: error.message)
                }
                if let refusal = views.apply(edit, in: shown(path)) {
                    throw ConfigurationText.Problem(message: refusal)
                }
                switch edit {
                case .save(let view, _):
                    let settings = view.assignments
                    try text.set(settings, removing: Configuration.viewKeys.map(\.key), of: view.name, in: .views)
                case .rename(let view, let name): try text.rename(view: view.name, to: name)
                case .remove(let view): try text.remove(view.name, from: .views)
                }
            }
            return nil
        } catch {
            return "\(error.message.asSentenceOfError) Nothing was changed."
        }
    }
}

extension String {
    /// With a capital letter and a full stop.
    fileprivate var asSentenceOfError: String {
        let text = prefix(1).uppercased() + dropFirst()
        return text.last.map { ".!?".contains($0) } == true ? text : text + "."
    }
}

extension [SavedView] {
    /// Changes the list as it is kept.
    /// - Returns: Why it cannot be changed so, as sentences; nil when it was.
    fileprivate mutating func apply(_ edit: SavedViewEdit, in place: String) -> String? {
        func changed(_ view: SavedView) -> String {
            "\u{201C}\(view.name)\u{201D} was changed in \(place) meanwhile, by another program. Look at it and try again."
        }
        switch edit {
        case .save(let view, let old):
            let there = firstIndex { $0.name == view.name }
            if let there, let old, !self[there].isSame(as: old) { return changed(view) }
            if there != nil, old == nil {
                return
                    "\(place) has a view \u{201C}\(view.name)\u{201D} already, which another program wrote meanwhile. "
                    + "Give another name, or replace that one."
            }
            if let there { self[there] = view } else { append(view) }
        case .rename(let view, let name):
            guard let there = firstIndex(where: { $0.name == view.name }), self[there].isSame(as: view) else {
                return changed(view)
            }
            if contains(where: { $0.name == name }) { return "\(place) has a view \u{201C}\(name)\u{201D} already." }
            self[there].name = name
        case .remove(let view):
            guard let there = firstIndex(where: { $0.name == view.name }) else { return nil }
            if !self[there].isSame(as: view) { return changed(view) }
            remove(at: there)
        }
        return nil
    }
}

extension SavedView {
    /// - Parameter file: As a person names it.
    init(_ settings: Configuration.ViewSettings, of file: String) {
        func text(_ key: String) -> String { settings.settings[key]?.text ?? "" }
        let columns = text("columns").lowercased().filter { !$0.isWhitespace }.split(separator: ",").map(String.init)
        self.init(
            settings.name,
            SavedContent(
                view: text("view").lowercased(), filter: text("filter"), sort: text("sort"),
                columns: columns.filter { !$0.isEmpty },
                account: (settings.settings["account"]?.text).filled.map { Account.ID($0) }),
            profile: (settings.settings["profile"]?.text).filled,
            origin: Origin(file: file, line: settings.line, lines: settings.lines),
            problem: settings.fault.map { "\(file), line \($0.line): \($0.text)." })
    }

    /// As the file has it.
    fileprivate var assignments: [ConfigurationText.Assignment] {
        let values = [
            ("view", content.view), ("filter", content.filter), ("sort", content.sort),
            ("columns", content.columns.joined(separator: ",")), ("account", content.account?.rawValue ?? ""),
            ("profile", profile ?? ""),
        ]
        return values.filter { !$0.1.isEmpty }.map { .text($0.0, $0.1) }
    }
}
