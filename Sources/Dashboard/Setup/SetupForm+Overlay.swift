import Marketplace
import Screen

extension SetupForm: Overlay {
    var extent: OverlayExtent { .page }
    var keyPlace: KeyPlace { .setup }
    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { take(key) }

    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] {
        switch event {
        case .setup(let report): return receive(report)
        case .setupRefused(let sentences):
            receive(refusal: sentences)
            return []
        default: return []
        }
    }

    var crumb: String? { "set-up" }
    func band(_ model: Model) -> WriteBand? {
        let words: (String, Style) =
            testing != nil ? ("TESTING", .warning) : wrongFields.isEmpty ? ("", .plain) : ("NOT SAVED", .bad)
        return WriteBand("set up", ["connect", "done"], step: 0, .other(words.0, words.1))
    }

    var standing: Notice? { notice }
    var reportsReading: Bool { false }
    func position(_ below: String) -> String { place }
    var isAwaiting: Bool { testing != nil }
    var takesWheel: Bool { false }

    func hints(_ model: Model, all: Bool) -> [Hint]? {
        let keys = [FormKeys.nextRow, SetupKeys.test, SetupKeys.save, SetupKeys.sandbox].help().hints(all: all)
        let guide = Hint(model.keymap.name(of: .guide), "keys", action: .guide)
        return model.keymap.inForce(keys + [guide] + [SetupKeys.leave].help().hints(all: all))
    }

    func helpSection(_ model: Model) -> HelpOverlay.Section? {
        HelpOverlay.Section(title: "THE FORM", rows: SetupKeys.table.actions.help())
    }

    func sentences(over below: Dashboard) -> [Sentence] {
        [
            Sentence(.place, band(below.model)?.spoken ?? ""),
            Sentence(.selected, fields.focusedWords ?? ""),
            Sentence(.aside, words(below.model, width: Page.spokenWidth).sentences),
        ]
    }

    mutating func layout(in bands: Bands, _ model: Model) {
        columns = bands.body.width
        // No farther than to the last line.
        scroll = min(scroll, max(0, words(model, width: wordsWidth(bands)).lines.count - 1))
    }

    // MARK: Drawing

    private func wordsWidth(_ bands: Bands) -> Int { min(bands.body.width, 100) }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        let rect = bands.body
        let words = words(below.model, width: wordsWidth(bands))
        let isSmall = rect.height < 14
        var y = rect.y
        if !isSmall {
            y += 1
            canvas.write(
                "Everything asked here is on one page of the panel: menu Marketplace API.", x: rect.x + 3, y: y,
                width: rect.width - 4, style: .plain)
            y += 2
        }
        // What is wrong is read in any window; the boxes scroll.
        let least = min(words.lines.count, rect.height / 2)
        let gap = isSmall ? 0 : 1
        let height = min(fields.height, max(1, rect.maxY - y - least - gap))
        fields.draw(on: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: height))
        y += height + gap
        words.draw(
            on: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: max(0, rect.maxY - y)), from: scroll)
    }

    /// What is wrong, or else what the keys do.
    private func words(_ model: Model, width: Int) -> Page {
        var page = Page(width: width)
        if let problem {
            let heading =
                wrongFields.isEmpty ? "NOT SAVED" : "WRONG: " + wrongFields.map(\.label).joined(separator: ", ")
            page.paragraph(heading, style: Style(.bad, strong: true), indent: 1)
            page.paragraph(problem, style: .bad)
        } else {
            let (save, sandbox) = (model.keymap.name(of: .saveProfile), model.keymap.name(of: .openSandbox))
            page.paragraph(
                "\(save) tests and saves.   \(sandbox) tries the sandbox: no account, nothing is real.", style: .plain)
        }
        if let warning {
            page.paragraph(warning, style: .warning)
        }
        return page
    }
}

extension Dashboard {
    /// The dashboard where there is no profile yet: the form that makes one, and nothing behind it.
    public init(
        settingUp choices: SetupChoices, keymap: Keymap = .standard, size: Size, now: Instant, zone: Zone = .utc
    ) {
        let nobody = ProfileSummary(
            name: "no profile yet", place: "no profile yet", user: "", isReadOnly: false, isProduction: false)
        self.init(profile: nobody, keymap: keymap, size: size, now: now, zone: zone, at: .home)
        overlays.open(SetupForm(choices))
    }
}
