import Marketplace

/// Searches for duplicates of an order that was taken: networks double requests, and two machines do not see each
/// other's journals. Duplicates cannot be prevented there, so they are reported.
extension Client {
    /// Seconds after an order was taken at which others like it are looked for.
    private static let looks = [5.0, 120.0]

    /// Looks for others like the order of `entry`, twice, behind everything that people wait for. Does not keep the client
    /// alive while it waits.
    func searchForOthers(like entry: String) -> Task<Void, Never> {
        settlements.task(for: "others like \(entry)") { [weak self, clock] in
            var waited = 0.0
            for due in Self.looks {
                do { try await clock.sleep(seconds: due - waited) } catch { return }
                waited = due
                guard let self else { return }
                let warning = await CallContext.$current.withValue(CallContext(priority: .index)) {
                    await self.othersLike(entry)
                }
                if warning != nil { return }
            }
        }
    }

    /// Looks once for others like the order of `entry`, and writes down what is found.
    /// - Returns: What a person must know; nil when there is nothing, or when it could not be looked up.
    @discardableResult
    func othersLike(_ entry: String) async -> String? {
        guard let records = try? await history.records(),
            let begun = records.first(where: { $0.id == entry && $0.isIntent }),
            case .intended(let intent) = begun.event,
            case .order(let asked) = AskedWrite(intent), let customer = asked.customer,
            let made = records.lazy.compactMap({ $0.id == entry ? $0.made : nil }).first,
            let alike = try? await alike(asked, of: customer, Sought(intent, begun, among: records)),
            let order = (alike.same + alike.possible.map(\.order)).first(where: { $0.id.rawValue == made }),
            let warning = alike.warning(besides: order, asked)
        else { return nil }
        await note(warning, about: entry)
        return warning
    }
}
