import Glibc
import TerminalSupport
import Testing

@testable import Threads

@Suite struct `A thread of the system` {
    private struct Look: Sendable {
        var name = ""
        var blocked: Set<Int32> = []
        var hasSignalStack = false
    }

    private func look() async -> Look {
        await withCheckedContinuation { continuation in
            let isStarted = SystemThread.start(named: "a thread") {
                var look = Look()
                var mask = sigset_t()
                pthread_sigmask(SIG_BLOCK, nil, &mask)
                look.blocked = Set((1..<32).filter { sigismember(&mask, $0) == 1 })
                var stack = stack_t()
                sigaltstack(nil, &stack)
                look.hasSignalStack = stack.ss_flags & Int32(SS_DISABLE) == 0 && stack.ss_size >= 16 << 10
                look.name = ProcessThreads.ownName
                continuation.resume(returning: look)
            }
            #expect(isStarted)
        }
    }

    @Test func `leaves signals from outside to others, and takes its own faults on a stack of their own`() async {
        let look = await look()
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCONT, SIGTSTP, SIGPIPE, SIGALRM, SIGCHLD] {
            #expect(look.blocked.contains(signal))
        }
        for signal in [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP, SIGSYS] {
            #expect(!look.blocked.contains(signal))
        }
        #expect(look.hasSignalStack)
        #expect(look.name == "a thread")
    }

    @Test func `the one that makes it keeps its own signals`() async {
        var before = sigset_t()
        var after = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &before)
        #expect(SystemThread.start(named: "another") {})
        pthread_sigmask(SIG_BLOCK, nil, &after)
        #expect((1..<32).allSatisfy { sigismember(&before, $0) == sigismember(&after, $0) })
    }
}
