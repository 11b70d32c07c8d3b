/// A message of linear mode, in whole lines.
public struct Sentence: Equatable, Sendable {
    /// What a sentence is about, in the order of output. Each is written again when its own words change.
    public enum Topic: Int, CaseIterable, Comparable, Sendable {
        /// Profile and mode.
        case program
        /// Where the person is. A new place repeats everything.
        case place
        /// What happened, or why a key did nothing.
        case message
        /// The text to be read.
        case page
        /// How much a list holds, and what it is narrowed to.
        case extent
        /// The row on the cursor, or the row of the form that keys go to.
        case selected
        /// The text beside a form: its price and what is missing.
        case aside
        /// What the review asks for, and what was typed.
        case question
        /// The keys of the place.
        case keys

        public static func < (left: Topic, right: Topic) -> Bool { left.rawValue < right.rawValue }
    }

    public var topic: Topic
    public var lines: [String]

    init(_ topic: Topic, _ lines: [String]) {
        self.topic = topic
        self.lines = lines.filter { !$0.isEmpty }
    }

    init(_ topic: Topic, _ line: String) { self.init(topic, [line]) }
}

/// Remembers what was written, so that only changes are written.
public struct Voice: Sendable {
    private var lastSentences: [Sentence.Topic: [String]] = [:]

    public init() {}

    /// The lines to write now: all of them at a new place. At the same place a topic is written when its words differ
    /// from those written last, and of a page only the new lines.
    public mutating func news(_ sentences: [Sentence]) -> [String] {
        let place = sentences.first { $0.topic == .place }?.lines
        if place != lastSentences[.place] { lastSentences = lastSentences.filter { $0.key == .program } }
        var news: [String] = []
        for sentence in sentences.sorted(by: { $0.topic < $1.topic }) {
            let before = lastSentences[sentence.topic]
            guard sentence.lines != before else { continue }
            lastSentences[sentence.topic] = sentence.lines
            switch (sentence.topic, before) {
            case (.keys, .some): break
            case (.page, .some(let old)) where old.first == sentence.lines.first,
                (.aside, .some(let old)):
                news += sentence.lines.filter { !old.contains($0) }
            default: news += sentence.lines
            }
        }
        // What is no longer said is said again when it comes back, but for what goes while an answer is awaited.
        for topic in [Sentence.Topic.message, .question, .page] where !sentences.contains(where: { $0.topic == topic })
        {
            lastSentences[topic] = nil
        }
        return news
    }

    /// Writes everything once more.
    public mutating func again(_ sentences: [Sentence]) -> [String] {
        lastSentences = [:]
        return news(sentences)
    }
}
