import Glibc
import Marketplace

/// Whether journal and drafts can be kept where they belong, checked before a person has typed anything that needs them.
enum StatePlace {
    /// Where nothing says where they belong.
    static let missing =
        "neither HOME nor XDG_STATE_HOME says where the journal is to be kept. Set one of them to a folder of your own"

    /// Why journal and drafts of an owner cannot be written where they belong, and what to do, as sentences; nil when they
    /// can.
    /// - Parameter files: Nil where nothing says where they belong.
    static func problem(with files: StateFiles?, of owner: Owner) -> String? {
        guard let files else { return "Changes are refused: \(missing)." }
        return problem(with: [files.journal(of: owner), files.drafts(of: owner)])
    }

    /// - Parameters:
    ///   - paths: In one folder, which need not be there yet.
    ///   - user: Who this program is.
    static func problem(with paths: [String], user: uid_t = geteuid()) -> String? {
        guard let first = paths.first, let slash = first.lastIndex(of: "/") else { return nil }
        let folder = String(first[..<slash])
        return reason(forFolder: folder, user) ?? paths.lazy.compactMap { reason(forFile: $0, user) }.first
    }

    private static func reason(forFolder folder: String, _ user: uid_t) -> String? {
        var place = folder
        var status = stat()
        // The nearest folder that is there: what is missing below it is made in it.
        while stat(place, &status) != 0 {
            guard errno == ENOENT, let slash = place.lastIndex(of: "/"), slash > place.startIndex else {
                return refusal(folder, "cannot be reached (\(words(errno)))", otherwise)
            }
            place = String(place[..<slash])
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            return refusal(place, "is a file, and a folder is needed there", otherwise)
        }
        let isOwn = place == folder
        if isOwn, status.st_uid != user { return foreign(place, status.st_uid, user) }
        guard access(place, W_OK | X_OK) != 0 else { return nil }
        let code = errno
        if status.st_uid != user, code == EACCES {
            return refusal(folder, "cannot be made in \(place), which belongs to \(name(status.st_uid))", otherwise)
        }
        return refusal(
            place, "cannot be written to (\(words(code)))",
            code == EACCES ? "Allow it: chmod u+rwx \(place), or set XDG_STATE_HOME to another folder" : otherwise)
    }

    private static func reason(forFile path: String, _ user: uid_t) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        if status.st_uid != user { return foreign(path, status.st_uid, user) }
        guard access(path, R_OK | W_OK) != 0 else { return nil }
        let code = errno
        return refusal(
            path, "cannot be read and written (\(words(code)))",
            code == EACCES ? "Allow it: chmod u+rw \(path)" : otherwise)
    }

    private static let otherwise = "Set XDG_STATE_HOME to a folder of your own"

    private static func foreign(_ place: String, _ owner: uid_t, _ user: uid_t) -> String {
        let (owner, me) = (name(owner), name(user))
        guard user == 0 else {
            return refusal(
                place, "belongs to \(owner), not to \(me)",
                "Take it over: sudo chown -R \(user) \(place), or set XDG_STATE_HOME to a folder of your own")
        }
        return
            "\(place) belongs to \(owner), and souk runs as \(me): what it writes there \(owner) cannot use later. Run souk "
            + "as \(owner), without sudo, or set XDG_STATE_HOME to a folder of \(me)."
    }

    private static func refusal(_ place: String, _ what: String, _ advice: String) -> String {
        "Changes are refused, because no journal of them can be kept: \(place) \(what). \(advice)."
    }

    private static func name(_ user: uid_t) -> String {
        guard let entry = getpwuid(user) else { return "user \(user)" }
        return "\(String(cString: entry.pointee.pw_name)) (user \(user))"
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
