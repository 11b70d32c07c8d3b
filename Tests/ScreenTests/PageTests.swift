import Screen
import Testing

@Suite struct `Pages of labelled values` {
    private static let values: [String?] = [
        nil, "", "x", "two words",
        "several words that need more than one row of the page, and even more than two of them",
        String(repeating: "unbroken", count: 20), "作者出版株式会社作者出版株式会社作者出版株式会社", "a\u{1B}[31m",
    ]

    private static func page(_ value: String?, isOpened: Bool) -> Page {
        var page = Page.preview(width: 39, isOpened: isOpened)
        page.heading(value ?? "", right: value == nil ? "" : "ACTIVE")
        page.paragraph(value ?? "", rows: 2)
        page.field("first", value)
        page.field("second", value, rows: 2)
        page.field("third", fitting: value.map { [$0 + ", and more", $0] } ?? [])
        page.blank()
        page.heading("PART", right: value ?? "")
        let start = page.lines.count
        if let value { page.paragraph(value) }
        page.fill(from: start, rows: 3)
        page.field("last", "x")
        return page
    }

    private static func labels(_ page: Page) -> [String] {
        page.lines.enumerated().flatMap { y, runs in
            runs.filter(\.isLabel).map { "\(y) \($0.x) \($0.text)" }
        }
    }

    @Test(arguments: values) func `a preview has every label in the same place, whatever its values`(value: String?) {
        #expect(
            Self.labels(Self.page(value, isOpened: false)) == [
                "3 2 first", "4 2 second", "6 2 third", "8 1 PART", "12 2 last",
            ])
    }

    @Test func `a preview shows a dash for what is missing, and cuts what is too long`() {
        func rows(_ value: String?) -> [String] {
            var page = Page.preview(width: 30)
            page.field("name", value, rows: 2)
            return page.lines.map { $0.map(\.text).joined(separator: "|") }
        }
        #expect(rows(nil) == ["name|-", ""])
        #expect(rows("Aurora") == ["name|Aurora", ""])
        #expect(rows("Aurora 365 Business Premium for everybody") == ["name|Aurora 365", "Business Prem…"])
    }

    @Test func `the longest form that fits is shown`() {
        func row(width: Int, isOpened: Bool) -> String {
            var page = Page.preview(width: width, isOpened: isOpened)
            page.field("units", fitting: ["6 at 4.56 EUR each", "6 at 4.56 EUR", "6"])
            return page.lines[0].last?.text ?? ""
        }
        #expect(row(width: 40, isOpened: false) == "6 at 4.56 EUR each")
        #expect(row(width: 30, isOpened: false) == "6 at 4.56 EUR")
        #expect(row(width: 20, isOpened: false) == "6")
    }

    @Test func `the page of an opened row leaves out what is missing, and shows the rest whole`() {
        #expect(Self.page(nil, isOpened: true).lines.count < Self.page("x", isOpened: true).lines.count)
        let long = Self.page(Self.values[4], isOpened: true)
        #expect(!long.lines[1..<8].joined().contains { $0.text.contains("…") })
        #expect(Self.labels(long).isEmpty)
    }

    @Test func `after its fixed places a preview takes what it needs`() {
        var page = Page.preview(width: 39)
        page.field("fixed", nil)
        page.endFixedPlaces()
        page.field("left out", nil)
        page.paragraph(Self.values[4] ?? "")
        #expect(page.lines.count > 3)
        #expect(Self.labels(page) == ["0 2 fixed"])
    }
}
