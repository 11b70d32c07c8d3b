import Glibc
import MarketplaceClient

/// Writes a line to the standard error; nothing can be done when that fails.
func printError(_ line: String) { _ = FileBytes.write(Array("\(line)\n".utf8), to: STDERR_FILENO) }

/// Writes a line to the standard output at once, so that a program reading it sees it.
func printOutput(_ line: String) { _ = FileBytes.write(Array("\(line)\n".utf8), to: STDOUT_FILENO) }

/// Writes bytes as they are to the standard output.
/// - Returns: whether all of them could be written.
func writeOutput(_ bytes: [UInt8]) -> Bool { FileBytes.write(bytes, to: STDOUT_FILENO) }

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
