import Marketplace
import Screen

/// What a review says of an intent, in words. One place for every kind of write, so that none forgets a part.
struct ReviewWords {
    /// Something that is one way and shall be another.
    struct Change: Equatable {
        var label: String
        var before: String
        var after: String
        var difference = ""
    }

    /// What is bought or acted on: its name, then what makes it exact.
    struct Thing: Equatable {
        var name: String
        var exact: String
    }

    /// What the person is about to do, after "to": `place`, then to what, then the rest of it.
    var verb = "change"
    var noun = "subscription"
    var rest = ""
    /// What is bought or acted on; its label is `product` unless it is none.
    var thingLabel = "product"
    var things: [Thing] = []
    /// Numbers and words before and after.
    var table = ReviewTable()
    /// The same of texts that are too long for a table.
    var changes: [Change] = []
    /// Whether these stand above the table, which follows from them.
    var hasChangesFirst = false
    /// Lines of a difference: `+`, `-`, `~` or nothing, then the words.
    var marked: [(mark: String, text: String, style: Style)] = []
    /// Further rows by label, above the table.
    var facts: [(label: String, text: String)] = []
    /// What is charged at once, its label and the words.
    var charge: (label: String, text: String)?
    /// `renews 30 Nov 2026`, `term ends 02 Dec 2026`, where no sentence names them.
    var dates: [String] = []
    /// What is owed until the end of the term.
    var commits = ""
    /// What happens afterwards.
    var then = ""
    /// What it means where nothing is bought.
    var means = ""
    var undo = ""
    /// Checks that a row says already.
    var said: Set<String> = []

    func isSaid(_ check: DryRun.Check) -> Bool { said.contains(check.text) }

    /// What the typed phrase is, where it is not just a word: `the number of units`.
    var asks = ""
    /// The button that sends.
    var button = ""

    init(_ intent: WriteIntent, _ run: DryRun?, _ model: Model) {
        undo = intent.undo(since: run)
        means = intent.meaning ?? ""
        // The key that puts an account on hold and sets it active again.
        if case .edit(_, let changes) = intent, changes.status != nil { undo += ", with H" }
        switch intent {
        case .place(.sales(let order)): describe(order, run, model)
        case .place(.change(let order)): describe(order, run, model)
        case .place(.planSwitch(let order)): describe(order, run, model)
        case .place(.renewal): describeRenewal(run)
        case .place(.cancellation): describeCancellation(run, model)
        case .place(.migration(let order)): describe(order, run)
        case .withdraw(let order): describe(withdrawing: run?.order ?? order, model)
        case .creditCheck(let checks, let order): describe(creditCheck: checks, of: run?.order ?? order, model)
        case .change(let subscription, let changes): describe(changes, of: run?.subscription, subscription, model)
        case .create(let draft): describe(draft, model)
        case .schedule(let draft):
            (verb, noun, thingLabel, button) = ("make", "report", "report", "Make it")
            things = [Thing(name: draft.name, exact: intent.changes().dropFirst().joined(separator: ", "))]
        case .edit(let account, let changes): describe(changes, of: run?.account ?? account)
        }
    }

    /// What must be typed before it is sent: the more harm, the more typing.
    static func phrase(of intent: WriteIntent) -> String {
        switch intent {
        case .place(.sales(let order)): String(order.totalQuantity)
        case .place(.change(let order)): order.lines.first.map { String($0.quantity.total) } ?? "change"
        case .place(.planSwitch): "switch"
        case .place(.renewal): "renew"
        case .place(.cancellation(let order)): order.subscription.rawValue
        case .place(.migration(let order)): String(order.totalQuantity)
        case .withdraw: "withdraw"
        case .creditCheck(let checks, _): Order.creditCheckWord(checks)
        case .change(_, let changes):
            switch changes.autoRenews {
            case true: "on"
            case false: "off"
            case nil: changes.prices.map(phrase) ?? "change"
            }
        case .create: "create"
        case .schedule: "report"
        case .edit(let account, let changes): phrase(of: changes, account)
        }
    }

    static func exact(_ product: Product) -> String {
        "\(product.mpn) by \(product.vendor), \(term(of: product))"
    }

    /// `1 year, paid monthly`.
    static func term(of product: Product) -> String {
        let term = product.subscriptionPeriod?.spoken ?? "term not reported"
        return term + (product.billingPeriod.map { ", paid \($0.rhythm)" } ?? "")
    }

    static func exact(_ product: SubscriptionProduct) -> String {
        product.mpn + (product.vendor.isEmpty ? "" : " by \(product.vendor)")
    }
}
