import CNCurses
import Dispatch
import Glibc
import MarketplaceSandbox

/// `souk sandbox`: the embedded marketplace over HTTP, for another souk, a script or a test.
enum SandboxCommand {
    static var command: CommandDefinition {
        CommandDefinition(
            path: ["sandbox"], summary: "Serve the sandbox marketplace over HTTP on 127.0.0.1.",
            options: [
                OptionDefinition("port", value: "N", "The port to listen on; 0 takes any that is free (default: 8787).")
            ] + SandboxOptions.definitions + CommonOptions.help,
            calls: "0", examples: ["souk sandbox", "souk sandbox --port 0 --calls-per-minute 60"], isLocal: true
        ) { arguments in
            let port = try arguments.value("port").map { text throws(CommandError) in
                guard let port = Int(text) else {
                    throw CommandError(.badValue, "'\(text)' is no number of a port.", hint: "Write 0 or 8787.")
                }
                return port
            }
            try serve(Sandbox(SandboxOptions(arguments).configuration), port: port ?? 8787)
        }
    }

    private static func serve(_ sandbox: Sandbox, port: Int) throws {
        cn_keep_freed_memory()
        let outcome = Outcome()
        let serving = Task.detached {
            do {
                try await SandboxServer.run(sandbox, port: port) { port in
                    do {
                        try announce(port: port)
                    } catch {
                        // Who started the server cannot know where it is.
                        outcome.end(with: error)
                    }
                }
                outcome.end(with: nil)
            } catch is CancellationError {
                outcome.end(with: nil)
            } catch {
                outcome.end(with: CommandError(.internal, "\(error)"))
            }
        }
        let sources = onEndingSignal { serving.cancel() }
        defer { for source in sources { source.cancel() } }
        if let error = outcome.wait() { throw error }
    }

    private static func announce(port: Int) throws {
        let base = "http://127.0.0.1:\(port)/marketplace/us"
        try printOutput(base)
        printError(
            """
            The sandbox is listening; ^C ends it. In another terminal:
              export SOUK_BASE_URL=\(base) SOUK_MARKETPLACE=us SOUK_USER=demo.api SOUK_PASSWORD=demo
              export SOUK_SUBSCRIPTION_KEY=00000000000000000000000000000000
              souk
            """)
    }

    private static func onEndingSignal(_ action: @escaping @Sendable () -> Void) -> [any DispatchSourceSignal] {
        [SIGTERM, SIGINT, SIGHUP].compactMap { number in
            let before = signal(number, SIG_IGN)
            // A signal that was ignored stays so, as with nohup.
            if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { return nil }
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: action)
            source.resume()
            return source
        }
    }

    /// How the server ended, handed from its task to the thread that waits.
    private final class Outcome: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)
        private let error = Mailslot<any Error>()

        func end(with error: (any Error)?) {
            if let error { self.error.put(error) }
            semaphore.signal()
        }

        func wait() -> (any Error)? {
            semaphore.wait()
            return error.take()
        }
    }
}
