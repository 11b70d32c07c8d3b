import Glibc
import Testing

/// Expects `text` to be what the file `Golden/<name>.txt` beside the test's file holds. With SOUK_RECORD_GOLDEN=1 in
/// the environment the file is written instead.
public func expectScreen(
    _ text: String, matches name: String, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
) {
    let place = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    let file = GoldenFile(name, beside: filePath)
    if GoldenFile.isRecording {
        if !file.write(text) { Issue.record("cannot write \(file.path)", sourceLocation: place) }
        return
    }
    guard let expected = file.read() else {
        Issue.record(
            "There is no \(file.path). Run with SOUK_RECORD_GOLDEN=1 to make it from this:\n\(text)",
            sourceLocation: place)
        return
    }
    if let difference = LineDifference.describe(text, expected: expected) {
        Issue.record("\(name) looks different (- expected, + now):\n\(difference)", sourceLocation: place)
    }
}

/// What `Golden/<name>.txt` beside the test's file holds, for a test that waits until it is seen; nil when there is
/// nothing or when it is to be recorded.
public func recordedScreen(_ name: String, filePath: String = #filePath) -> String? {
    GoldenFile.isRecording ? nil : GoldenFile(name, beside: filePath).read()
}

struct GoldenFile {
    let path: String

    /// Whether the files are to be written instead of compared.
    static var isRecording: Bool { getenv("SOUK_RECORD_GOLDEN").map { String(cString: $0) } == "1" }

    init(path: String) { self.path = path }

    init(_ name: String, beside filePath: String) {
        let folder = filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        path = "\(folder)/Golden/\(name).txt"
    }

    func read() -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
        // The one that closes the file; blank rows at the end of a screen are part of it.
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Makes the folder where it is missing. A line end closes the file.
    func write(_ text: String) -> Bool {
        mkdir(path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"), 0o755)
        guard let file = fopen(path, "w") else { return false }
        let bytes = Array((text + "\n").utf8)
        let count = fwrite(bytes, 1, bytes.count, file)
        return fclose(file) == 0 && count == bytes.count
    }
}

/// Two texts line by line.
public enum LineDifference {
    /// The lines that differ, each with its number; nil when the texts are the same.
    public static func describe(_ text: String, expected: String) -> String? {
        let new = lines(of: text)
        let old = lines(of: expected)
        guard new != old else { return nil }
        var parts: [String] = []
        for index in 0..<max(new.count, old.count) {
            let newLine = index < new.count ? new[index] : nil
            let oldLine = index < old.count ? old[index] : nil
            if newLine == oldLine { continue }
            let number = String(index + 1)
            let label = String(repeating: " ", count: max(0, 3 - number.count)) + number
            if let oldLine { parts.append("\(label) - \(oldLine)|") }
            if let newLine { parts.append("\(label) + \(newLine)|") }
        }
        return parts.joined(separator: "\n")
    }

    private struct Line: Equatable, CustomStringConvertible {
        let description: String

        /// Byte by byte: spellings that Swift takes as equal are different bytes on a terminal.
        static func == (left: Line, right: Line) -> Bool {
            left.description.utf8.elementsEqual(right.description.utf8)
        }
    }

    private static func lines(of text: String) -> [Line] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Line(description: String($0)) }
    }
}

/// Expects that the lines between `<!-- name -->` and `<!-- /name -->` of a file of the package are `lines`. With
/// SOUK_RECORD_GOLDEN=1 in the environment they are put there.
public func expectBlock(
    _ name: String, _ lines: [String], in file: String, fileID: String = #fileID, filePath: String = #filePath,
    line: Int = #line, column: Int = #column
) {
    let place = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    let folders = filePath.split(separator: "/", omittingEmptySubsequences: false)
    guard let tests = folders.lastIndex(of: "Tests") else {
        Issue.record("\(filePath) lies in no package", sourceLocation: place)
        return
    }
    let golden = GoldenFile(path: (folders[..<tests] + [Substring(file)]).joined(separator: "/"))
    var all = (golden.read() ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = all.firstIndex(of: "<!-- \(name) -->"), let end = all.firstIndex(of: "<!-- /\(name) -->"),
        start < end
    else {
        Issue.record("\(golden.path) has no block \(name)", sourceLocation: place)
        return
    }
    let old = Array(all[(start + 1)..<end])
    guard old != lines else { return }
    if GoldenFile.isRecording {
        all.replaceSubrange((start + 1)..<end, with: lines)
        if !golden.write(all.joined(separator: "\n")) {
            Issue.record("cannot write \(golden.path)", sourceLocation: place)
        }
        return
    }
    let difference = LineDifference.describe(lines.joined(separator: "\n"), expected: old.joined(separator: "\n"))
    Issue.record(
        "\(file) differs. Run with SOUK_RECORD_GOLDEN=1 to put it right (- there, + now):\n\(difference ?? "")",
        sourceLocation: place)
}
