import Glibc
import MarketplaceClient
import Screen

/// Standard input, output and error.
enum StandardStreams {
    /// To be called before anything else opens a file.
    ///
    /// A stream that is closed would give its number to the next file that is opened, a journal or a connection, and what
    /// is meant for people would be written there. Something that can neither be read nor written takes its place, so that
    /// its use still fails.
    static func prepare() {
        for (stream, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(stream, F_GETFD) < 0 {
            // The lowest free number is the stream's: those before it are open.
            _ = open("/dev/null", mode)
        }
        // The call that writes reports what cannot be written: nobody reads, or a file may grow no further.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// `text` with nothing in it that would make a terminal do anything but show it.
    static func safe(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { TerminalText.safe(String($0)) }.joined(separator: "\n")
    }
}

/// Writes lines to the standard error; nothing can be done when that fails.
func printError(_ line: String) { printErrorPart(line + "\n") }

/// Writes to the standard error without ending the line.
func printErrorPart(_ text: String) {
    printErrorBytes(Array(StandardStreams.safe(text).utf8))
}

/// Writes bytes as they are to the standard error, for what a terminal is to obey.
func printErrorBytes(_ bytes: [UInt8]) { _ = FileBytes.write(bytes, to: STDERR_FILENO) }

/// Writes lines to the standard output at once, so that a program reading it sees them.
/// - Throws: As ``writeOutput(_:)``.
func printOutput(_ line: String) throws { try writeOutput(Array("\(line)\n".utf8)) }

/// Writes bytes as they are to the standard output.
/// - Throws: The exit when they cannot be written, after a message; without one when nobody reads any more, as with
///   `| head`.
func writeOutput(_ bytes: [UInt8]) throws {
    guard FileBytes.write(bytes, to: STDOUT_FILENO) else { throw outputFailure(errno) }
}

/// Ends the use of the standard output: a file on another machine may report only now that it could not be written.
/// - Throws: As ``writeOutput(_:)``.
func finishOutput() throws {
    // Closing any handle asks the file; the stream's own number must not go to another file.
    let copy = dup(STDOUT_FILENO)
    if copy >= 0, close(copy) != 0, errno != EINTR { throw outputFailure(errno) }
}

private func outputFailure(_ code: Int32) -> any Error {
    if code == EPIPE { return ExitCode(128 + SIGPIPE) }
    let reason = code == EBADF ? "it is closed" : String(cString: strerror(code))
    return CommandError(.outputFailed, "the standard output cannot be written (\(reason)). It is not complete.")
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
