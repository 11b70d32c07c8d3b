import Glibc

/// Writes a line to the standard error; nothing can be done when that fails.
func printError(_ line: String) { _ = write(Array("\(line)\n".utf8), to: STDERR_FILENO) }

/// Writes a line to the standard output at once, so that a program reading it sees it.
func printOutput(_ line: String) { _ = write(Array("\(line)\n".utf8), to: STDOUT_FILENO) }

/// Writes bytes as they are to the standard output.
/// - Returns: whether all of them could be written.
func writeOutput(_ bytes: [UInt8]) -> Bool { write(bytes, to: STDOUT_FILENO) }

/// Everything that can be read from `descriptor` until its end.
func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(descriptor, &part, part.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return bytes }
        bytes += part[..<count]
    }
}

private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}

/// The environment as this process was given it.
func environment() -> [String: String] {
    var result: [String: String] = [:]
    var entry = environ
    while let line = entry.pointee {
        let parts = String(cString: line).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
        entry += 1
    }
    return result
}
