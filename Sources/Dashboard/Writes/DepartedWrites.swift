import Marketplace
import Screen

/// Writes that the person left while they were on their way, or while their outcome was unknown. Each is followed
/// until it is settled; then the message line says so, wherever the person is.
struct DepartedWrites {
    private(set) var flows: [WriteFlow] = []

    /// Keeps those of the overlays whose outcome is awaited.
    mutating func keep(_ closed: [any Overlay]) {
        flows += closed.compactMap { $0 as? WriteFlow }.filter(\.isAwaitingOutcome)
    }

    mutating func receive(_ event: Event, _ model: Model) -> [Reaction] {
        if flows.isEmpty { return [] }
        switch event {
        case .sent, .journal: break
        default: return []
        }
        var reactions: [Reaction] = []
        for place in flows.indices { reactions += flows[place].settleAway(event, model) }
        flows.removeAll { !$0.isAwaitingOutcome }
        return reactions
    }
}
