import Glibc
import TerminalSupport

/// What the system reports of a running process.
struct ProcessFigures {
    /// Times that each of its threads went to sleep, which is how often it was awake.
    private var sleeps: [pid_t: Int]
    /// In kilobytes, now and at most.
    var resident: Int
    var peak: Int

    /// Nil when the process is gone.
    init?(of process: pid_t) {
        guard let status = Self.lines(of: "/proc/\(process)/status") else { return nil }
        resident = Self.number(in: status, "VmRSS:")
        peak = Self.number(in: status, "VmHWM:")
        sleeps = [:]
        for thread in ProcessThreads.numbers(of: process) {
            let status = Self.lines(of: "/proc/\(process)/task/\(thread)/status") ?? []
            sleeps[thread] = Self.number(in: status, "voluntary_ctxt_switches:")
        }
    }

    /// Times that its threads were awake since `earlier`. A thread that ended in between takes its count along.
    func wakeUps(since earlier: ProcessFigures?) -> Int {
        sleeps.reduce(0) { $0 + $1.value - (earlier?.sleeps[$1.key] ?? 0) }
    }

    private static func number(in lines: [Substring], _ name: String) -> Int {
        let line = lines.first { $0.hasPrefix(name) }
        return line.flatMap { Int($0.dropFirst(name.count).filter(\.isNumber)) } ?? 0
    }

    private static func lines(of path: String) -> [Substring]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
    }
}
