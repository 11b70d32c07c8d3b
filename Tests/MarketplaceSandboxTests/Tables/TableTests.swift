import Testing

@testable import MarketplaceSandbox

@Suite struct TableTests {
    @Test func `ids are given in order around the landmarks and found again`() {
        let ids = IDSpace(first: 100, landmarks: [(id: 7, place: 0), (id: 5, place: 3), (id: 9, place: 4)])
        #expect((0..<7).map { ids.id(of: $0) } == [7, 100, 101, 5, 9, 102, 103])
        for place in 0..<7 { #expect(ids.place(of: String(ids.id(of: place)), count: 7) == place) }
        for id in ["104", "99", "", "0", "0100", "1x", "-100"] { #expect(ids.place(of: id, count: 7) == nil) }
    }

    @Test func `groups keep their rows in order, also those that come later`() {
        var groups = GroupIndex(groups: [2, 0, 2, 1, 2])
        groups.append(row: 5, to: 2)
        groups.append(row: 6, to: 9)
        func rows(_ group: Int) -> [Int] {
            let list = groups.rows(of: group)
            return (0..<list.count).map { list[$0] }
        }
        #expect(rows(2) == [0, 2, 4, 5])
        #expect(rows(1) == [3])
        #expect(rows(9) == [6])
        #expect(rows(3) == [])
        #expect(groups.rows(of: 2).page(offset: 1, limit: 2).places == [4, 2])
        #expect(groups.rows(of: 2).page(offset: 1, limit: 9) { $0 != 4 }.places == [2, 0])
    }
}
