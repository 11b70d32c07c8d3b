import CNCurses
import Glibc

/// Gathers what curses sends for a frame, so that it reaches the terminal in one piece: curses itself writes after each
/// movement of the cursor, and each of its writes wakes the terminal up.
///
/// For the length of a frame the descriptor that curses writes to leads into memory. At all other times it leads to the
/// terminal, as curses expects when it asks for and sets modes.
struct FrameOutput {
    /// Frames with more bytes are marked as frames, so that a terminal that knows such marks shows them as a whole.
    private static let markedAbove = 1024

    /// A descriptor of the terminal that is not the one of curses.
    private let terminal: Int32
    private let output: TerminalOutput
    /// The descriptor that curses writes to.
    private let curses: Int32
    private var memory: Int32
    private var nowhere: Int32
    private let marksFrames: Bool
    private var bytes: [UInt8] = Array(repeating: 0, count: 16_384)

    init(terminal: Int32, output: TerminalOutput, curses: Int32, marksFrames: Bool) {
        self.terminal = terminal
        self.output = output
        self.curses = curses
        self.marksFrames = marksFrames
        memory = cn_anonymous_file("souk-frame")
        nowhere = cn_nowhere()
    }

    mutating func close() {
        closeMemory()
        if nowhere >= 0 { Glibc.close(nowhere) }
        nowhere = -1
    }

    private mutating func closeMemory() {
        if memory >= 0 { Glibc.close(memory) }
        memory = -1
    }

    /// Lets curses change what it believes of the terminal. Nothing that it writes meanwhile reaches the terminal, and
    /// no mode of it is set.
    func withoutTerminal(_ action: () -> Void) {
        let isAway = nowhere >= 0 && cn_redirect(nowhere, curses)
        action()
        if isAway { _ = cn_redirect(terminal, curses) }
    }

    /// Sends what curses writes during `draw`.
    /// - Returns: false when some of it is lost, though curses takes it for shown: then everything is to be drawn anew.
    mutating func send(_ draw: () -> Void) -> Bool {
        guard memory >= 0, lseek(memory, 0, SEEK_SET) == 0, cn_redirect(memory, curses) else {
            draw()
            return true
        }
        draw()
        guard cn_redirect(terminal, curses) else { return true }
        guard let length = wholeLength, let frame = read(length) else {
            // Where a file may not grow, or no memory is left, a frame can be cut off. From now on without.
            closeMemory()
            return false
        }
        if !frame.isEmpty { output.send(frame) }
        return true
    }

    /// How much was written; nil when not all of it could be.
    private var wholeLength: Int? {
        let length = Int(lseek(memory, 0, SEEK_CUR))
        var mark: UInt8 = 0
        // Curses does not say when its writes fail. What stopped them stops this one too.
        guard length >= 0, write(memory, &mark, 1) == 1 else { return nil }
        return length
    }

    private mutating func read(_ length: Int) -> ArraySlice<UInt8>? {
        guard length > 0 else { return [] }
        let isMarked = marksFrames && length > Self.markedAbove
        let begin = isMarked ? ScreenModes.beginFrame.utf8.count : 0
        let end = isMarked ? ScreenModes.endFrame.utf8.count : 0
        if bytes.count < begin + length + end {
            bytes = Array(repeating: 0, count: begin + length + end)
        }
        if isMarked {
            bytes.replaceSubrange(0..<begin, with: ScreenModes.beginFrame.utf8)
            bytes.replaceSubrange(begin + length..<begin + length + end, with: ScreenModes.endFrame.utf8)
        }
        let count = bytes.withUnsafeMutableBytes { pread(memory, $0.baseAddress! + begin, length, 0) }
        return count == length ? bytes[..<(begin + length + end)] : nil
    }
}
