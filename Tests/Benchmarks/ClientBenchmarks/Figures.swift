import FoundationEssentials
import Glibc

/// A line that is there at once, in a pipe too.
func print(_ line: String) {
    Swift.print(line)
    fflush(nil)
}

nonisolated(nonsending) func seconds(
    _ action: nonisolated(nonsending) () async throws -> Void
) async rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await action()
    return start.duration(to: clock.now).inSeconds
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

/// Half of all lie below the first figure, 99 of 100 below the second; in milliseconds.
func spread(_ seconds: [Double]) -> String {
    let sorted = seconds.sorted()
    func at(_ share: Double) -> String {
        let index = min(sorted.count - 1, Int(Double(sorted.count) * share))
        return "\(Double(Int(sorted[index] * 1e6)) / 1000)"
    }
    return "p50 \(at(0.5)) ms, p99 \(at(0.99)) ms"
}

/// What the system says of this process, in megabytes: `VmRSS` is resident now, `VmHWM` the most that ever was.
func megabytes(_ name: String) -> String {
    guard let data = FileManager.default.contents(atPath: "/proc/self/status") else { return "?" }
    let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name + ":") }
    let kilobytes = line?.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Double($0) } ?? 0
    return "\(Double(Int(kilobytes * 1024 / 1e5)) / 10) MB"
}

/// In bytes.
func resident() -> Int {
    guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return 0 }
    let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
}
