import Testing

@testable import Screen

@Suite struct `The columns of a table` {
    private typealias Need = ColumnLayout.Need

    /// Customer, product, units, state, rate, id.
    private func needs(customer: Int = 34, product: Int = 40, rate: Int = 10, id: Int = 7) -> [Need] {
        [
            Need(.name(16, 34), .first(1), title: 8, longest: customer),
            Need(.product(20, 40), .first(2), title: 7, longest: product),
            Need(.whole(5), .first(4), title: 5, longest: 3), Need(.forms(15, 18), .first(3), title: 5, longest: 18),
            Need(.whole(12), .then(1), title: 7, longest: rate), Need(.whole(7), .then(2), title: 2, longest: id),
        ]
    }

    @Test(
        arguments: [
            (56, [17, 20, nil, 15, nil, nil]), (62, [16, 20, 5, 15, nil, nil]), (65, [16, 20, 5, 18, nil, nil]),
            (76, [22, 25, 5, 18, nil, nil]), (103, [34, 40, 5, 18, nil, nil]), (116, [34, 40, 5, 18, nil, nil]),
            (117, [34, 40, 5, 18, 12, nil]), (126, [34, 40, 5, 18, 12, 7]), (200, [34, 40, 5, 18, 12, 7]),
        ] as [(Int, [Int?])]) func `share its width by their ranks`(width: Int, widths: [Int?])
    {
        #expect(ColumnLayout.widths(needs(), in: width) == widths)
    }

    @Test func `leave to others what their cells do not need`() {
        #expect(ColumnLayout.widths(needs(customer: 9), in: 76)[0] == 9)
        #expect(ColumnLayout.widths(needs(customer: 9), in: 76)[1] == 38)
        #expect(ColumnLayout.widths(needs(customer: 3), in: 76)[0] == 8)
    }

    @Test func `that are empty come last, where nothing is cut`() {
        #expect(ColumnLayout.widths(needs(rate: 0, id: 0), in: 103) == [34, 40, 5, 18, nil, nil])
        #expect(ColumnLayout.widths(needs(rate: 0), in: 112) == [34, 40, 5, 18, nil, 7])
        #expect(ColumnLayout.widths(needs(rate: 0), in: 126) == [34, 40, 5, 18, 12, 7])
        #expect(ColumnLayout.widths(needs(customer: 60, rate: 0), in: 130) == [52, 40, 5, 18, nil, 7])
    }

    @Test func `that do not fit whole take what is left in their short form or as a shorter name, and end the row`() {
        let form = Need(.forms(6, 12), .then(1), title: 4, longest: 12)
        let name = Need(.name(16, 30), .then(1), title: 8, longest: 28)
        let last = Need(.whole(4), .then(2), title: 2, longest: 4)
        func widths(_ need: Need, in width: Int) -> [Int?] {
            ColumnLayout.widths([Need(.name(16, 34), .first(1), title: 8, longest: 20), need, last], in: width)
        }
        #expect(widths(form, in: 27) == [20, nil, nil])
        #expect(widths(form, in: 28) == [20, 6, nil])
        #expect(widths(form, in: 34) == [20, 12, nil])
        #expect(widths(form, in: 40) == [20, 12, 4])
        #expect(widths(name, in: 37) == [20, nil, nil])
        #expect(widths(name, in: 38) == [20, 16, nil])
        #expect(widths(name, in: 48) == [20, 26, nil])
        #expect(widths(name, in: 56) == [20, 28, 4])
    }

    @Test func `beyond the narrow form come only when all of that have their place`() {
        let needs = [
            Need(.whole(8), .first(1), title: 4, longest: 8), Need(.name(20, 30), .first(2), title: 4, longest: 30),
            Need(.whole(6), .then(1), title: 4, longest: 6),
        ]
        #expect(ColumnLayout.widths(needs, in: 29) == [8, nil, nil])
        #expect(ColumnLayout.widths(needs, in: 30) == [8, 20, nil])
        #expect(ColumnLayout.widths(needs, in: 48) == [8, 30, 6])
    }

    @Test func `of names grow beyond what is enough for nearly all when nothing else needs the place`() {
        #expect(ColumnLayout.widths(needs(customer: 300), in: 200)[0] == 200 - 7 - 12 - 18 - 5 - 40 - 10)
    }

    @Test func `never reach beyond its width, and one is always there`() {
        for width in -3...130 {
            let widths = ColumnLayout.widths(needs(), in: width).compactMap { $0 }
            #expect(widths.reduce(0, +) + ColumnLayout.gap * (widths.count - 1) <= max(0, width))
            #expect(!widths.isEmpty)
        }
    }

    @Test func `that can have a place are those that get one, whatever is in their cells`() {
        let columns = needs().map { ($0.cells, $0.rank, $0.title) }
        for width in 20...140 {
            let candidates = ColumnLayout.candidates(columns, in: width)
            for customer in [0, 5, 34, 60] {
                let widths = ColumnLayout.widths(needs(customer: customer), in: width)
                #expect(widths.indices.allSatisfy { widths[$0] == nil || candidates.contains($0) })
            }
        }
    }

    @Test(arguments: [
        ("Aurora 365 Business Premium", 20, "Aurora 365 … Premium"),
        ("Aurora 365 Business Premium", 27, "Aurora 365 Business Premium"),
        ("Aurora 365 Business Premium", 19, "Aurora … Premium"), ("Nordspan Archive Storage", 18, "Nordspan … Storage"),
        ("Vereinigungsbuchhaltung", 10, "Vereinigu…"), ("A Vereinigungsbuchhaltung", 10, "A Vereini…"),
        ("Wort Buchhaltungsprogramm", 24, "Wort Buchhaltungsprogra…"), ("作者出版 株式会社", 14, "作者出版 株式…"),
        ("作者出版社 株式会社", 16, "作者出… 株式会社"), ("Mirador Identity Governance", 18, "Mirado… Governance"),
    ]) func `keep the last word of a product`(text: String, width: Int, cut: String) {
        #expect(TerminalText.cutKeepingLastWord(text, to: width) == cut)
        #expect(TerminalText.width(of: cut) <= width)
    }

    @Test func `stay where they are while one scrolls, unless a longer cell comes into view`() {
        let names = ["a", "bb", "cccc cccc", "d", "e", "f"]
        let table = Table<Int>([
            .init("N", .name(4, 20), .first(1)) { (names[$0], .plain) },
            .init("X", .whole(2), .first(2)) { _ in ("x", .plain) },
        ])
        var pictures = RowPictures(of: table, width: 40)
        func scroll(to top: Int) -> Int {
            pictures.draw(top..<(top + 2), inView: top..<(top + 2)) { $0 }
            return pictures.layout[0].width
        }
        #expect([0, 1, 2, 3, 4].map(scroll) == [2, 9, 9, 9, 9])
        #expect(RowPictures(of: table, width: 40).layout.count == 2)
        let again = RowPictures(of: table, width: 40, longest: pictures.longest)
        #expect(again.layout[0].width == 9)
    }
}
