import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Whole screens as text, from a fixed seed and clock, at the three sizes that people use.
@Suite(.onComputingThreads) struct Screens {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60)]

    private func expect(_ name: String, _ keys: String, _ size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(keys)
        expectScreen(stage.screen, matches: "\(name)-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func `the account tree`(size: Size) async { await expect("accounts", "j<Right>j", size) }

    @Test(arguments: sizes) func `the preview of an account`(size: Size) async {
        await expect("account-preview", size.columns < 100 ? "j<Right>jp" : "j<Right>j", size)
    }

    @Test(arguments: sizes) func `lists without a preview`(size: Size) async {
        await expect("accounts-alone", "j<Right>jpp<Esc>p", size)
        await expect("subscriptions-alone", "3p", size)
        await expect("orders-alone", "4p", size)
        await expect("catalog-alone", "5p", size)
        await expect("journal-alone", "7p", size)
    }

    @Test(arguments: sizes) func `the sort box and the column chooser`(size: Size) async {
        await expect("sort-box", "3>sr", size)
        await expect("column-chooser", "3,jjj", size)
    }

    @Test(arguments: sizes) func `all subscriptions`(size: Size) async { await expect("subscriptions", "3", size) }

    @Test(arguments: sizes) func `subscriptions of one customer`(size: Size) async {
        await expect("subscriptions-of-customer", "j<Right>j<Enter>", size)
    }

    @Test(arguments: sizes) func `a subscription in full`(size: Size) async {
        await expect("subscription", "j<Right>j<Enter>/1000917<Enter><Enter>", size)
    }

    @Test(arguments: sizes) func `all orders`(size: Size) async { await expect("orders", "4", size) }

    @Test(arguments: sizes) func `an order in error`(size: Size) async { await expect("order", "4<Enter>", size) }

    @Test(arguments: sizes) func `the catalogue searched by MPN`(size: Size) async {
        await expect("catalog", "j<Right>j5/aur-365-bp<Enter>", size)
    }

    @Test(arguments: sizes) func `one MPN from two vendors`(size: Size) async {
        await expect("catalog-twins", "5/ZX-1000<Enter><Enter>", size)
    }

    @Test(arguments: sizes) func `contacts of an account`(size: Size) async {
        await expect("users", "j<Right>j6", size)
    }

    @Test(arguments: sizes) func `contacts of everyone`(size: Size) async { await expect("users-of-all", "6", size) }

    @Test(arguments: sizes) func `the order form`(size: Size) async {
        await expect("order-form", "j<Right>j5/AUR-365-BP<Enter>jo<BS>3", size)
    }

    @Test(arguments: sizes) func `the review of an order`(size: Size) async {
        await expect("order-review", "j<Right>j5/AUR-365-BP<Enter>jo<BS>3<F10>", size)
    }

    @Test(arguments: sizes) func `the choice of a customer`(size: Size) async {
        await expect("customer-chooser", "5/AUR-365-BP<Enter>osøn", size)
    }

    @Test(arguments: sizes) func `an order whose outcome is unknown`(size: Size) async {
        await expect("order-unknown", "j<Right>j5/TIMEOUT-1<Enter>o<F10>1<Enter>", size)
    }

    @Test(arguments: sizes) func `a refused order`(size: Size) async {
        await expect("order-refused", "5/CIT-MAIL-1<Enter>osøn a/s<Enter><F10>", size)
    }

    @Test(arguments: sizes) func `the keys`(size: Size) async { await expect("help", "3screated<Enter>S?", size) }

    @Test(arguments: sizes) func `the keys, searched`(size: Size) async {
        await expect("help-searched", "3?mark", size)
    }

    @Test(arguments: sizes) func `all actions of a row`(size: Size) async {
        await expect("actions", "j<Right>jja<Down><Down>", size)
    }

    @Test(arguments: sizes) func `go to anything`(size: Size) async { await expect("go-to", "345:aur", size) }

    @Test(arguments: sizes) func `go to, before anything is typed`(size: Size) async {
        await expect("go-to-empty", "j<Right>j<Enter><Enter>4:", size)
    }

    @Test(arguments: sizes) func `the request log`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press("3Lj")
        let exchanges =
            [
                ("POST", "/token", 200, 61.0, 1040, .live, "7f0c9a1e-33d1-4b0e-9a27-0c2b6f6a5d10"),
                (
                    "GET", "/subscriptions?offset=0&limit=100", 200, 540.0, 11_020, .live,
                    "90ab7712-0000-4b0e-9a27-0c2b6f6a5d10"
                ),
                ("GET", "/subscriptions?offset=100&limit=100", 429, 61.0, 210, .waited(seconds: 4), nil),
                ("GET", "/customers", nil, 10_000.0, 0, .live, nil),
                ("GET", "/subscriptions/1000917", nil, 0.0, 0, .cache, nil),
            ] as [(String, String, Int?, Double, Int, LoggedExchange.Source, String?)]
        await stage.send(
            .requestLog(
                exchanges.enumerated().map { number, row in
                    LoggedExchange(
                        id: number + 1, at: Stage.start.adding(seconds: Double(number)), method: row.0, path: row.1,
                        status: row.2, milliseconds: row.3, bytes: row.4, source: row.5, correlationID: row.6,
                        failure: row.1 == "/customers" ? "The marketplace did not answer within 10 s." : nil)
                }))
        await stage.press("j")
        expectScreen(stage.screen, matches: "requests-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func `the keys of a form`(size: Size) async {
        await expect("form-help", "j<Right>j5/AUR-365-BP<Enter>jo<F1>", size)
    }

    @Test(arguments: sizes.prefix(2)) func `a list sorted by a column, and the menu that sorts it`(size: Size) async {
        await expect("sorted", "3sprod<Enter>s", size)
        await expect("sorted-descending", "3>>S", size)
    }

    @Test(arguments: sizes.prefix(2)) func `the columns of a list`(size: Size) async {
        await expect("columns", "3,<Down><Down><Down><Down><Down> <End> ", size)
        await expect("columns-chosen", "3,<Down><Down><Down><Down><Down> <End> <Esc>", size)
    }

    @Test(arguments: sizes.prefix(2)) func `marked rows, also behind a filter`(size: Size) async {
        await expect("marks", "3 j VjjV/status:hold<Enter>*", size)
        await expect("marks-all", "3/status:hold<Enter>*<Esc>", size)
    }

    @Test(arguments: sizes.prefix(2)) func `a filter that is wrong keeps the rows of the last good one`(size: Size)
        async
    {
        await expect("filter-wrong", "3/aurora renew<soon", size)
        await expect("filter-told", "3/units>20", size)
    }

    @Test(arguments: sizes) func `names that are wide or hostile`(size: Size) async {
        await expect("hostile", "/1000413<Enter>3", size)
        await expect("hostile-tree", "jj<Right>jj", size)
        await expect("hostile-subscriptions", "jj<Right>jj<Enter>", size)
    }

    @Test(arguments: [Size(columns: 60, rows: 15), Size(columns: 40, rows: 10)])
    func `small windows`(size: Size) async {
        await expect("small", "j<Right>j<Enter>", size)
        await expect("small-form", "j<Right>j5/AUR-365-BP<Enter>jo", size)
    }

    @Test func `a window that is too small says what it has and what it needs`() async {
        let stage = await Stage(columns: 34, rows: 6)
        #expect(
            stage.screen == """
                souk: this window is 34 x 6
                It needs at least 40 x 10
                Make it bigger, or q to leave.



                """)
    }
}
