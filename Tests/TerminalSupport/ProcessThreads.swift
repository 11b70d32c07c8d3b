import Glibc

/// The threads of a running process, by their numbers; the first has the number of the process. None when it is gone.
public enum ProcessThreads {
    public static func numbers(of process: pid_t) -> [pid_t] {
        guard let folder = opendir("/proc/\(process)/task") else { return [] }
        defer { closedir(folder) }
        var numbers: [pid_t] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let number = pid_t(name) { numbers.append(number) }
        }
        return numbers
    }

    /// The names of all but the first.
    public static func names(of process: pid_t) -> Set<String> {
        Set(numbers(of: process).filter { $0 != process }.compactMap { name(in: "/proc/\(process)/task/\($0)") })
    }

    /// The name of the thread that asks.
    public static var ownName: String { name(in: "/proc/thread-self") ?? "" }

    private static func name(in folder: String) -> String? {
        guard let file = fopen(folder + "/comm", "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
