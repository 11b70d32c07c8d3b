import Marketplace
import Screen

/// The first two bands: where the person is and how old that is, then the views or the step of a write.
extension Dashboard {
    /// - Parameter state: The state of a write, where no other line has room for it.
    func drawHeader(on canvas: inout Canvas, in rect: Rect, _ pane: any Pane, state: String?) {
        let band = Style(.header)
        canvas.fill(rect, style: band)
        var x = rect.x + 1
        x += canvas.write("souk", x: x, y: rect.y, style: Style(.header, strong: true)) + 1
        let name = canvas.write(
            model.profile.name, x: x, y: rect.y, width: 20,
            style: model.profile.isProduction ? Style(.alarm, strong: true) : band)
        x += name + 2
        let words = headerWords(pane, state: state, width: rect.width)
        let width = TerminalText.width(of: words)
        let free = rect.maxX - x - width - 2
        canvas.write(rect.width < 60 ? shortCrumb : crumbs(width: free), x: x, y: rect.y, width: free, style: band)
        canvas.write(words, x: rect.maxX - width - 1, y: rect.y, style: band)
    }

    /// The right end of the header: what is not as usual, the calls left where calls are limited, and how old the screen
    /// is. Its marks never leave; the calls leave a narrow window, then the date.
    private func headerWords(_ pane: any Pane, state: String?, width: Int) -> String {
        var marks = headerMarks(pane)
        if let state { marks.append(state) }
        if width >= 60, !callsLeft.isEmpty { marks.append(callsLeft) }
        let age = overlays.page?.standing == nil ? dataAge(pane, isShort: width < 60) : ""
        if !age.isEmpty { marks.append(age) }
        return marks.joined(separator: "  ")
    }

    private func headerMarks(_ pane: any Pane) -> [String] {
        var marks: [String] = []
        if model.profile.isReadOnly { marks.append("READ ONLY") }
        let freshness = pane.freshness(model)
        if let failure = freshness.failure {
            if failure.isOfConnection {
                marks.append("NO CONNECTION")
            } else if freshness.readAt != nil {
                marks.append("OLD")
            }
        }
        return marks
    }

    /// Where one is; when it does not fit, the near end is what stays.
    private func crumbs(width: Int) -> String {
        var parts: [String] = []
        // What is opened or written stands below its customer, whatever the list holds.
        let owner =
            overlays.crumb != nil ? overlays.account(model) : pane.openRow != nil ? pane.namedAccount(model) : nil
        if let account = owner ?? model.scope, owner != nil || view != .accounts || overlays.isWriting {
            if let vendor = model.accounts[account]?.vendorAccount, model.accounts[vendor] != nil {
                parts.append(model.name(of: vendor))
            }
            parts.append(model.name(of: account))
        }
        if let crumb = overlays.crumb ?? panes[view].crumb { parts.append(crumb) }
        if parts.isEmpty { return "all accounts" }
        var text = parts.joined(separator: " > ")
        while parts.count > 1, TerminalText.width(of: text) > width {
            parts.removeFirst()
            text = "… > " + parts.joined(separator: " > ")
        }
        return text
    }

    /// Where one is, for the terminal's window: the profile first, so that nobody mistakes it.
    public var title: String {
        let place = overlays.crumb ?? panes[view].crumb ?? model.scope.map { model.name(of: $0) }
        return "souk \(model.profile.name): " + [view.title, place].compactMap { $0 }.joined(separator: ", ")
    }

    private var shortCrumb: String {
        if overlays.page?.standing != nil { return overlays.crumb ?? "" }
        return model.scope.map { model.name(of: $0) } ?? view.title
    }

    /// `calls 41/60`: calls left of those of a minute. Nothing where calls are not limited.
    private var callsLeft: String {
        guard let budget = model.budget, let left = budget.left, let perMinute = budget.perMinute else { return "" }
        return "calls \(left)/\(perMinute)"
    }

    /// When what is on screen was read. A moment stays true without waking up every second to count.
    private func dataAge(_ pane: any Pane, isShort: Bool) -> String {
        let freshness = pane.freshness(model)
        if let readAt = freshness.readAt { return "as of \(model.headerMoment(readAt, isShort: isShort))" }
        return freshness.isLoading ? "loading" : "not read"
    }

    /// The views: every digit always; where words do not fit they go from the right, that of the view in front last.
    func drawTabs(on canvas: inout Canvas, in rect: Rect) {
        for tab in tabPlaces {
            let isHere = tab.view == view
            canvas.write(
                "\(tab.view.number)", x: tab.places.lowerBound, y: rect.y, style: isHere ? .title : Style(.key))
            canvas.write(
                tab.word, x: tab.places.lowerBound + 2, y: rect.y,
                style: isHere ? Style(.title, strong: true, underlined: true) : .plain)
        }
    }

    /// The view whose tab is drawn at column `x`.
    func tab(at x: Int) -> View? {
        tabPlaces.first { $0.places.contains(x) }?.view
    }

    /// Where each tab is drawn: its digit, and its word where that fits. Words become short before any goes.
    var tabPlaces: [(view: View, word: String, places: Range<Int>)] {
        let views = View.all
        var words = views.map(\.title)
        var gap = size.columns >= 100 ? 3 : 2
        // Titles are plain letters, one byte and one column each.
        func width(of word: String) -> Int { word.isEmpty ? 1 : word.utf8.count + 2 }
        var needed: Int { 1 + words.reduce(0) { $0 + width(of: $1) } + gap * (views.count - 1) }
        if needed > size.columns { words = views.map(\.shortTitle) }
        for place in views.indices.reversed() where views[place] != view && needed > size.columns { words[place] = "" }
        if needed > size.columns { words = views.map { _ in "" } }
        if needed > size.columns { gap = 1 }
        var x = 1
        return zip(views, words).map { target, word in
            let start = x
            let end = start + width(of: word)
            x = end + gap
            return (target, word, start..<end)
        }
    }
}

extension Model {
    /// `Thu 26 Nov 14:03 CET`; the time of day alone where there is little space.
    func headerMoment(_ moment: Instant, isShort: Bool) -> String {
        let (day, time) = (zone.date(of: moment), "\(zone.time(of: moment).prefix(5)) \(zone.name(at: moment))")
        return isShort ? time : "\(day.weekday) \(day.shortSpoken) \(time)"
    }
}
