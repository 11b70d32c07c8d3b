import Glibc
import Marketplace
import MarketplaceClient

/// Sends orders with the real client, journal file and connection, for tests that kill it on the way. Its arguments are
/// the base URL, the journal's path and the time in milliseconds since 1970; commands and answers are lines.
@main
struct CrashDriver {
    private let console: Console
    private let client: Client

    static func main() async {
        // What the test had open came along; it would keep connections alive that the server has ended.
        for descriptor in 3..<1024 { close(Int32(descriptor)) }
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let now = Int64(arguments[3]) else { exit(64) }
        let console = Console(now: Instant(millisecondsSince1970: now))
        let driver = CrashDriver(
            console: console,
            client: Client(
                profile: Profile(
                    name: "crash", baseURL: arguments[1], marketplace: "us", user: "demo.api",
                    password: Secret("demo"), subscriptionKey: Secret(String(repeating: "0", count: 32))),
                transport: SteppedTransport(console: console), clock: SteppedClock(console: console),
                journal: SteppedJournal(file: FileJournal(path: arguments[2]), console: console),
                pacing: .unlimited))
        for await command in console.tasks { console.say(await driver.answer(to: command)) }
    }

    private func answer(to command: CrashCommand) async -> String {
        do throws(MarketplaceError) {
            switch command {
            case .sell(let customer, let quantity, let number):
                return try await send(try await sale(customer, quantity, number), insists: false)
            case .sellAgain(let customer, let quantity, let number):
                return try await send(try await sale(customer, quantity, number), insists: true)
            case .change(let subscription, let total, let number):
                return try await send(try await change(Subscription.ID(subscription), total, number), insists: false)
            case .settle:
                await client.settleUnknowns()
                return "settled"
            case .stop, .go, .giveUp:
                return "no task"
            }
        } catch {
            return "not asked: \(error.message)"
        }
    }

    private func sale(_ customer: String, _ quantity: Int, _ number: String) async throws(MarketplaceError)
        -> WriteIntent
    {
        let rows = try await client.productLists.value(for: ProductQuery(mpn: "AUR-365-BP")).rows
        let product = rows.first { $0.subscriptionPeriod == Period(1, .year) && $0.billingPeriod == Period(1, .month) }
        return .place(
            .sales(
                SalesOrder(
                    customer: Account.ID(customer),
                    lines: product.map { [SalesOrder.Line(product: $0, quantity: quantity)] } ?? [], poNumber: number)))
    }

    private func change(
        _ id: Subscription.ID, _ total: Int, _ number: String
    ) async throws(MarketplaceError) -> WriteIntent {
        let detail = try await client.subscriptions.value(for: id)
        return .place(
            .change(
                ChangeOrder(
                    customer: detail.subscription.customer, subscription: id,
                    billingPeriod: detail.subscription.billingPeriod,
                    subscriptionPeriod: detail.subscription.subscriptionPeriod,
                    lines: detail.products.prefix(1).map { .init(product: $0, quantity: TotalQuantity(total: total)) },
                    poNumber: number)))
    }

    /// - Parameter insists: Whether the person types the one word more that a warning asks for.
    private func send(_ intent: WriteIntent, insists: Bool) async throws(MarketplaceError) -> String {
        let run = try await client.dryRun(intent)
        if let refusal = run.refusal { return "refused before: \(refusal)" }
        if run.asksForMore, !insists {
            return "warned: " + run.checks.filter { $0.verdict == .warning }.map(\.text).joined(separator: "; ")
        }
        switch await client.send(intent, agreed: run) {
        case .done(.order(let order)): return "done \(order.id)"
        case .done: return "done"
        case .movedOn(_, let differences): return "moved on: \(differences.joined(separator: " "))"
        case .failed(.outcomeUnknown(_, let reason, _)): return "unknown: \(reason)"
        case .failed(let error): return "failed: \(error.message)"
        }
    }
}
