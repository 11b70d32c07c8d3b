import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// What the page for contributors (`Contributing.md` of the DocC catalogue) says it takes to add a view, an action, an
/// overlay and a form. The examples of that page are the files beside this one.
@Suite(.onComputingThreads) struct `Recipes for contributors` {
    /// A dashboard whose users' view has the pane of the example in its place.
    private static func dashboard(in stage: Stage) -> Dashboard {
        var dashboard = stage.dashboard
        dashboard.panes[.users] = VendorsPane()
        return dashboard
    }

    private static func press(_ keys: String, in dashboard: inout Dashboard) -> [Effect] {
        Stage.keys(keys).flatMap { dashboard.update(.key($0)) }
    }

    private static func product(of vendor: String) -> Product {
        Product(id: Product.ID(vendor), mpn: "M", vendor: vendor, name: "Name")
    }

    // MARK: A view

    @Test func `each view has the number of its place, a key of its own and a title of its own`() {
        let views = View.all
        #expect(views.map(\.number) == Array(1...views.count))
        #expect(Set(views.map(\.title)).count == views.count)
        #expect(views.count <= 9, "a view is chosen by one digit")
        for view in views { #expect(KeyTables.views.has(view.action), "\(view.title)") }
    }

    @Test func `a pane that has only what the protocol asks for is read for, drawn, moved in and copied from`() async {
        let stage = await Stage(columns: 120, rows: 40)
        var dashboard = Self.dashboard(in: stage)
        let effects = Self.press("6", in: &dashboard)
        #expect(effects.contains(.watch(.products(ProductQuery()), whenSettled: false)))
        let rows = ["Aurora", "Borealis"].map(Self.product)
        let listing = Listing(rows: rows, total: 2, isComplete: true)
        _ = dashboard.update(.products(ProductQuery(), Snapshot(value: listing, readAt: Stage.start)))
        let screen = dashboard.draw().text
        for words in ["VENDORS", "Aurora", "Borealis", "as of Fri 20 Nov 14:04 UTC", "Enter products", "q leave"] {
            #expect(screen.contains(words), "\(words)")
        }
        _ = Self.press("j", in: &dashboard)
        #expect(dashboard.pane.subject(dashboard.model) == "Borealis")
        let copies = Self.press("yn", in: &dashboard)
        #expect(
            copies.contains { if case .terminal(.copy(let offer)) = $0 { offer.text == "Borealis" } else { false } })
    }

    @Test func `its picture is what linear mode says of it`() async {
        let stage = await Stage(isLinear: true)
        var dashboard = Self.dashboard(in: stage)
        _ = Self.press("6", in: &dashboard)
        let listing = Listing(rows: [Self.product(of: "Aurora")], total: 1, isComplete: true)
        _ = dashboard.update(.products(ProductQuery(), Snapshot(value: listing, readAt: Stage.start)))
        let spoken = dashboard.pane.summary(dashboard.model)
        #expect(spoken.row == "Aurora.")
        #expect(spoken.extent == "VENDORS.")
    }

    // MARK: An action

    @Test func `a binding in the pane's table acts, stands in footer, help and actions, and says why it cannot`() async
    {
        let stage = await Stage(columns: 120, rows: 40)
        var dashboard = Self.dashboard(in: stage)
        _ = Self.press("6<Enter>", in: &dashboard)
        #expect(dashboard.draw().text.contains("There is no vendor to open."))
        let all = dashboard.pane.hints(dashboard.model, all: true)
        #expect(all.contains { $0.action == "vendor-products" && $0.key == "Enter" && $0.word == "products" })
        for kind in [HelpOverlay.Kind.keys, .actions] {
            let rows = dashboard.helpSections(kind).flatMap(\.rows)
            let row = rows.first { $0.action == "vendor-products" }
            #expect(row?.title == "to the catalogue, for this vendor's products")
            #expect(row?.unavailable == "There is no vendor to open.")
        }
        let listing = Listing(rows: [Self.product(of: "Aurora")], total: 1, isComplete: true)
        _ = dashboard.update(.products(ProductQuery(), Snapshot(value: listing, readAt: Stage.start)))
        _ = Self.press("<Enter>", in: &dashboard)
        #expect(dashboard.view == .catalog)
    }

    @Test(arguments: Panes.registry.indices) func `each binding of a view stands in help and can be given another key`(
        place: Int
    ) throws {
        let type = Panes.registry[place]
        let rows = Keymap.standard.rows.filter { $0.view == type.view.title.lowercased() }
        #expect(rows.map(\.action) == type.actions.map(\.name.rawValue))
        #expect(rows.map(\.title) == type.actions.map(\.title))
        let model = Model(
            profile: ProfileSummary(name: "n", place: "p", user: "u", isReadOnly: false, isProduction: false))
        let help = type.init().help(model)
        for action in type.actions {
            #expect(help.contains { $0.action == action.name && $0.title == action.title }, "\(action.name.rawValue)")
            guard action.reasonFixed == nil else { continue }
            let other = Keymap.Override(action: action.name.rawValue, keys: ["F12"], place: "config.toml, line 1")
            let changed = try Keymap([other]).rows.first {
                $0.action == action.name.rawValue && $0.view == rows.first?.view
            }
            #expect(changed?.keys.first == "F12", "\(action.name.rawValue)")
        }
    }

    // MARK: An overlay

    @Test func `an overlay that has only what the protocol asks for is opened, takes keys and is closed`() async {
        let stage = await Stage(columns: 120, rows: 40)
        var dashboard = stage.dashboard
        _ = Self.press("3", in: &dashboard)
        let before = dashboard.draw().text
        dashboard.overlays.open(NoteBox())
        #expect(dashboard.draw().text.contains("NOTE 1"))
        #expect(dashboard.draw().text.contains("Down next  Esc close"))
        _ = Self.press("<Down>4", in: &dashboard)
        #expect(dashboard.overlays.first(NoteBox.self)?.line == 2)
        #expect(dashboard.view == .subscriptions)
        #expect(dashboard.draw().text.contains("4 does nothing here."))
        _ = Self.press("<F1>", in: &dashboard)
        #expect(dashboard.draw().text.contains("IN THE NOTE"))
        _ = Self.press("<Esc><Esc>", in: &dashboard)
        #expect(dashboard.overlays.isEmpty)
        #expect(dashboard.draw().text == before)
    }

    // MARK: A form

    @Test func `a form that has only what the protocol asks for leads its write to the review`() async throws {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3/status=active<Enter>")
        var dashboard = stage.dashboard
        let model = dashboard.model
        let running = model.details.values.map(\.subscription).sorted { $0.id.rawValue < $1.id.rawValue }
        let row = try #require(running.first { model.refusal(of: .autoRenew(false), on: $0) == nil })
        let form = try #require(StopRenewalForm(["subscription": row.id.rawValue], model))
        #expect(StopRenewalForm([:], model) == nil)
        dashboard.fill(form)
        #expect(dashboard.draw().text.contains("off: it ends"))
        let effects = Self.press("<F10>", in: &dashboard)
        #expect(effects.contains(.dryRun(.change(row, SubscriptionChanges(autoRenews: false)))))
        #expect(dashboard.flow?.isReviewed == true)
    }

    /// What a draft of each kind must at least name, to be about something.
    private static func fields(of kind: FormKind) -> [String: String] {
        switch kind {
        case .order: ["lines": "1", "line.1.mpn": "AUR-365-BP", "customer": "1000412"]
        case .units, .autoRenew, .renewal, .cancellation, .planSwitch, .specialPrices, .attributes:
            ["subscription": "1000917"]
        case .withdrawal, .creditCheck: ["order": "1000701"]
        case .newAccount: ["wanted": "customer", "reseller": "1000003"]
        case .report: ["wanted": "report", "name": "Usage"]
        case .editAccount, .contacts, .hold: ["account": "1000412", "account.kind": "customer"]
        }
    }

    @Test(arguments: FormKind.allCases) func `each kind of form opens from its draft, or says that it cannot`(
        kind: FormKind
    ) async throws {
        let stage = await Stage()
        let model = stage.dashboard.model
        let form = try #require(kind.form(Self.fields(of: kind), model))
        #expect(type(of: form).kind == kind)
        let kept = form.kept.merging(form.fields.values) { kept, _ in kept }
        let again = try #require(kind.form(kept, model))
        #expect(again.title == form.title)
        #expect(again.kept == form.kept)
        #expect(again.fields.values == form.fields.values)
        // Without what it is about it is no form.
        #expect(kind.form([:], model) == nil)
        #expect(kind.form(["subscription": "", "order": "", "account": "", "lines": ""], model) == nil)
    }
}
