import CursesScreen
import Glibc
import Screen

/// A small program on the real terminal for tests of what can only be seen from outside: ways out, signals, locales.
/// It shows its size, the keys it got and samples of text; some keys make it end badly.
@main
struct TerminalDriver {
    private let terminal: CursesTerminal
    private var said: [String] = []
    /// Whether every cell looks different from the one beside it.
    private var isFull = false

    static func main() {
        do throws(TerminalProblem) {
            let arguments = CommandLine.arguments
            func value(_ name: String) -> String? { arguments.firstIndex(of: name).map { arguments[$0 + 1] } }
            var options = TerminalOptions()
            options.asciiOnly = arguments.contains("--ascii")
            options.mouse = !arguments.contains("--no-mouse")
            options.marksFrames = !arguments.contains("--no-marks")
            if arguments.contains("--no-colour") { options.theme = .withoutColour }
            options.errorLog = value("--error-log")
            options.crashReport = value("--crash-report")
            options.program = "driver 1"
            let terminal = try CursesTerminal(options)
            terminal.title("the driver")
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
            // Where nobody reads any more no word can be said.
            if !isFull { print("ended by \(number)") }
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
        case "2": Self.crashTwice()
        case "w": isFull.toggle()
        case "e":
            _ = write(STDERR_FILENO, "a word on the error output\n", 27)
            said.append("spoken")
        case "b":
            said.append("deaf")
            draw()
            while true { poll(nil, 0, -1) }
        case .control("z"): terminal.suspend()
        case .control("l"): terminal.redraw()
        case .paste(let text): said.append("paste(\(text))")
        case .mouse(let mouse): said.append("\(mouse.action)(\(mouse.x),\(mouse.y))")
        case "y": said.append("\(terminal.copy("Jørgensen\u{1B}\n作者"))")
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
        canvas.write(terminal.hasFocus ? "looked at" : "not looked at", x: 0, y: 5)
        if isFull { fill(&canvas) }
        terminal.present(canvas)
    }

    private func fill(_ canvas: inout Canvas) {
        let styles: [Style] = [.title, .good, .strong, .plain, .faint, .warning]
        for y in 6..<max(6, canvas.size.rows) {
            for x in 0..<canvas.size.columns {
                canvas.write(String((x + y) % 10), x: x, y: y, style: styles[(x + y) % styles.count])
            }
        }
        canvas.write("full", x: 0, y: canvas.size.rows - 1)
    }

    /// Two threads at once, each with a crash of its own.
    private static func crashTwice() {
        for _ in 0..<2 {
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { _ in
                    raise(SIGSEGV)
                    return nil
                }, nil)
        }
        while true { poll(nil, 0, -1) }
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
