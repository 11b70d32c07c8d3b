import Glibc
import Marketplace
import TestSupport
import Testing

@testable import MarketplaceClient

/// Several programs with one subscription key.
@Suite(.timeLimit(.minutes(30))) struct `Calls that are counted together` {
    private let clock = HeldClock()
    private let path: String

    init() throws { path = try TestFolder.make() + "/souk/calls.txt" }

    private func pacer(perMinute: Int? = 20, perDay: Int? = nil) -> Pacer {
        Pacer(Pacing(perMinute: perMinute, perDay: perDay), clock: clock, shared: SharedCalls(path: path))
    }

    private func send(_ count: Int, through pacer: Pacer) async throws {
        for _ in 0..<count {
            pacer.finished(try await pacer.permit(for: CallContext(priority: .write), kind: "x"), .answered)
        }
    }

    /// How many calls may leave now.
    private func sent(through pacer: Pacer, _ priority: CallPriority = .onScreen) async -> Int {
        var count = 0
        while count < 100 {
            let before = pacer.budget().usedToday
            let call = Task { try await pacer.permit(for: CallContext(priority: priority), kind: "y") }
            for await budget in pacer.budgets() where budget.usedToday > before || budget.waitingInAll > 0 { break }
            guard pacer.budget().waitingInAll == 0, let permit = try? await call.value else {
                call.cancel()
                break
            }
            pacer.finished(permit, .answered)
            count += 1
        }
        return count
    }

    @Test func `keep the pace of one program`() async throws {
        try await send(15, through: pacer())
        #expect(await sent(through: pacer()) == 4, "a twentieth is kept for writes")
        clock.advance(seconds: SlidingWindow.length)
        #expect(await sent(through: pacer()) == 19)
    }

    @Test func `are one's own only once`() async throws {
        let pacer = pacer()
        try await send(15, through: pacer)
        #expect(await sent(through: pacer) == 4)
    }

    @Test func `are counted for the day`() async throws {
        try await send(5, through: pacer(perDay: 100))
        clock.advance(seconds: 3600)
        let later = pacer(perDay: 100)
        try await send(1, through: later)
        #expect(later.budget().usedToday == 6)
        #expect(later.budget().sent == 1, "what one program has sent is its own")
        #expect(SharedCalls(path: path).usedToday(now: clock.now())?.used == 6)
        clock.advance(seconds: 86_400)
        #expect(SharedCalls(path: path).usedToday(now: clock.now()) == nil)
    }

    @Test func `leave nothing in the file but times`() async throws {
        try await send(2, through: pacer())
        let text = try text()
        #expect(text.hasPrefix("souk calls 1\nday 1900000000000 2\n1900000000000 "))
        #expect(text.split(separator: "\n").count == 4)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        clock.advance(seconds: SlidingWindow.length)
        try await send(1, through: pacer())
        #expect(try self.text().split(separator: "\n").count == 3, "what is over is taken out")
    }

    @Test(arguments: [
        "", "souk calls 2\n1900000000000 x\n",
        "souk calls 1\nday x y\n19000 00000\n\u{0}\n1900000000000\n-1 x\nday 1 2 3\n",
        "souk calls 1\nday 1900000009999999 5\n1900000009999 x\n1899999900000 x\n",
    ])
    func `are not disturbed by what the file says otherwise`(text: String) async throws {
        #expect(StateDirectory.make(above: path))
        write(text)
        #expect(await sent(through: pacer()) == 19)
        #expect(try self.text().hasPrefix("souk calls 1\nday 1900000000000 19\n"))
    }

    @Test func `are one's own where the file cannot be used`() async throws {
        let nowhere = Pacer(
            Pacing(perMinute: 20, perDay: nil), clock: clock, shared: SharedCalls(path: "/proc/none/calls.txt"))
        #expect(await sent(through: nowhere) == 19)
        // Another program was stopped while it held the file.
        try await send(10, through: pacer())
        let held = open(path, O_RDWR | O_CLOEXEC)
        defer { close(held) }
        #expect(flock(held, LOCK_EX) == 0)
        #expect(await sent(through: pacer()) == 19)
    }

    private func text() throws -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        return String(decoding: try #require(FileBytes.read(file)), as: UTF8.self)
    }

    private func write(_ text: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(file) }
        #expect(FileBytes.write(Array(text.utf8), to: file))
    }
}
