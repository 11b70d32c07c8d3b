import Marketplace
import MarketplaceClient

/// `souk support-bundle`: what a support desk asks for, in one file without secrets.
enum SupportBundleCommand {
    static var command: CommandDefinition {
        CommandDefinition(
            path: ["support-bundle"],
            summary: "Write what a support desk asks for into one file, without secrets and personal data.",
            argument: "FILE",
            options: [OptionDefinition("offline", "Ask the marketplace nothing; otherwise it signs in once.")]
                + CommonOptions.marketplace + CommonOptions.help,
            calls: "0", examples: ["souk support-bundle bundle.txt", "souk support-bundle - | less"], isLocal: false
        ) { arguments in try write(arguments) }
    }

    private static func write(_ arguments: ParsedArguments) throws {
        let (file, isSandbox) = (arguments.positionals[0], arguments.has("sandbox"))
        let settings = try Settings(arguments, needsProfile: !isSandbox)
        // A profile that is not usable is reported on the standard error; the rest of the bundle is written all the same.
        var backend: Backend?
        do {
            backend = try CommandDefinition.backend(arguments, settings, isReadOnly: true)
        } catch let error as CommandError where !isSandbox {
            printError("souk: \(error.sentences)")
        }
        let (client, clock) = (backend?.client, backend?.clock ?? SystemClock())
        let offline = arguments.has("offline")
        let bundle = SupportBundle(settings)
        let text = WaitingThread.run {
            let signIn = offline ? nil : await signIn(client)
            return await bundle.text(of: client, at: clock.now(), signIn: signIn)
        }
        if file == "-" { return try writeOutput(Array(text.utf8)) }
        switch Exports.write(text, newFile: file) {
        case .success(let path): try printOutput(path)
        case .failure(let problem): throw CommandError(.outputFailed, problem.message)
        }
    }

    private static func signIn(_ client: Client?) async -> String? {
        guard let client else { return nil }
        do throws(MarketplaceError) {
            try await client.signIn()
            return "The marketplace accepts the profile."
        } catch {
            return error.message
        }
    }
}
