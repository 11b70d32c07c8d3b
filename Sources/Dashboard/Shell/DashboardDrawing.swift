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
        // What is written takes the line of the tabs; where there is none, the rule below the header.
        let writing = overlays.band(model)
        let line = bands.tabs ?? bands.topRule
        drawHeader(on: &canvas, in: bands.header, pane, state: line == nil ? writing?.state.words : nil)
        if let tabs = bands.tabs, writing == nil { drawTabs(on: &canvas, in: tabs) }
        for rule in [bands.tabs == nil && writing != nil ? nil : bands.topRule, bands.bottomRule] {
            if let rule { canvas.horizontalRule(x: 0, y: rule.y, width: rule.width) }
        }
        if let line { writing?.draw(on: &canvas, in: line) }
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
        if overlays.coversView { return prepareOverlays(ahead: ahead) }
        panes[view].prepare(in: area, model, ahead: ahead)
    }

    private func drawBody(on canvas: inout Canvas, _ bands: Bands) {
        if !overlays.coversView {
            panes[view].draw(on: &canvas, in: area, model, focused: true)
        }
        drawOverlays(on: &canvas, bands)
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
        let place = panes[view]
        let below = [place.marks, place.position ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        let position = overlays.stack.reduce(below) { $1.position($0) }
        var width = TerminalText.width(of: position)
        // What has just happened is read whole before anything else is said.
        if latest == notice, TerminalText.width(of: latest.text) + width + 4 > rect.width { width = 0 }
        canvas.write(
            latest.text, x: rect.x + 1, y: rect.y, width: rect.width - 2 - (width == 0 ? 0 : width + 2),
            style: latest.style)
        if width > 0 { canvas.write(position, x: rect.maxX - width - 1, y: rect.y) }
    }

    /// What the message line says when nothing happened: a failed refresh, or what is being read.
    func standing(_ pane: any Pane) -> Notice {
        if let standing = overlays.page?.standing { return standing }
        if !overlays.isWriting, let caution = pane.caution { return Notice(.problem, caution) }
        let freshness = overlays.isWriting ? Freshness(Snapshot<Int>()) : pane.freshness(model)
        if let waiting = wait ?? freshness.waiting ?? (freshness.isLoading ? model.budget?.paused : nil) {
            let failure = freshness.failure.map { " " + $0.message } ?? ""
            return Notice(
                .warning, "\(overlays.isWriting ? "Asking" : "Reading"): \(waiting.words(now: model.now)).\(failure)")
        }
        if let failure = freshness.failure {
            // What is kept on screen is as old as the header says. Where there is nothing, the reason stands in its place.
            return Notice(.problem, freshness.readAt == nil ? "" : "Not refreshed. " + failure.message)
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
        // Beside a list its row is shown with the reason.
        if overlays.isEmpty, area.detail == nil, let reason = pane.reason(model) {
            return Notice(.info, reason)
        }
        if !model.index.words.isEmpty {
            return Notice(model.index.failure == nil ? .info : .warning, model.index.words)
        }
        return Notice(.info, model.profile.readOnlySentence ?? "")
    }

    private func drawTooSmall(on canvas: inout Canvas) {
        let lines = [
            "souk: this window is \(size.columns) x \(size.rows)",
            "It needs at least \(Bands.minimum.columns) x \(Bands.minimum.rows)",
            overlays.isWriting || overlays.page?.standing != nil
                ? "Your form is kept."
                : "Make it bigger, or \(model.keymap.name(of: .back)) to leave.",
        ]
        for (y, line) in lines.enumerated() { canvas.write(line, x: 0, y: y, width: size.columns) }
    }
}

extension ProfileSummary {
    /// `READ ONLY: profile prod may not write (config.toml, line 4).`; nil when it may.
    fileprivate var readOnlySentence: String? {
        guard isReadOnly else { return nil }
        let place = readOnlyOrigin.map { " (\($0.place))" } ?? ""
        return "READ ONLY: profile \(name) may not write\(place)."
    }
}
