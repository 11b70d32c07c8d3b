import CThreads
import Glibc

/// A thread of the system, which nobody waits for.
///
/// It takes no signal from outside: those are the screen's thread's. What a thread does wrong itself (an invalid address,
/// a trap) reaches the handlers of a crash, on a stack of their own, because the thread's may be what is full.
enum SystemThread {
    /// In bytes of addresses; memory is taken as the stack grows. Threads get as much from most shells, and the deepest
    /// answers were decoded with it.
    static let stackSize = 8 << 20
    private static let signalStackSize = 64 << 10
    private static let ownFaults = [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP, SIGSYS]

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// - Parameter name: 15 bytes at most.
    /// - Returns: whether the system had a thread left.
    static func start(named name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackSize)
        // A thread begins with the mask of the one that makes it: not one signal may slip in before it has its own.
        var mask = sigset_t()
        var before = sigset_t()
        sigfillset(&mask)
        for signal in ownFaults { sigdelset(&mask, signal) }
        pthread_sigmask(SIG_SETMASK, &mask, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { SystemThread.run(Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()) }
                return nil
            }, start.toOpaque())
        if code != 0 { start.release() }
        return code == 0
    }

    private static func run(_ start: Start) {
        nameThread(start.name)
        let room = UnsafeMutableRawPointer.allocate(byteCount: signalStackSize, alignment: 16)
        defer { room.deallocate() }
        var stack = stack_t(ss_sp: room, ss_flags: 0, ss_size: signalStackSize)
        sigaltstack(&stack, nil)
        start.body()
        stack.ss_flags = Int32(SS_DISABLE)
        sigaltstack(&stack, nil)
    }
}
