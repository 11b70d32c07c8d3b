import Marketplace
import Screen

extension Dashboard {
    /// The whole screen as it should be now.
    public func draw() -> Canvas {
        var canvas = Canvas(size: size)
        guard size.columns >= Bands.minimum.columns, size.rows >= Bands.minimum.rows else {
            drawTooSmall(on: &canvas)
            return canvas
        }
        let bands = bands
        // Asked for once: what can be any pane is a copy.
        let pane = pane
        drawHeader(on: &canvas, in: bands.header, pane)
        let writing = overlays.band(model)
        if let tabs = bands.tabs, writing == nil { drawTabs(on: &canvas, in: tabs) }
        // Where there is no line for tabs, what is written takes the rule below the header.
        let topRule = bands.tabs == nil && writing != nil ? nil : bands.topRule
        for rule in [topRule, bands.bottomRule] {
            if let rule { canvas.horizontalRule(x: 0, y: rule.y, width: rule.width) }
        }
        if let line = bands.tabs ?? bands.topRule { writing?.draw(on: &canvas, in: line) }
        drawBody(on: &canvas, bands)
        drawMessage(on: &canvas, in: bands.message, pane)
        drawKeys(on: &canvas, in: bands.keys, pane)
        return canvas
    }

    /// Draws ahead what stays as it is from one picture to the next. Without it ``draw()`` gives the same picture, but it
    /// takes longer.
    public mutating func prepare() { prepare(ahead: 0) }

    /// Draws rows beyond those in view as well, for when the list scrolls. To be called while nobody waits for a frame.
    public mutating func prepareAhead() { prepare(ahead: 8) }

    /// - Parameter ahead: Rows of a list before and after those in view.
    private mutating func prepare(ahead: Int) {
        if !overlays.coversView { panes[view].prepare(in: bands.split(for: view).area, model, ahead: ahead) }
    }

    private func drawBody(on canvas: inout Canvas, _ bands: Bands) {
        if !overlays.coversView {
            let (tree, area) = bands.split(for: view)
            if let tree {
                panes[.sidebar].drawSidebar(on: &canvas, in: tree, focused: treeHasFocus)
                canvas.verticalRule(x: tree.maxX, y: tree.y, height: tree.height)
            }
            panes[view].draw(on: &canvas, in: area, model, focused: !treeHasFocus)
        }
        drawOverlays(on: &canvas, bands)
    }

    private func drawHeader(on canvas: inout Canvas, in rect: Rect, _ pane: any Pane) {
        let band = Style(.header)
        canvas.fill(rect, style: band)
        // While something is written the tab band says its state.
        var right = [model.profile.isReadOnly ? "READ" : overlays.isWriting ? "" : "WRITE"]
        // The smallest windows have no line of their own for the state of a write.
        let state = bands.tabs == nil && bands.topRule == nil ? overlays.band(model)?.state.words : nil
        right.append(callsLeft)
        right.append(state ?? dataAge(pane))
        let words = right.filter { !$0.isEmpty }.joined(separator: "  ")
        let width = TerminalText.width(of: words)
        let isShort = rect.width < 60
        var x = rect.x + 1
        x += canvas.write("souk", x: x, y: rect.y, style: Style(.header, strong: true)) + 1
        let name = canvas.write(
            model.profile.name, x: x, y: rect.y, width: 20,
            style: model.profile.isProduction ? Style(.alarm, strong: true) : band)
        x += name + 2
        let free = rect.maxX - x - width - 3
        canvas.write(isShort ? shortCrumb : crumbs(width: free), x: x, y: rect.y, width: free, style: band)
        canvas.write(words, x: rect.maxX - width - 1, y: rect.y, style: band)
    }

    /// Where one is; when it does not fit, the near end is what stays.
    private func crumbs(width: Int) -> String {
        var parts: [String] = []
        if let scope = model.scope, view != .accounts || overlays.isWriting {
            if let vendor = model.accounts[scope]?.vendorAccount { parts.append(model.name(of: vendor)) }
            parts.append(model.name(of: scope))
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

    private var shortCrumb: String { model.scope.map { model.name(of: $0) } ?? view.title }

    /// `api 41/60`: calls left of those of a minute. Nothing where calls are not limited.
    private var callsLeft: String {
        guard let budget = model.budget, let left = budget.left, let perMinute = budget.perMinute else { return "" }
        return "api \(left)/\(perMinute)" + (size.columns >= 120 ? " a minute" : "")
    }

    /// When what is on screen was read. A clock time stays true without waking up every second to count.
    private func dataAge(_ pane: any Pane) -> String {
        let freshness = pane.freshness(model)
        if let readAt = freshness.readAt { return "as of \(readAt.utcTime) UTC" }
        return freshness.isLoading ? "loading" : ""
    }

    private func drawTabs(on canvas: inout Canvas, in rect: Rect) {
        for (target, places) in tabPlaces {
            let isHere = target == view
            canvas.write("\(target.number)", x: places.lowerBound, y: rect.y, style: isHere ? .title : Style(.key))
            canvas.write(
                target.title, x: places.lowerBound + 2, y: rect.y,
                style: isHere ? Style(.title, strong: true, underlined: true) : .plain)
        }
    }

    /// What the message line says; help shows a longer text in full.
    var message: Notice { message(pane) }

    private func message(_ pane: any Pane) -> Notice {
        if let top = overlays.top, top.hasOwnMessage, !interruptIsArmed, let own = top.message(over: belowTop) {
            return own
        }
        // That no answer comes is news; that the list is read again was shown before.
        if let notice, notice.kind == .info, wait?.reason == .silence {
            return standing(pane)
        }
        return notice ?? standing(pane)
    }

    private func drawMessage(on canvas: inout Canvas, in rect: Rect, _ pane: any Pane) {
        let latest = message(pane)
        let position = overlays.stack.reduce(panes[focusedView].position ?? "") { $1.position($0) }
        let width = TerminalText.width(of: position)
        canvas.write(
            latest.text, x: rect.x + 1, y: rect.y, width: rect.width - 2 - (width == 0 ? 0 : width + 2),
            style: latest.style)
        canvas.write(position, x: rect.maxX - width - 1, y: rect.y)
    }

    /// What the message line says when nothing happened: a failed refresh, or what is being read.
    func standing(_ pane: any Pane) -> Notice {
        if !overlays.isWriting, let caution = pane.caution { return Notice(.problem, caution) }
        let freshness = overlays.isWriting ? Freshness(Snapshot<Int>()) : pane.freshness(model)
        if let waiting = wait ?? freshness.waiting ?? (freshness.isLoading ? model.budget?.paused : nil) {
            let failure = freshness.failure.map { " " + $0.message } ?? ""
            return Notice(
                .warning, "\(overlays.isWriting ? "Asking" : "Reading"): \(waiting.words(now: model.now)).\(failure)")
        }
        if let failure = freshness.failure {
            // What is kept on screen is as old as the header says.
            return Notice(.problem, (freshness.readAt == nil ? "" : "Not refreshed. ") + failure.message)
        }
        if freshness.isLoading {
            return Notice(.info, freshness.readAt == nil ? "Loading…" : "Reading again…")
        }
        if model.unknownWrites > 0, view != .journal {
            let key = model.keymap.name(of: View.journal.action)
            return Notice(
                .warning,
                "\(counted(model.unknownWrites, "outcome")) unknown: \(key) shows \(model.unknownWrites == 1 ? "it" : "them")."
            )
        }
        if !model.index.words.isEmpty {
            return Notice(model.index.failure == nil ? .info : .warning, model.index.words)
        }
        return Notice(.info, model.profile.isReadOnly ? "Read-only: nothing can be written with this profile." : "")
    }

    /// What works here, as far as there is room; the ways to help and back stay, whatever leaves.
    private func drawKeys(on canvas: inout Canvas, in rect: Rect, _ pane: any Pane) {
        let all = hints(pane)
        let last = overlays.isWriting ? 1 : 2
        func width(of hint: Hint) -> Int { TerminalText.width(of: hint.key) + TerminalText.width(of: hint.word) + 3 }
        var free = rect.width - 1 - all.suffix(last).reduce(0) { $0 + width(of: $1) }
        var x = rect.x + 1
        func draw(_ hint: Hint) {
            let key = hint.isRefused ? Style.faint : Style(.key)
            x += canvas.write(hint.key, x: x, y: rect.y, width: rect.maxX - x, style: key) + 1
            x += canvas.write(hint.word, x: x, y: rect.y, width: rect.maxX - x) + 2
        }
        for hint in all.dropLast(last) {
            free -= width(of: hint)
            guard free >= 0 else { break }
            draw(hint)
        }
        all.suffix(last).forEach(draw)
    }

    /// The keys of the footer: those that can act at this place, or all.
    func hints(_ pane: any Pane, all: Bool = false) -> [Hint] {
        if let hints = overlays.top?.hints(model, all: all) { return hints }
        let keymap = model.keymap
        if pane.isTyping { return pane.typingHelp.hints() }
        return keymap.inForce(pane.hints(model, all: all) + Self.bindings.hints(for: self, model, all: all))
            + [Hint(keymap.name(of: .back), isAtRoot(pane) ? "leave" : "back")]
    }

    /// Whether there is nothing to go back to.
    private func isAtRoot(_ pane: any Pane) -> Bool {
        navigation.steps.isEmpty && model.scope == nil && pane.crumb == nil
    }

    private func drawTooSmall(on canvas: inout Canvas) {
        let lines = [
            "souk: this window is \(size.columns) x \(size.rows)",
            "It needs at least \(Bands.minimum.columns) x \(Bands.minimum.rows)",
            overlays.isWriting ? "Your form is kept." : "Make it bigger, or \(model.keymap.name(of: .back)) to leave.",
        ]
        for (y, line) in lines.enumerated() { canvas.write(line, x: 0, y: y, width: size.columns) }
    }
}
