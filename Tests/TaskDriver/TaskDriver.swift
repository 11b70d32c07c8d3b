import Glibc
import TestSupport
import Threads

/// `TaskDriver SCENE COUNT SEED`: plays a scene on the threads of `Threads` and tells what was counted. A key ends it, while
/// other tasks are at work.
@main
struct TaskDriver {
    static func main() {
        TaskThreads.use()
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 3, let scene = Scene(rawValue: arguments[0]), let count = Int(arguments[1]),
            let seed = UInt64(arguments[2])
        else { exit(64) }
        // What hangs is ended by the signal.
        alarm(60)
        Task.detached {
            let counted = await scene.play(count, dice: Dice(seed: seed))
            print("counted \(counted).")
            fflush(nil)
        }
        _ = getchar()
        for _ in 0..<16 { Task.detached { while true { await Task.yield() } } }
        exit(0)
    }
}
