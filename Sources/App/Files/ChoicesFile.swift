import Dashboard
import FoundationEssentials
import Glibc
import MarketplaceClient

/// What a person chose of how the views are shown, kept in a file for a user at a marketplace, or not at all. It is a
/// convenience: a file that is damaged or cannot be written is passed over in silence.
struct ChoicesFile: Sendable {
    /// Nil keeps nothing.
    let path: String?

    /// Nil where nothing was kept, or nothing that makes sense.
    func read() -> Choices? {
        guard let path, case let descriptor = open(path, O_RDONLY | O_CLOEXEC), descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return FileBytes.read(descriptor).flatMap { try? JSONDecoder().decode(Choices.self, from: Data($0)) }
    }

    /// Replaces the file as a whole: a crash leaves the old one or the new one.
    func write(_ choices: Choices) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let path, StateDirectory.make(above: path), let data = try? encoder.encode(choices) else { return }
        // Another program may write at the same time; its name is its own.
        let temporary = "\(path).\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if !FileBytes.write(Array(data), to: descriptor) || rename(temporary, path) != 0 { unlink(temporary) }
    }
}
