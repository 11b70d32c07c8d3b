import HTTPTypes

/// How a storage serves a file in part (RFC 9110, 13.1.5 and 14): from a place on, as long as the file is the same.
struct FileRanges {
    var file: Answer
    /// When the file was made.
    var modified: Moment

    func answer(to headers: HTTPFields) -> Answer {
        var answer = file
        let tag = entityTag
        answer.headers += [
            (name: "Accept-Ranges", value: "bytes"), (name: "ETag", value: tag),
            (name: "Last-Modified", value: modified.httpDate),
        ]
        let condition = headers[.ifRange] ?? tag
        guard let text = headers[.range], condition == tag || condition == modified.httpDate,
            let range = range(text)
        else { return answer }
        let count = file.body.count
        guard range.lowerBound < count else {
            var refusal = StorageRefusal.range.answer
            refusal.headers.append((name: "Content-Range", value: "bytes */\(count)"))
            return refusal
        }
        let part = range.clamped(to: 0..<count)
        answer.status = 206
        answer.body = Array(file.body[part])
        answer.headers.append(
            (name: "Content-Range", value: "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(count)"))
        return answer
    }

    /// Another one for other bytes.
    private var entityTag: String {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in file.body { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "\"\(String(sum, radix: 16))\""
    }

    /// `bytes=100-` and `bytes=100-199`; nil for all other forms, which a server may ignore.
    private func range(_ text: String) -> Range<Int>? {
        guard text.hasPrefix("bytes=") else { return nil }
        let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let start = Int(ends[0]), start >= 0 else { return nil }
        if ends[1].isEmpty { return start..<Int.max }
        guard let last = Int(ends[1]), last >= start, last < Int.max else { return nil }
        return start..<last + 1
    }
}
