import Marketplace
import MarketplaceClient

/// What the settings let the background index do.
struct IndexPlan: Equatable {
    /// Whether lists of everything are read ahead.
    var reads = true
    /// Whether each subscription's detail is read too, at a call each.
    var readsDetails = false
    /// The part of the minute's and the day's calls that it may use, above 0 and at most 1.
    var share = 1.0 / 3

    static let off = IndexPlan(reads: false)
}

/// Runs the background index: a moment after the start, so that the first screen comes first, again after failures that
/// may pass, and again and again for what has changed since.
struct IndexRunner {
    let client: Client
    let clock: any ClientClock
    let plan: IndexPlan

    private static let secondsBeforeStart = 2.0
    private static let secondsBetweenTries = 60.0

    /// - Returns: when nothing is to be read, trying again would not help, or the task is cancelled.
    func run() async {
        guard plan.reads else { return }
        var pause = Self.secondsBeforeStart
        while true {
            do { try await clock.sleep(seconds: pause) } catch { return }
            do throws(MarketplaceError) {
                while true {
                    try await client.index.run(share: plan.share, details: plan.readsDetails)
                    try await client.index.waitForChanges()
                }
            } catch {
                switch error {
                case .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace, .forbidden, .cancelled: return
                default: pause = Self.secondsBetweenTries
                }
            }
        }
    }
}
