import Dashboard
import Glibc
import Marketplace
import TestSupport
import Testing

@testable import App

/// The saved views in the configuration file.
@Suite struct `Saved views on the disk` {
    private let path: String
    private var file: ViewsFile { ViewsFile(path: path) }

    init() throws { path = try TestFolder.make() + "/config.toml" }

    private static let whole = """
        # Mine.
        theme = "dark" # at night

        [views.vendor-x]
        # What ends.
        view = "subscriptions" # the third
        filter = "vendor:zenix auto=off"
        sort = "next"

        [views."Søn & Søn"] # all of it
        view = "orders"
        columns = "order, customer"
        account = "1000412"
        profile = "prod"
        """

    private static func view(_ name: String, _ filter: String = "") -> SavedView {
        SavedView(name, SavedContent(view: "orders", filter: filter))
    }

    private func views(_ report: SavedViewReport) throws -> [SavedView] { try #require(report.views) }

    @Test func `are read in the order of the file, with their lines`() throws {
        #expect(Files.write(Self.whole, to: path))
        let views = try views(file.read())
        #expect(views.map(\.name) == ["vendor-x", "Søn & Søn"])
        #expect(
            views[0].content
                == SavedContent(view: "subscriptions", filter: "vendor:zenix auto=off", sort: "next"))
        #expect(
            views[1].content
                == SavedContent(view: "orders", columns: ["order", "customer"], account: "1000412"))
        #expect(views[1].profile == "prod")
        #expect(
            views[0].origin
                == SavedView.Origin(file: path, line: 4, lines: ["view": 6, "filter": 7, "sort": 8]))
    }

    @Test(arguments: [
        ("[views.a]\nview = 3\n", "line 2: view must be a text in quotes."),
        ("[views.a]\nview = \"orders\"\ncolour = \"red\"\n", "line 3: colour is not a setting of a view; there are"),
        ("views.a = 3\n", "line 1: a view must be a table, for example [views.a]."),
    ])
    func `one that cannot be read says why, and spoils nothing else`(text: String, words: String) throws {
        #expect(Files.write(text + "[views.b]\nview = \"orders\"\n", to: path))
        let views = try views(file.read())
        #expect(views[0].problem?.hasPrefix("\(path), \(words)") == true, "\(views[0].problem ?? "")")
        #expect(views[1].problem == nil)
        let settings = try Settings(environment: ["SOUK_CONFIG": path], path: nil, profile: nil)
        #expect(settings.views.map { $0.problem == nil } == [false, true])
        #expect(settings.viewLines[0].contains(" UNUSABLE: \(path), \(words)"), "\(settings.viewLines)")
        #expect(
            settings.viewLines[1]
                == "view v2 \u{201C}b\u{201D}  orders  It is set in \(path), line \(settings.views[1].origin?.line ?? 0)."
        )
        #expect(!settings.lines.contains { $0.contains("orders") })
    }

    @Test func `every other line and comment stays when one is added, replaced, renamed and removed`() throws {
        #expect(Files.write(Self.whole, to: path))
        let seen = try views(file.read())
        var report = file.apply(.save(Self.view("new", "x"), over: nil))
        #expect(report.ending == .done(.save(Self.view("new", "x"), over: nil)))
        #expect(Files.text(of: path) == Self.whole + "\n\n[views.new]\nview = \"orders\"\nfilter = \"x\"\n")
        report = file.apply(.save(SavedView("vendor-x", SavedContent(view: "orders", sort: "created")), over: seen[0]))
        #expect(report.ending != nil && report.views?.count == 3)
        report = file.apply(.rename(seen[1], to: "b"))
        report = file.apply(.remove(Self.view("new", "x")))
        #expect(
            Files.text(of: path)
                == """
                # Mine.
                theme = "dark" # at night

                [views.vendor-x]
                # What ends.
                view = "orders" # the third
                sort = "created"

                [views.b] # all of it
                view = "orders"
                columns = "order, customer"
                account = "1000412"
                profile = "prod"

                """)
        #expect(report.views?.map(\.name) == ["vendor-x", "b"])
    }

    @Test func `what another program writes meanwhile is not lost`() throws {
        #expect(Files.write(Self.whole, to: path))
        let seen = try views(file.read())
        let (one, other) = (file, file)
        _ = one.apply(.save(Self.view("one"), over: nil))
        _ = other.apply(.save(Self.view("other"), over: nil))
        #expect(try views(one.read()).map(\.name) == ["vendor-x", "Søn & Søn", "one", "other"])
        // The same view, changed by hand since it was seen.
        let text = try #require(Files.text(of: path))
        let edited = text.replacing("sort = \"next\"", with: "sort = \"units\"")
        #expect(Files.write(edited, to: path))
        for edit: SavedViewEdit in [
            .save(Self.view("vendor-x"), over: seen[0]), .remove(seen[0]), .rename(seen[0], to: "c"),
            .save(Self.view("one", "else"), over: nil), .rename(seen[1], to: "one"),
        ] {
            let report = file.apply(edit)
            guard case .refused(let reason) = report.ending else {
                Issue.record("\(edit) was not refused")
                continue
            }
            #expect(reason.contains("meanwhile") || reason.contains("already"), "\(reason)")
            #expect(report.views?.count == 4)
        }
        #expect(Files.text(of: path) == edited)
    }

    @Test(.onOwnThreads) func `of many programs at the same time each one's view is kept`() async throws {
        #expect(Files.write(Self.whole, to: path))
        let path = path
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask { _ = ViewsFile(path: path).apply(.save(Self.view("p\(number)"), over: nil)) }
            }
        }
        #expect(try Set(views(file.read()).map(\.name)).count == 10)
    }

    @Test func `a read-only file is not replaced, and that is said before and after`() throws {
        #expect(Files.write(Self.whole, to: path) && chmod(path, 0o444) == 0)
        #expect(file.read().note == "\(path) is read-only: views cannot be changed.")
        let report = file.apply(.save(Self.view("new"), over: nil))
        #expect(
            report.ending
                == .refused("\(path) is read-only; nothing was changed. Allow it: chmod u+w \(path)"))
        #expect(Files.text(of: path) == Self.whole)
    }

    @Test func `a file that makes no sense is left alone, and that is said`() throws {
        #expect(Files.write("nonsense", to: path))
        #expect(file.read().views == nil)
        #expect(file.read().note?.hasPrefix("Saved views cannot be read: \(path), line 1") == true)
        guard case .refused(let reason) = file.apply(.save(Self.view("new"), over: nil)).ending else {
            Issue.record("it was changed")
            return
        }
        #expect(reason.hasSuffix("Nothing was changed."))
        #expect(Files.text(of: path) == "nonsense")
    }

    @Test(arguments: ["views = { a = { view = \"orders\" } }\n", "[views]\na.view = \"orders\"\n"])
    func `another layout is left alone`(text: String) throws {
        #expect(Files.write(text, to: path))
        for edit: SavedViewEdit in [
            .remove(Self.view("a")), .rename(Self.view("a"), to: "b"), .save(Self.view("a", "x"), over: Self.view("a")),
        ] {
            guard case .refused = file.apply(edit).ending else {
                Issue.record("\(edit) was not refused")
                continue
            }
        }
        #expect(Files.text(of: path) == text)
    }

    @Test func `one with a setting that cannot be read is removed whole`() throws {
        #expect(Files.write("[views.a]\nview = \"orders\"\ncolour = 3\n\n[keys]\nwatch = \"F6\"\n", to: path))
        let seen = try views(file.read())
        _ = file.apply(.remove(seen[0]))
        #expect(Files.text(of: path) == "\n[keys]\nwatch = \"F6\"\n")
    }

    @Test func `without a file the sandbox keeps them in memory and says so; a profile makes the file`() throws {
        let sandbox = ViewsFile(path: path, makesFile: false)
        let report = sandbox.apply(.save(Self.view("a"), over: nil))
        #expect(report.views?.map(\.name) == ["a"] && report.place == nil)
        #expect(report.note == "There is no configuration file \(path): views are kept until souk ends.")
        #expect(Files.text(of: path) == nil)
        #expect(file.apply(.save(Self.view("b"), over: nil)).place == path)
        #expect(Files.text(of: path) == "[views.b]\nview = \"orders\"\n")
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(ViewsFile(path: nil).read().note?.hasPrefix("Neither HOME nor XDG_CONFIG_HOME") == true)
    }
}
