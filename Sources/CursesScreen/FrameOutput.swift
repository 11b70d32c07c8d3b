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

    private let terminal: Int32
    private let modes: ScreenModes
    /// The descriptor that curses writes to.
    private let curses: Int32
    private let memory: Int32
    private let marksFrames: Bool
    private var bytes: [UInt8] = Array(repeating: 0, count: 16_384)

    /// - Parameters:
    ///   - terminal: a descriptor of the terminal that is not the one of curses.
    ///   - curses: the descriptor that curses writes to.
    init(terminal: Int32, curses: Int32, modes: ScreenModes, marksFrames: Bool) {
        self.terminal = terminal
        self.curses = curses
        self.modes = modes
        self.marksFrames = marksFrames && modes.understandsSequences
        memory = cn_anonymous_file("souk-frame")
    }

    func close() { if memory >= 0 { Glibc.close(memory) } }

    /// Sends what curses writes during `draw`.
    mutating func send(_ draw: () -> Void) {
        guard memory >= 0, cn_redirect(memory, curses) else { return draw() }
        draw()
        guard cn_redirect(terminal, curses) else { return }
        let length = Int(lseek(memory, 0, SEEK_CUR))
        guard length > 0 else { return }
        lseek(memory, 0, SEEK_SET)
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
        guard count == length else { return }
        modes.send(bytes[..<(begin + length + end)], to: terminal)
    }
}
