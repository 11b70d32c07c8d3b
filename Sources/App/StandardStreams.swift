import Glibc

/// Writes a line to the standard error; nothing can be done when that fails.
func printError(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

/// Writes a line to the standard output at once, so that a program reading it sees it.
func printOutput(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

private func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        bytes = bytes.dropFirst(count)
    }
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
