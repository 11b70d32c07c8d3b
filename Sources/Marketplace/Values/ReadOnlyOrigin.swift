/// Where it was said that a profile may not write, so that a person knows where to lift it.
public enum ReadOnlyOrigin: Hashable, Sendable {
    /// In a configuration file, at a line.
    case file(String, line: Int)
    /// By an option of the command line or a variable of the environment, as it is written.
    case word(String)

    /// `set in ~/.config/souk/config.toml, line 7`, `set by --read-only`.
    public var words: String {
        switch self {
        case .file(let path, let line): "set in \(path), line \(line)"
        case .word(let word): "set by \(word)"
        }
    }

    /// The same without folders: `config.toml, line 7`, `--read-only`.
    public var place: String {
        switch self {
        case .file(let path, let line): "\(path.split(separator: "/").last.map(String.init) ?? path), line \(line)"
        case .word(let word): word
        }
    }
}
