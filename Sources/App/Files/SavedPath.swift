/// Where a file that the person names is saved.
struct SavedPath {
    private let folder: String

    /// - Parameter folder: As it was typed: `~` and what is not absolute are resolved.
    init(folder: String, _ environment: [String: String]) {
        let (home, here) = (environment["HOME"] ?? "", environment["PWD"] ?? ".")
        var path = folder
        if path == "~" || path.hasPrefix("~/"), home.hasPrefix("/") { path = home + path.dropFirst() }
        if !path.hasPrefix("/") { path = path.isEmpty || path == "." ? here : "\(here)/\(path)" }
        while path.count > 1, path.last == "/" { path.removeLast() }
        self.folder = path
    }

    func path(of name: String) -> String { folder == "/" ? "/" + name : "\(folder)/\(name)" }

    /// Where files go that nobody has named a folder for: the one for downloads, else the one that souk was started in.
    static func usual() -> String { usual(environment()) }

    static func usual(_ environment: [String: String]) -> String {
        if let downloads = environment["XDG_DOWNLOAD_DIR"], downloads.hasPrefix("/") { return downloads }
        return SavedPath(folder: ".", environment).folder
    }
}
