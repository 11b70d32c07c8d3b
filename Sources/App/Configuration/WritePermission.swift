import Glibc
import Marketplace
import MarketplaceClient
import Synchronization

/// Whether the configuration still lets a profile write. It is read again each time somebody asks, as it was read at the
/// start: `read-only` written there while souk runs holds at once, for every souk on this profile.
///
/// - A profile that became read-only stays so until souk starts again, whatever the file says later.
/// - While the configuration cannot be read, or no longer holds the profile, nothing may be written.
final class WritePermission: Sendable {
    private let source: Settings.Source
    private let profile: String?
    private let state = Mutex(State())

    private struct State {
        /// Why nothing may be written, since the profile became read-only.
        var readOnly: String?
        /// Called once, when the profile becomes read-only.
        var onReadOnly: (@Sendable () -> Void)?
        var watch: FileWatch?
    }

    /// - Parameter settings: As they were read at the start.
    init(_ settings: Settings) {
        source = settings.source
        profile = settings.profileName
    }

    /// Why nothing may be written now; nil when writes may go.
    func refusal() -> String? {
        let refusal = read()
        let (readOnly, notify) = state.withLock { state in
            guard let refusal, refusal.isReadOnly, state.readOnly == nil else {
                return (state.readOnly, nil as (() -> Void)?)
            }
            state.readOnly = refusal.reason
            defer { state.onReadOnly = nil }
            return (refusal.reason, state.onReadOnly)
        }
        notify?()
        return readOnly ?? refusal?.reason
    }

    /// Has `action` called when the profile becomes read-only, as soon as the file says so. Where the system cannot
    /// report changes, at the next write or review.
    func onReadOnly(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.onReadOnly = action }
        let watch = watchFile()
        state.withLock { $0.watch = watch }
        // It may have changed since the start.
        _ = refusal()
    }

    deinit { state.withLock { $0.watch }?.end() }

    private struct Refusal {
        var reason: String
        var isReadOnly = false
    }

    private func read() -> Refusal? {
        do {
            // No command of a password store is run for it.
            let settings = try Settings(source.naming(profile), asksForSecrets: false)
            let isOn = try EnvironmentProfile.flag("SOUK_READ_ONLY", settings.values)
            guard isOn else { return nil }
            return Refusal(reason: Self.readOnly(profile, settings.readOnlyOrigin()), isReadOnly: true)
        } catch let problem as Configuration.Problem {
            return Self.unusable(problem.message)
        } catch let problem as EnvironmentProfile.Problem {
            return Self.unusable(problem.message)
        } catch {
            return Self.unusable("\(error)")
        }
    }

    private static func unusable(_ message: String) -> Refusal {
        let message = message.hasSuffix(".") ? String(message.dropLast()) : message
        return Refusal(reason: "the configuration was changed and cannot be used: \(message)")
    }

    private static func readOnly(_ profile: String?, _ origin: ReadOnlyOrigin) -> String {
        "\(profile.map { "the profile \($0)" } ?? "this profile") is read-only now (\(origin.words))"
    }

    /// Editors put a new file in the place of the old one, so the file's folder is watched; the one that a link leads to.
    private func watchFile() -> FileWatch? {
        guard let path = source.file, let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return FileWatch(path: String(cString: real)) { [weak self] in _ = self?.refusal() }
    }
}
