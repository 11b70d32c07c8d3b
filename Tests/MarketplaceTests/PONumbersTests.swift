import Testing

@testable import Marketplace

@Suite struct `Proposed PO numbers` {
    private static let now = Instant(millisecondsSince1970: 1_795_183_452_000)

    @Test func `they begin with the program and the moment and stay short`() {
        let numbers = PONumbers(session: 0x1CE5)
        #expect(numbers.number(1, at: Self.now) == "SOUK-261120-140412-7751")
        #expect(numbers.number(1000, at: Self.now) == "SOUK-261120-140412-775Z8")
        #expect(numbers.number(100_000, at: Self.now).count <= 26)
    }

    @Test func `none is proposed twice in a session, however many in one second`() {
        let numbers = PONumbers(session: 5)
        #expect(Set((0..<100_000).map { numbers.number($0, at: Self.now) }).count == 100_000)
    }

    @Test func `no two sessions propose the same in one second`() {
        let proposals = (0..<32_768).flatMap { session in
            // Where a count gets one more sign, it must not look like another session's.
            [0, 1, 31, 32, 1023, 1024].map { PONumbers(session: session).number($0, at: Self.now) }
        }
        #expect(Set(proposals).count == proposals.count)
    }

    @Test func `the next second proposes others`() {
        let numbers = PONumbers(session: 5)
        #expect(numbers.number(1, at: Self.now) != numbers.number(1, at: Self.now.adding(seconds: 1)))
    }

    @Test func `sessions that nobody names differ`() {
        #expect(Set((0..<64).map { _ in PONumbers().session }).count > 32)
    }

    @Test func `only signs that cannot be mistaken are used`() {
        let text = (0..<32_768).map { PONumbers(session: $0).session }.joined()
        #expect(!text.contains { "ILOU".contains($0) || $0.isLowercase })
    }
}
