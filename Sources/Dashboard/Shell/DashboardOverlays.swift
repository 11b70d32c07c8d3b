import Marketplace
import Screen

/// The overlays over the view: how they get keys and events, and what is seen of them.
extension Dashboard {
    /// The dashboard as the overlay at `place` of the stack sees it.
    func below(_ place: Int) -> Dashboard {
        var below = self
        _ = below.overlays.lift(from: place)
        return below
    }

    /// The dashboard as the topmost overlay sees it.
    var belowTop: Dashboard { below(overlays.stack.count - 1) }

    /// Lets the overlay at `place` act over what lies below it.
    mutating func withOverlay<Result>(
        at place: Int, _ body: (inout any Overlay, _ below: Dashboard) -> Result
    ) -> Result {
        // Lifted off first, so that the overlay is held once and changes in place, however long its rows are.
        var lifted = overlays.lift(from: place)
        defer { overlays.putBack(lifted) }
        return body(&lifted[0], self)
    }

    /// Lets the topmost overlay act; there must be one.
    mutating func withTop<Result>(_ body: (inout any Overlay, _ below: Dashboard) -> Result) -> Result {
        withOverlay(at: overlays.stack.count - 1, body)
    }

    /// An answer goes to every overlay, the lowest first.
    mutating func toOverlays(_ event: Event) -> [Reaction] {
        var reactions = overlays.departed.receive(event, model)
        for place in overlays.stack.indices {
            reactions += withOverlay(at: place) { overlay, below in overlay.receive(event, over: below) }
        }
        return reactions
    }

    mutating func advanceOverlays() -> [Effect] {
        let model = model
        var effects: [Effect] = []
        for place in overlays.stack.indices {
            effects += withOverlay(at: place) { overlay, _ in overlay.advance(model) }
        }
        return effects
    }

    mutating func layoutOverlays() {
        let (bands, model) = (bands, model)
        for place in overlays.stack.indices {
            withOverlay(at: place) { overlay, _ in overlay.layout(in: bands, model) }
        }
    }

    mutating func prepareOverlays(ahead: Int) {
        guard let page = overlays.stack.lastIndex(where: { $0.extent != .box }) else { return }
        let (bands, model) = (bands, model)
        withOverlay(at: page) { overlay, _ in overlay.prepare(in: bands, model, ahead: ahead) }
    }

    /// Draws those that can be seen; the view below them only where none covers it.
    func drawOverlays(on canvas: inout Canvas, _ bands: Bands) {
        let lowest = overlays.stack.lastIndex { $0.extent != .box } ?? 0
        for place in overlays.stack.indices.dropFirst(lowest) {
            overlays.stack[place].draw(on: &canvas, in: bands, over: below(place))
        }
    }

    /// One layer off: what the overlay has to say as it goes is said by what lies below.
    mutating func closeTop() -> [Effect] {
        guard let top = overlays.top else { return [] }
        overlays.close()
        return run(top.leave(model))
    }

    /// Opens a form, a review or a bulk change, unless nothing may be written with this profile. One that it takes the
    /// place of is kept as a draft.
    mutating func openWriting(_ overlay: some Overlay) {
        if let reason = model.readOnlyRefusal {
            notice = Notice(.warning, reason)
        } else {
            overlays.open(overlay)
        }
    }
}
