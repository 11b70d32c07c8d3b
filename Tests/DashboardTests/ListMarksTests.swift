import Marketplace
import Rows
import RowsSupport
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct Marks {
    private var setting: ListSetting<Item> {
        let profile = ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false)
        return ListSetting(Item.columns(), Model(profile: profile))
    }

    private func snapshot(_ rows: [Item]) -> Snapshot<Listing<Item>> {
        Snapshot(value: Listing(rows: rows, total: rows.count, isComplete: true))
    }

    /// Does the jobs that the list wants until it wants no more; some are left for later.
    private func settle(_ list: inout RowList<Item>, _ waiting: inout [ListJob]) {
        waiting += list.takeEffects().compactMap { if case .client(.arrange(let job)) = $0 { job } else { nil } }
        while !waiting.isEmpty {
            var results: [ListResult] = []
            waiting.removeFirst().run(
                isCancelled: { false }, post: { results.append($0) })
            for result in results { list.take(result) }
            list.arrange(setting)
            waiting += list.takeEffects().compactMap { if case .client(.arrange(let job)) = $0 { job } else { nil } }
        }
    }

    private func marked(_ list: RowList<Item>) -> Set<String> {
        Set((0..<list.count).filter(list.isMarked).compactMap { list.row($0)?.id })
    }

    @Test(arguments: [(1, 4000), (2, 4000), (3, 10), (4, 10), (5, 10), (6, 10)])
    func `stay on their rows whatever comes, goes, is filtered or sorted`(seed: UInt64, atOnce: Int) throws {
        var dice = Dice(seed: seed)
        var rows = Item.some(300, &dice)
        var list = RowList<Item>(.orders, atOnce: atOnce)
        var model: Set<String> = []
        var waiting: [ListJob] = []
        list.receive(snapshot(rows), setting)
        settle(&list, &waiting)
        for _ in 0..<120 {
            // Jobs of marking are not waited for: the keys after them count all the same.
            var mustSettle = true
            switch dice.below(9) {
            case 0:
                let here = try #require(list.selected?.id)
                list.toggleMark()
                model.formSymmetricDifference([here])
                mustSettle = dice.below(2) == 0
            case 1:
                model.formUnion((0..<list.count).compactMap { list.row($0)?.id })
                list.markAll()
                mustSettle = false
            case 2:
                list.markRange()
                let steps = dice.below(80)
                for _ in 0..<steps { list.move(dice.below(2) == 0 ? .down : .pageDown) }
                model.formUnion(try #require(list.rangePlaces).compactMap { list.row($0)?.id })
                list.markRange()
                mustSettle = false
            case 3 where dice.below(3) == 0:
                list.clearMarks()
                model = []
            case 4:
                list.filter.field.text = dice.one(of: ["", "aurora", "state:busy", "son"])
                list.arrange(setting)
            case 5:
                list.order = dice.one(of: [
                    nil, SortOrder(column: "units"), SortOrder(column: "name", isDescending: true),
                ])
                list.arrange(setting)
            case 6:
                rows.shuffle(using: &dice)
                list.receive(snapshot(rows), setting)
            default: list.move(dice.one(of: [.up, .down, .pageDown, .first, .last]))
            }
            if mustSettle { settle(&list, &waiting) }
            if list.isEmpty {
                list.filter.field.text = ""
                list.arrange(setting)
                settle(&list, &waiting)
            }
        }
        list.filter.field.text = ""
        list.arrange(setting)
        settle(&list, &waiting)
        #expect(marked(list) == model)
        #expect(list.markCount == model.count)
        #expect(Set(list.marked.map(\.id)) == model)
        let order = rows.map(\.id)
        let places = list.marked.compactMap { order.firstIndex(of: $0.id) }
        #expect(places == places.sorted())
    }

    @Test func `of rows that are gone are gone`() {
        var dice = Dice(seed: 2)
        let rows = Item.some(10, &dice)
        var list = RowList<Item>(.orders)
        list.receive(snapshot(rows), setting)
        list.toggleMark()
        list.toggleMark()
        #expect(list.markWords == "2 marked" && list.extent == "10")
        list.receive(snapshot(Array(rows.dropFirst())), setting)
        #expect(list.markWords == "1 marked" && list.extent == "9")
        #expect(list.marked.map(\.id) == [rows[1].id])
        list.clear()
        #expect(list.markCount == 0)
    }

    @Test func `are left after the filter and before the view`() {
        var dice = Dice(seed: 2)
        var list = RowList<Item>(.orders)
        list.receive(snapshot(Item.some(10, &dice)), setting)
        list.toggleMark()
        list.filter.field.text = "a"
        list.markRange()
        var steps: [String] = []
        while list.takeBack() {
            steps.append("\(list.rangeStart != nil) \(list.filter.isActive) \(list.markCount)")
        }
        #expect(steps == ["false true 1", "false false 1", "false false 0"])
    }
}

@Suite(.onComputingThreads) struct `Columns and sorting` {
    private let columns = [
        ListColumn<Item>("id", .init("ID", .whole(4), .first(1)) { ($0?.id ?? "", .plain) }, .unique(\.id)),
        ListColumn("name", .init("NAME", .whole(4), .first(2)) { ($0?.name ?? "", .plain) }, .text(\.name)),
        ListColumn(
            "units", .init("UNITS", .whole(4), .then(1)) { _ in ("", .plain) }, .number(\.units), isShown: false),
        ListColumn("state", nil, .text(\.state)),
    ]

    @Test func `the sorting moves over the columns shown and stops at the ends`() {
        var list = RowList<Item>(.orders)
        list.moveSorting(by: 1, columns)
        #expect(list.order == SortOrder(column: "id"))
        list.order?.isDescending = true
        list.moveSorting(by: 1, columns)
        #expect(list.order == SortOrder(column: "name", isDescending: true))
        list.moveSorting(by: 1, columns)
        #expect(list.order?.column == "name")
        list.toggle("units", columns)
        list.moveSorting(by: 1, columns)
        #expect(list.order?.column == "units")
    }

    @Test func `choosing the column in force sorts the other way, and the first choice not at all`() {
        var list = RowList<Item>(.orders)
        list.sort(by: "name")
        list.sort(by: "name")
        #expect(list.order == SortOrder(column: "name", isDescending: true))
        list.sort(by: "state")
        #expect(list.order == SortOrder(column: "state"))
        list.sort(by: "")
        #expect(list.order == nil)
    }

    @Test func `a list shows at least one column, and the choice outlives its rows`() {
        var list = RowList<Item>(.orders)
        list.toggle("name", columns)
        list.toggle("id", columns)
        #expect(columns.filter(list.isShown).map(\.name) == ["id"])
        list.clear()
        #expect(columns.filter(list.isShown).map(\.name) == ["id"])
    }
}
