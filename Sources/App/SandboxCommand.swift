import ArgumentParser
import Dispatch
import Glibc
import MarketplaceSandbox

/// `souk sandbox`: the embedded marketplace over HTTP, for another souk, a script or a test.
struct SandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Serve the sandbox marketplace over HTTP on 127.0.0.1.")

    @Option(help: "The port to listen on; 0 takes any that is free.")
    var port = 8787

    @OptionGroup var options: SandboxOptions

    func run() throws {
        let sandbox = Sandbox(options.configuration)
        let port = port
        let outcome = Outcome()
        let serving = Task.detached {
            do {
                try await SandboxServer.run(sandbox, port: port, onListening: Self.announce)
                outcome.end(with: nil)
            } catch is CancellationError {
                outcome.end(with: nil)
            } catch {
                outcome.end(with: "\(error)")
            }
        }
        let sources = Self.onEndingSignal { serving.cancel() }
        defer { for source in sources { source.cancel() } }
        if let problem = outcome.wait() { throw fail(problem, code: 1) }
    }

    private static func announce(port: Int) {
        let base = "http://127.0.0.1:\(port)/marketplace/us"
        printOutput(base)
        printError(
            """
            The sandbox is listening; ^C ends it. In another terminal:
              export SOUK_BASE_URL=\(base) SOUK_MARKETPLACE=us SOUK_USER=demo.api SOUK_PASSWORD=demo
              export SOUK_SUBSCRIPTION_KEY=00000000000000000000000000000000
              souk
            """)
    }

    private static func onEndingSignal(_ action: @escaping @Sendable () -> Void) -> [any DispatchSourceSignal] {
        [SIGTERM, SIGINT, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: action)
            source.resume()
            return source
        }
    }

    /// How the server ended, told from its task to the thread that waits.
    private final class Outcome: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)
        private let problem = Mailslot<String>()

        func end(with text: String?) {
            if let text { problem.put(text) }
            semaphore.signal()
        }

        func wait() -> String? {
            semaphore.wait()
            return problem.take()
        }
    }
}
