import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Lists that a person has named: `v`.
@Suite(.onComputingThreads) struct `Saved views` {
    private static func stage(_ columns: Int = 80, _ rows: Int = 24) async -> Stage {
        let stage = await Stage(columns: columns, rows: rows, at: .home)
        await stage.send(.budget(Budget()))
        return stage
    }

    private static let view = SavedView(
        "Ending soon", SavedContent(view: "subscriptions", filter: "auto=off", sort: "next"))

    private static func send(_ views: [SavedView], to stage: Stage) async {
        stage.savedViews = views
        await stage.send(.savedViews(SavedViewReport(views: views, place: "config.toml")))
    }

    @Test func `n names the list in front with its filter, order and columns`() async throws {
        let stage = await Self.stage()
        await stage.press("3/auto=off<Enter>")
        await stage.press("snext<Enter>,<Down><Down> <Esc>vn")
        await stage.press("Ending soon<Enter>")
        let saved = try #require(stage.savedViews.first)
        #expect(saved.name == "Ending soon")
        #expect(saved.content.view == "subscriptions")
        #expect(saved.content.filter == "auto=off")
        #expect(saved.content.sort == "next")
        let list = stage.dashboard.subscriptions.list
        let shown = list.namedColumns(stage.dashboard.subscriptions.columns(stage.dashboard.model))
        #expect(saved.content.columns == shown && shown.count > 4)
        #expect(saved.content.account == nil)
        // What is tried in the sandbox shows nowhere else.
        #expect(saved.profile == "sandbox")
        #expect(stage.screen.contains("Saved: v1 \u{201C}Ending soon\u{201D} in config.toml."))
    }

    @Test func `a list of one account is saved with the account`() async {
        let stage = await Self.stage()
        await stage.press("2/1000412<Enter>3vnJ<Enter>")
        #expect(stage.savedViews.first?.content.account == "1000412")
    }

    @Test func `v and a digit goes there, and Esc comes back to what was before`() async {
        let stage = await Self.stage()
        await Self.send(
            [
                SavedView(
                    "A",
                    SavedContent(
                        view: "subscriptions", filter: "auto=off", sort: "units:desc",
                        columns: ["units", "customer"]))
            ], to: stage)
        await stage.press("3/citrine<Enter>5v1")
        #expect(stage.dashboard.view == .subscriptions)
        let list = stage.dashboard.subscriptions.list
        #expect(list.filter.field.text == "auto=off")
        #expect(list.order == SortOrder(column: "units", isDescending: true))
        #expect(
            list.namedColumns(stage.dashboard.subscriptions.columns(stage.dashboard.model)) == ["units", "customer"])
        await stage.press("<Esc>")
        #expect(stage.dashboard.view == .catalog)
        #expect(stage.dashboard.subscriptions.list.filter.field.text == "citrine")
        #expect(stage.dashboard.subscriptions.list.choices == ViewChoices())
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `they are listed with their rows, and Home counts them`(columns: Int, rows: Int) async {
        let stage = await Self.stage(columns, rows)
        await Self.send(
            [
                Self.view,
                SavedView("Orders that failed", SavedContent(view: "orders", filter: "state:error")),
                SavedView(
                    "Of Jørgensen", SavedContent(view: "subscriptions", account: "1000412"), profile: "sandbox"),
                SavedView(
                    "Zenix, auto-renew off", SavedContent(view: "subscriptions", filter: "vendor:zenix auto=off")),
                SavedView(
                    "Broken", SavedContent(view: "subscription"),
                    origin: .init(file: "config.toml", line: 12, lines: ["view": 13])),
                SavedView("Elsewhere", SavedContent(view: "orders"), profile: "prod"),
                SavedView("Gone", SavedContent(view: "orders", account: "999"), profile: "sandbox"),
            ], to: stage)
        await stage.press("G")
        expectScreen(stage.screen, matches: "home-views-\(columns)x\(rows)")
        await stage.press("v")
        expectScreen(stage.screen, matches: "saved-views-\(columns)x\(rows)")
        await stage.press("<Esc>3vn")
        expectScreen(stage.screen, matches: "saved-views-naming-\(columns)x\(rows)")
    }

    @Test func `a lane has as many rows as its list shows`() async {
        let stage = await Self.stage()
        let contents = [
            SavedContent(view: "subscriptions", filter: "auto=off"),
            SavedContent(view: "orders", filter: "kind:change"),
            SavedContent(view: "subscriptions", filter: "auto=off", account: "1000100"),
            SavedContent(view: "users", filter: "jorgensen"), SavedContent(view: "catalog", filter: "aurora"),
            SavedContent(view: "accounts", filter: "status=active"),
        ]
        await Self.send(contents.enumerated().map { SavedView("\($0)", $1) }, to: stage)
        for place in contents.indices {
            await stage.press("1")
            let line = stage.dashboard.model.savedViewLines[place]
            let count = Int(line.count.filter(\.isNumber))
            await stage.press("v\(place + 1)")
            let shown: Int? =
                switch contents[place].view {
                case "subscriptions": stage.dashboard.subscriptions.list.count
                case "orders": stage.dashboard.orders.list.count
                case "users": stage.dashboard.users.list.count
                case "catalog": stage.dashboard.catalog.list.count
                default: nil
                }
            #expect(count != nil && count != 0, "\(contents[place]) \(line)")
            if let shown { #expect(count == shown, "\(contents[place]) \(line)") }
        }
    }

    @Test func `a count says what it rests on when the filter looks into values not read`() async {
        let stage = await Self.stage()
        await Self.send([SavedView("A", SavedContent(view: "subscriptions", filter: "mpn:aur-365-bp"))], to: stage)
        let line = stage.dashboard.model.savedViewLines[0]
        #expect(line.count.hasSuffix("+"), "\(line)")
        #expect(line.note.hasPrefix("MPN of ") && line.note.hasSuffix(" of 1,500 read"), "\(line)")
        #expect(stage.screen.contains(line.note))
    }

    @Test func `what may pass only because it was not read is not counted`() async {
        let stage = await Self.stage()
        await Self.send([SavedView("A", SavedContent(view: "subscriptions", filter: "mpn!=AUR-365-BP"))], to: stage)
        let line = stage.dashboard.model.savedViewLines[0]
        let read = stage.dashboard.model.details.count
        #expect((Int(line.count.filter(\.isNumber)) ?? .max) <= read, "\(line), \(read) read")
    }

    @Test func `a count follows what was read since`() async {
        let stage = await Self.stage()
        await Self.send([SavedView("A", SavedContent(view: "subscriptions", filter: "mpn:aur-365-bp"))], to: stage)
        let before = stage.dashboard.model.savedViewLines[0]
        await stage.press("3G1")
        let after = stage.dashboard.model.savedViewLines[0]
        #expect(before != after)
    }

    @Test func `no key on Home counts anything again`() async {
        let stage = await Self.stage()
        await Self.send([Self.view], to: stage)
        let before = stage.effects.count
        await stage.press("jkjkGg")
        let jobs = stage.effects.dropFirst(before).filter {
            if case .client(.arrange) = $0 { true } else { false }
        }
        #expect(jobs.isEmpty)
    }

    @Test func `where calls are limited nothing is read only to be counted`() async {
        let stage = await Stage(at: .home)
        await stage.send(.budget(Budget(perMinute: 60)))
        await Self.send([SavedView("A", SavedContent(view: "orders"))], to: stage)
        #expect(!stage.effects.contains(.watch(.orders(OrderQuery()), whenSettled: false)))
        #expect(stage.screen.contains("v1        …  A"), "\(stage.screen)")
        #expect(stage.screen.contains("not read yet"))
        await stage.press("41")
        #expect(stage.dashboard.model.savedViewLines[0].count == "3,000")
    }

    @Test(arguments: [
        (SavedContent(view: "subscription"), "no view is called"), (SavedContent(view: ""), "view is missing"),
        (SavedContent(view: "home"), "no view is called"),
        (SavedContent(view: "orders", filter: "nosuch=1"), "filter, character 1: there is no column"),
        (SavedContent(view: "orders", sort: "nosuch"), "sort, there is no column"),
        (SavedContent(view: "orders", sort: "created:up"), "is no direction"),
        (SavedContent(view: "orders", sort: "created,kind"), "sort takes one column"),
        (SavedContent(view: "orders", columns: ["order", "nosuch"]), "no column is called \u{201C}nosuch\u{201D}"),
        (SavedContent(view: "accounts", columns: ["id"]), "has none to choose"),
        (SavedContent(view: "accounts", sort: "id"), "has no order to choose"),
    ])
    func `what cannot be shown says so with its place, and is not opened`(content: SavedContent, words: String) async {
        let stage = await Self.stage(200, 60)
        let origin = SavedView.Origin(file: "config.toml", line: 7, lines: ["filter": 9])
        await Self.send([SavedView("A", content, origin: origin), Self.view], to: stage)
        let problem = stage.dashboard.model.savedViews.all[0].problem ?? ""
        #expect(problem.hasPrefix("config.toml, line \(words.hasPrefix("filter") ? 9 : 7): "), "\(problem)")
        #expect(problem.contains(words), "\(problem)")
        #expect(stage.dashboard.model.savedViews.all[1].problem == nil)
        await stage.press("v1")
        #expect(stage.dashboard.view == .home)
        #expect(stage.screen.contains("\u{201C}A\u{201D} was not opened. config.toml, line"), "\(stage.screen)")
    }

    @Test func `an account that is gone or of another profile is said`() async {
        let stage = await Self.stage()
        await Self.send(
            [
                SavedView("A", SavedContent(view: "orders", account: "999")),
                SavedView("B", SavedContent(view: "orders"), profile: "prod"),
            ], to: stage)
        await stage.press("v1")
        #expect(stage.screen.contains("Account 999 does not exist here, or no longer."))
        await stage.press("v2")
        #expect(stage.screen.contains("It belongs to profile prod."))
        #expect(stage.dashboard.view == .home)
    }

    @Test func `a view is renamed, replaced and removed`() async {
        let stage = await Self.stage()
        await Self.send([Self.view], to: stage)
        await stage.press("4/kind:change<Enter>ve<^U>Mine<Enter>")
        #expect(stage.savedViews.map(\.name) == ["Mine"])
        await stage.press("R")
        #expect(stage.savedViews[0].content.view == "subscriptions")
        await stage.press("R")
        #expect(stage.savedViews[0].content == SavedContent(view: "orders", filter: "kind:change"))
        await stage.press("xjx")
        #expect(stage.savedViews.count == 1)
        await stage.press("x")
        #expect(stage.savedViews.isEmpty)
        #expect(stage.screen.contains("Removed: \u{201C}Mine\u{201D} in config.toml."))
    }

    @Test func `a name that is taken replaces only when it is given twice`() async {
        let stage = await Self.stage()
        await Self.send([Self.view], to: stage)
        await stage.press("4vnEnding soon<Enter>")
        #expect(stage.savedViews == [Self.view])
        #expect(stage.screen.contains("already: Enter once more replaces it"))
        await stage.press("<Enter>")
        #expect(stage.savedViews.map(\.content.view) == ["orders"])
        await stage.press("n<Enter>")
        #expect(stage.screen.contains("A view needs a name."))
    }

    @Test func `Home has no list to name`() async {
        let stage = await Self.stage()
        await stage.press("vn")
        #expect(stage.screen.contains("There is no list here to name"))
    }

    @Test func `Home of an account has the views of that account alone`() async {
        let stage = await Self.stage()
        await Self.send(
            [Self.view, SavedView("J", SavedContent(view: "subscriptions", account: "1000412"))], to: stage)
        #expect(stage.dashboard.model.homeViewLines.map(\.label) == ["v1", "v2"])
        await stage.press("2/1000412<Enter>31")
        #expect(stage.dashboard.model.scope == "1000412")
        #expect(stage.dashboard.model.homeViewLines.map(\.label) == ["v2"])
        #expect(stage.dashboard.model.homeViewLines[0].count == "4", "\(stage.dashboard.model.homeViewLines)")
    }

    @Test func `a refused change is said, and nothing is shown as done`() async {
        let stage = await Self.stage()
        await Self.send([Self.view], to: stage)
        await stage.press("v")
        await stage.send(.savedViews(SavedViewReport(views: [Self.view], ending: .refused("The file is read-only."))))
        #expect(stage.screen.contains("The file is read-only."))
        await stage.send(.savedViews(SavedViewReport(views: nil, note: "Saved views cannot be read: x.")))
        #expect(stage.screen.contains("Saved views cannot be read: x."))
        #expect(stage.dashboard.model.savedViews.all.count == 1)
    }

    @Test func `linear mode says the views and their rows`() async {
        let stage = await Stage(isLinear: true, at: .home)
        await stage.send(.budget(Budget()))
        await Self.send([Self.view], to: stage)
        await stage.press("G")
        let lane = stage.dashboard.sentences.first { $0.topic == .selected }?.lines.first ?? ""
        #expect(lane.contains("view 1, Ending soon, "), "\(lane)")
        await stage.press("v")
        let said = stage.dashboard.sentences
        #expect(said.first { $0.topic == .place }?.lines.first == "Saved views, 1 view, in config.toml.")
        #expect(
            said.first { $0.topic == .selected }?.lines.first?.contains("Ending soon") == true, "\(said)")
        await stage.press("<Esc>3vnX")
        #expect(
            stage.dashboard.sentences.contains { $0.topic == .extent && $0.lines == ["Name of the view here: X"] })
    }
}
