import Glibc

/// Why a file cannot be made or written, for people.
struct FileProblem: Error, Equatable {
    /// What happened and what it means.
    var message: String
    /// What to do, as a sentence of its own; nil where the message says it.
    var hint: String?
    /// Whether a file of that name is there already.
    var isTaken = false

    init(_ message: String, hint: String? = nil, isTaken: Bool = false) {
        self.message = message
        self.hint = hint
        self.isTaken = isTaken
    }

    /// - Parameters:
    ///   - words: What cannot be done to the file, after its name: `cannot be made`.
    ///   - code: The reason, as `errno` has it.
    init(_ path: String, _ words: String, code: Int32 = errno) {
        let folder = Self.folder(of: path)
        switch code {
        case ENOSPC, EDQUOT:
            self.init("the disk is full: \(path) \(words).", hint: "Free some space, then try again.")
        case ENOENT: self.init("there is no folder \(folder).", hint: "Make it, or name another one.")
        case ENOTDIR: self.init("\(folder) is no folder.", hint: "Name another one.")
        case EACCES, EPERM: self.init("you may not write to \(folder).", hint: "Name another folder.")
        case EROFS: self.init("\(folder) is on a disk that can only be read.", hint: "Name another folder.")
        case ENAMETOOLONG: self.init("the name \(path) is too long.", hint: "Name a shorter one.")
        default: self.init("\(path) \(words) (\(String(cString: strerror(code)))).")
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "this folder" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Both sentences, the first with a capital letter where it begins with a word.
    var sentences: String {
        [message.prefix(1).uppercased() + message.dropFirst(), hint ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension CommandError {
    init(_ problem: FileProblem) { self.init(.outputFailed, problem.message, hint: problem.hint) }
}
