import Marketplace
import Testing

@testable import Rows

@Suite struct `Jobs of lists` {
    private func results(_ job: ListJob) -> [ListResult] {
        var results: [ListResult] = []
        job.run(isCancelled: { false }, post: { results.append($0) })
        return results
    }

    private func jobs(_ work: [BackgroundWork]) -> [ListJob] {
        work.compactMap { if case .run(let job) = $0 { job } else { nil } }
    }

    @Test func `a result is read with the ticket of its job and no other`() throws {
        let ticket = JobTicket<Int>(ListJob.Slot("orders"), number: 1)
        let job = ListJob(ticket) { _, post in
            post(1)
            post(2)
        }
        let results = results(job)
        #expect(results.map { ticket.content(of: $0) } == [1, 2])
        let others = [
            ticket.next, JobTicket(ListJob.Slot("orders", .marking), number: 1),
            JobTicket(ListJob.Slot("customers"), number: 1),
        ]
        for other in others { #expect(other.content(of: results[0]) == nil) }
    }

    @Test func `two jobs are equal when their tickets are`() {
        let ticket = JobTicket<Int>(ListJob.Slot("orders"), number: 1)
        #expect(ListJob(ticket) { $1(1) } == ListJob(ticket) { $1(2) })
        #expect(ListJob(ticket) { $1(1) } != ListJob(ticket.next) { $1(1) })
    }

    private func accounts(_ name: String, _ count: Int = 5000) -> [Account] {
        (0..<count).map {
            Account(id: .init(String($0)), kind: .customer, name: "\(name) \($0)", status: .active)
        }
    }

    @Test func `a long list of accounts gives its names when its job has indexed it`() throws {
        var entities = EntityStore()
        let rows = accounts("First")
        let job = try #require(jobs(entities.insert(rows, of: .customers)).first)
        #expect(entities.name(of: "3") == "account 3")
        // The same rows again, as when only the state of the reading has changed.
        #expect(entities.insert(rows, of: .customers).isEmpty)
        for result in results(job) { #expect(entities.take(result) == []) }
        #expect(entities.name(of: "3") == "First 3")
        #expect(entities.insert(rows, of: .customers).isEmpty)
    }

    @Test func `a list that was replaced before it was indexed is ignored`() throws {
        var entities = EntityStore()
        let first = try #require(jobs(entities.insert(accounts("First"), of: .customers)).first)
        let second = try #require(jobs(entities.insert(accounts("Second"), of: .customers)).first)
        #expect(first.slot == second.slot && first != second)
        for result in results(second) { #expect(entities.take(result) == []) }
        for result in results(first) { #expect(entities.take(result) == nil) }
        #expect(entities.name(of: "3") == "Second 3")
        // A short list needs no job, and what the long one leaves is freed elsewhere.
        #expect(entities.insert(accounts("Third", 10), of: .customers).count == 1)
        #expect(entities.name(of: "3") == "Third 3")
    }
}
