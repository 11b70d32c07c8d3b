import ArgumentParser
import Marketplace
import MarketplaceClient

/// `souk support-bundle`: what a support desk asks for, in one file without secrets.
struct SupportBundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support-bundle",
        abstract: "Write what a support desk asks for into one file, without secrets and personal data.",
        discussion: """
            Version, system, terminal, settings with their places, the newest writes of the journal, and the requests of
            this run with their correlation ids. It signs in once, to say whether the profile is accepted; nothing else
            is asked. The request log of a dashboard is in the bundle that its journal writes (key W).

              souk support-bundle bundle.txt
              souk support-bundle - | less
            """)

    @Argument(help: "The file to write, which must not be there yet; - for the standard output.")
    var file: String

    @Flag(help: "Ask the marketplace nothing.")
    var offline = false

    @OptionGroup var marketplace: BackendOptions

    func run() throws {
        let settings = try marketplace.settings()
        // A profile that is not usable is reported on the standard error; the rest of the bundle is written all the same.
        var backend: Backend?
        do {
            backend = try marketplace.backend(settings, isReadOnly: true)
        } catch let error as CommandError where !marketplace.sandbox {
            printError("souk: \(error.sentences)")
        }
        let (client, clock, offline) = (backend?.client, backend?.clock ?? SystemClock(), offline)
        let bundle = SupportBundle(settings)
        let text = waitFor {
            let signIn = offline ? nil : await Self.signIn(client)
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
