import CursesScreen
import Glibc
import Screen

/// A small program on the real terminal for tests of what can only be seen from outside: ways out, signals, locales.
/// It shows its size, the keys it got and samples of text; some keys make it end badly.
@main
struct TerminalDriver {
    private let terminal: CursesTerminal
    private var said: [String] = []

    static func main() {
        do throws(TerminalProblem) {
            let arguments = CommandLine.arguments
            let log = arguments.firstIndex(of: "--error-log").map { arguments[$0 + 1] }
            let terminal = try CursesTerminal(
                asciiOnly: arguments.contains("--ascii"), colour: !arguments.contains("--no-colour"), errorLog: log)
            var driver = TerminalDriver(terminal: terminal)
            driver.run()
        } catch {
            fputs(error.message + "\n", stderrFile())
            exit(2)
        }
    }

    private init(terminal: CursesTerminal) { self.terminal = terminal }

    private mutating func run() {
        while true {
            draw()
            var sources = [terminal.inputDescriptor, terminal.signalDescriptor].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            poll(&sources, 2, -1)
            for signal in terminal.signals() { take(signal) }
            for key in terminal.keys() { take(key) }
            if terminal.isHungUp { leave(with: 3) }
        }
    }

    private mutating func take(_ signal: TerminalSignal) {
        switch signal {
        case .resized: terminal.resize()
        case .continued: said.append("continued")
        case .ended(let number):
            terminal.close()
            print("ended by \(number)")
            exit(100 + number)
        }
    }

    private mutating func take(_ key: Key) {
        switch key {
        case "q": leave(with: 0)
        case "f": fatalError("the driver was told to fail")
        case "n": Self.readNowhere()
        case "a": abort()
        case "o": print(Self.recurse(1))
        case "x": exit(7)
        case "e":
            fputs("a word on the error output\n", stderrFile())
            said.append("spoken")
        case "b":
            said.append("deaf")
            draw()
            while true { poll(nil, 0, -1) }
        case .control("z"): terminal.suspend()
        case .control("l"): terminal.redraw()
        case .paste(let text): said.append("paste(\(text))")
        default: said.append(key.name)
        }
    }

    private func leave(with code: Int32) {
        terminal.close()
        print("good-bye")
        exit(code)
    }

    private func draw() {
        var canvas = Canvas(size: terminal.size)
        canvas.write("size \(terminal.size.columns)x\(terminal.size.rows)", x: 0, y: 0, style: .title)
        canvas.write("said " + said.joined(separator: " "), x: 0, y: 1)
        canvas.write("作者 Jørgensen ™ …", x: 0, y: 2, style: .good)
        canvas.horizontalRule(x: 0, y: 3, width: 10)
        canvas.write("ready", x: 0, y: 4, style: .strong)
        terminal.present(canvas)
    }

    private static func readNowhere() {
        let nowhere = UnsafePointer<Int>(bitPattern: 8)
        print(nowhere!.pointee)
    }

    private static func recurse(_ depth: Int) -> Int { depth == 0 ? 0 : recurse(depth + 1) + recurse(depth + 2) }

    /// The C library's own `stderr` is a global that Swift cannot share.
    private static func stderrFile() -> UnsafeMutablePointer<FILE> { fdopen(STDERR_FILENO, "w") }
    private func stderrFile() -> UnsafeMutablePointer<FILE> { Self.stderrFile() }
}
