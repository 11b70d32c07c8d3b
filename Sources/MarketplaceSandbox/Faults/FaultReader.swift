/// Reads a fault rule word by word, and keeps the column of each for error messages.
struct FaultReader {
    private struct Word {
        var text: String
        var column: Int
    }

    private let text: String
    private var words: [Word] = []
    private var position = 0
    /// The place of the colon, nil when there is none.
    private var colon: Int?
    /// How many of the words stand before it.
    private var wordsOfTarget = 0

    init(_ text: String) {
        self.text = text
        var current = Word(text: "", column: 1)
        var words: [Word] = []
        func end() {
            if !current.text.isEmpty { words.append(current) }
            current.text = ""
        }
        for (index, character) in text.enumerated() {
            if character == ":", colon == nil {
                end()
                colon = index + 1
                wordsOfTarget = words.count
            } else if character.isWhitespace {
                end()
            } else {
                if current.text.isEmpty { current.column = index + 1 }
                current.text.append(character)
            }
        }
        end()
        self.words = words
    }

    mutating func rule() throws(FaultRule.Problem) -> FaultRule {
        let (method, path) = try target()
        let start = position
        let kind = try kind()
        var effect: (isAfter: Bool, word: Word)?
        var when: FaultRule.When?
        while let word = next() {
            switch word.text {
            case "before-effect", "after-effect":
                guard effect == nil else { throw problem(word, "the effect is given twice") }
                effect = (word.text == "after-effect", word)
            case "every", "first", "at":
                guard when == nil else { throw problem(word, "how often is given twice") }
                when = try self.when(word)
            default:
                throw problem(word, "expected before-effect, after-effect, every N, first N or at P%, not \(word.text)")
            }
        }
        let spoils = FaultReader.spoilsAnswer(kind)
        if spoils, let effect, !effect.isAfter {
            throw problem(effect.word, "\(words[start].text) spoils the real answer, so it is always after-effect")
        }
        return FaultRule(
            text, method: method, path: path, kind: kind,
            isAfterEffect: effect?.isAfter ?? (spoils || FaultReader.isDelay(kind)), when: when ?? .always)
    }

    /// Whether the kind needs an answer of the marketplace.
    private static func spoilsAnswer(_ kind: FaultRule.Kind) -> Bool {
        switch kind {
        case .status, .html, .empty, .reset(0), .delay: false
        default: true
        }
    }

    private static func isDelay(_ kind: FaultRule.Kind) -> Bool { if case .delay = kind { true } else { false } }

    // MARK: The calls

    private mutating func target() throws(FaultRule.Problem) -> (method: String?, path: [String]?) {
        guard colon != nil else {
            throw FaultRule.Problem(
                text: text, column: text.count + 1, message: "expected a colon between the calls and the fault")
        }
        guard wordsOfTarget > 0 else {
            throw FaultRule.Problem(
                text: text, column: colon ?? 1, message: "expected a method and a path, or *, before the colon")
        }
        guard wordsOfTarget <= 2 else { throw problem(words[2], "expected the colon after the path") }
        var method: String?
        if let word = words.first, !word.text.hasPrefix("/"), word.text != "*" || wordsOfTarget == 2 {
            position += 1
            guard ["*", "GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"].contains(word.text) else {
                throw problem(word, "\(word.text) is not a method; expected GET, POST, PATCH or *")
            }
            method = word.text == "*" ? nil : word.text
        }
        guard position < wordsOfTarget else { return (method, nil) }
        let word = words[position]
        position += 1
        guard word.text != "*" else { return (method, nil) }
        guard word.text.hasPrefix("/") else { throw problem(word, "expected a path that begins with /, or *") }
        return (method, word.text.split(separator: "/").map(String.init))
    }

    // MARK: The fault

    private mutating func kind() throws(FaultRule.Problem) -> FaultRule.Kind {
        guard let word = next() else { throw atEnd("expected a kind of fault, such as status 503 or reset") }
        switch word.text {
        case "status":
            guard let number = next() else { throw atEnd("expected a status from 200 to 599") }
            return try status(number)
        case "html": return .html(try optionalStatus() ?? 200)
        case "empty": return .empty(try optionalStatus() ?? 200)
        case "reset": return .reset(try optionalCount() ?? 0)
        case "truncate": return .truncate(try optionalCount())
        case "cut": return .cut(try optionalCount())
        case "slow": return .slow(try seconds())
        case "delay": return .delay(try seconds())
        case "duplicate-rows": return .duplicateRows
        case "shifted-rows": return .shiftedRows(try optionalCount() ?? 1)
        case "ignored-range": return .ignoredRange
        case "odd-types": return .oddTypes
        case "wrong-charset": return .wrongCharset
        case "gzip-broken": return .gzipBroken
        default:
            guard Int(word.text) == nil else { return try status(word) }
            throw problem(
                word,
                "\(word.text) is not a kind of fault; expected status, html, empty, reset, truncate, cut, slow, delay, "
                    + "duplicate-rows, shifted-rows, ignored-range, odd-types, wrong-charset or gzip-broken")
        }
    }

    private mutating func status(_ word: Word) throws(FaultRule.Problem) -> FaultRule.Kind {
        let code = try code(word)
        if position < words.count, let body = FaultRule.Body(rawValue: words[position].text) {
            position += 1
            return .status(code, body)
        }
        return .status(code, code == 429 ? .gateway : (502...504).contains(code) ? .html : .platform)
    }

    private func code(_ word: Word) throws(FaultRule.Problem) -> Int {
        guard let code = Int(word.text), (200...599).contains(code) else {
            throw problem(word, "\(word.text) is not a status from 200 to 599")
        }
        return code
    }

    private mutating func optionalStatus() throws(FaultRule.Problem) -> Int? {
        guard let word = number() else { return nil }
        return try code(word)
    }

    private mutating func optionalCount() throws(FaultRule.Problem) -> Int? {
        guard let word = number() else { return nil }
        return try count(word, from: 0)
    }

    /// The next word if it begins with a digit.
    private mutating func number() -> Word? {
        guard position < words.count, words[position].text.first?.isNumber == true else { return nil }
        return next()
    }

    private func count(_ word: Word, from least: Int) throws(FaultRule.Problem) -> Int {
        guard let count = Int(word.text), count >= least, count <= 1_000_000_000 else {
            throw problem(word, "\(word.text) is not a whole number from \(least) on")
        }
        return count
    }

    private mutating func seconds() throws(FaultRule.Problem) -> Double {
        guard let word = next() else { throw atEnd("expected a number of seconds") }
        guard let seconds = Double(word.text), seconds >= 0, seconds <= 86_400 else {
            throw problem(word, "\(word.text) is not a number of seconds from 0 to 86400")
        }
        return seconds
    }

    private mutating func when(_ word: Word) throws(FaultRule.Problem) -> FaultRule.When {
        guard let number = next() else {
            throw atEnd(word.text == "at" ? "expected a share such as 10%" : "expected a number from 1 on")
        }
        guard word.text == "at" else {
            let count = try count(number, from: 1)
            return word.text == "every" ? .every(count) : .first(count)
        }
        guard number.text.hasSuffix("%"), let share = Double(number.text.dropLast()), share >= 0, share <= 100 else {
            throw problem(number, "\(number.text) is not a share from 0% to 100%")
        }
        return .share(Int((share * 10_000).rounded()))
    }

    // MARK: Words

    private mutating func next() -> Word? {
        guard position < words.count else { return nil }
        position += 1
        return words[position - 1]
    }

    private func problem(_ word: Word, _ message: String) -> FaultRule.Problem {
        FaultRule.Problem(text: text, column: word.column, message: message)
    }

    private func atEnd(_ message: String) -> FaultRule.Problem {
        FaultRule.Problem(text: text, column: text.count + 1, message: message)
    }
}
