import Glibc
import TerminalSupport
import Testing

/// All tasks of a process on the threads of `Threads`, in a process of its own (`TaskDriver`). A scene ends only if no
/// wake-up is lost; more of each with `SOUK_TASKS`, another course with `SOUK_TASKS_SEED`.
@Suite(.timeLimit(.minutes(10))) struct `Tasks on threads of our own` {
    private static let factor = getenv("SOUK_TASKS").flatMap { Int(String(cString: $0)) } ?? 1
    private static let seed = getenv("SOUK_TASKS_SEED").map { String(cString: $0) } ?? "1"

    private func play(_ scene: String, _ count: Int, seed: String = seed) throws -> (
        counted: Bool, threads: Set<String>
    ) {
        let program = PseudoTerminal.builtProduct("TaskDriver")
        let terminal = try PseudoTerminal(running: program, [scene, String(count), seed])
        let counted = terminal.wait(for: "counted \(count).", seconds: 90)
        let threads = terminal.processID.map { ProcessThreads.names(of: $0) } ?? []
        terminal.send("\r")
        #expect(terminal.exitStatus() == .code(0), "\(terminal.screen.text)")
        return (counted, threads)
    }

    @Test(arguments: [("crowd", 4000), ("readers", 4000), ("sleepers", 2000), ("counted", 50_000), ("hops", 20_000)])
    func `all of them come to their end`(scene: String, count: Int) throws {
        let result = try play(scene, count * Self.factor)
        #expect(result.counted)
        #expect(result.threads.isSubset(of: ["souk-work", "souk-timer"]), "\(result.threads)")
    }

    @Test func `those that block do not stop what they wait for`() throws {
        let result = try play("blocked", 20)
        #expect(result.counted)
    }
}
