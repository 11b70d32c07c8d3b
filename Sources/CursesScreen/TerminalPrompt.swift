import CNCurses
import Glibc
import Screen

/// Asks a person for one line after another. One at a time may be open, and only one thread may call it.
///
/// Promises: what is typed to a hidden question is not echoed, and whatever way the process ends, short of SIGKILL, the
/// terminal has its own modes back. Between two questions signals do what they did before.
public struct TerminalPrompt {
    public enum Reply: Equatable, Sendable {
        case line(String)
        /// No more can come: ^D, or the terminal is gone.
        case end
        case ended(signal: Int32)
    }

    private let input: Int32
    private let output: Int32

    /// On the standard input, with the questions on the standard error.
    /// - Throws: When one of them is no terminal.
    public init() throws(TerminalProblem) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { throw .notATerminal }
        (input, output) = (STDIN_FILENO, STDERR_FILENO)
    }

    /// Writes `question` and waits for a line, which the terminal lets a person edit as always.
    public func ask(_ question: String, isHidden: Bool = false) -> Reply {
        var modes = termios()
        guard tcgetattr(input, &modes) == 0 else { return .end }
        let shell = modes
        if isHidden {
            modes.c_lflag &= ~tcflag_t(ECHO)
            modes.c_lflag |= tcflag_t(ICANON | ISIG | ECHONL)
        }
        let descriptor = cn_catch_signals(input, output, getenv("SWIFT_BACKTRACE") != nil)
        guard descriptor >= 0 else { return .end }
        let inbox = SignalInbox(descriptor)
        let terminal = TerminalOutput(output)
        func enter() {
            cn_screen_is_up("", 0)
            tcsetattr(input, TCSANOW, &modes)
            _ = terminal.send(TerminalText.safe(question))
        }
        func leave() {
            var shell = shell
            tcsetattr(input, TCSANOW, &shell)
            cn_screen_is_down()
        }
        enter()
        defer {
            leave()
            cn_release_signals()
        }
        var bytes: [UInt8] = []
        while true {
            var sources = [input, descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            if poll(&sources, nfds_t(sources.count), -1) < 0, errno != EINTR { return .end }
            while let number = inbox.next() {
                switch number {
                case SIGWINCH: break
                case SIGTSTP:
                    leave()
                    cn_stop_process_group()
                    // It reports what has just happened.
                    inbox.drop(SIGCONT)
                    enter()
                case SIGCONT: enter()
                default:
                    cn_ending_was_served()
                    // What follows begins on a line of its own.
                    _ = terminal.send("\n")
                    return .ended(signal: number)
                }
            }
            guard sources[0].revents != 0 else { continue }
            var part = [UInt8](repeating: 0, count: 4096)
            let count = read(input, &part, part.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else {
                _ = terminal.send("\n")
                return .end
            }
            bytes += part[..<count]
            guard bytes.last == UInt8(ascii: "\n") else { continue }
            return .line(String(decoding: bytes.dropLast(), as: UTF8.self))
        }
    }
}
