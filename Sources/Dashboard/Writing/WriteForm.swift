import Marketplace
import Screen

/// A form whose rows say one write. The flow around it draws it, keeps it as a draft, prices it, leads it to the review
/// and sends it; a form knows its rows and what they mean. A further form is a file of its own and a ``FormKind``.
protocol WriteForm: Sendable {
    static var kind: FormKind { get }
    /// - Parameter fields: What stands in it at first, by row, and what it is about; a draft keeps the same.
    /// - Returns: nil when `fields` do not say what it is about.
    init?(_ fields: [String: String], _ known: Known)
    /// What it is, after "the": `new order`, `change of seats`.
    var title: String { get }
    /// What it is about, for a list of drafts: `3 x Aurora 365 Business Premium for Jørgensen`.
    func subject(_ known: Known) -> String
    /// What a draft keeps beside the rows, under the names that `init` reads.
    var kept: [String: String] { get }
    var fields: FormFields { get set }
    /// The rows as they should stand now. What the person put into a row stays in the row of that id.
    func rows(_ known: Known) -> [FormField]
    /// The write as the rows say it, or the first thing that is missing or wrong.
    func intent(_ known: Known) -> Result<WriteIntent, FormProblem>
    /// The order to ask the price of; also one that lacks what the price does not depend on.
    func priced(_ known: Known) -> OrderDraft?

    /// What must be kept up to date while it is open.
    func requests(_ known: Known) -> [Request]
    func settledRequests(_ known: Known) -> [Request]
    /// What it asks the marketplace beside the price, when its rows changed.
    mutating func questions(_ known: Known) -> [Effect]
    /// What its lists want done elsewhere since this was asked last.
    mutating func takeEffects() -> [Effect]
    mutating func receive(_ event: Event, _ known: Known)
    /// Fresh answers came for the review. When what it would send no longer fits them, the form takes them in and says
    /// why it must be looked at again.
    mutating func outdated(by run: DryRun) -> String?
    /// A key before the rows see it; nil leaves it to them.
    mutating func take(_ key: Key, _ known: Known) -> [Reaction]?
    /// The person wants what a row opens.
    mutating func open(_ row: String, _ known: Known) -> [Reaction]
    /// Tells the form how much room it has, before keys and drawing.
    mutating func layout(_ room: Room)
    /// Words to stand beside the rows, after the price.
    func append(to page: inout Page, _ known: Known)
    /// Whether a choice has the whole place just now. It then takes every key and is drawn by `drawChoice`.
    var isChoosing: Bool { get }
    func drawChoice(on canvas: inout Canvas, in room: Room, _ known: Known)
    /// Keys of its own, or of its choice while that is open.
    func help() -> [KeyHelp]
}

/// What keeps a form from its review.
struct FormProblem: Error, Equatable {
    /// The row to go to.
    var field: String
    var text: String
}

/// The forms there are, by the name under which drafts keep them.
enum FormKind: String, CaseIterable, Sendable {
    case order, units, autoRenew, renewal, cancellation, planSwitch, withdrawal, newAccount, editAccount, contacts, hold

    private var type: any WriteForm.Type {
        switch self {
        case .order: OrderForm.self
        case .units: UnitsForm.self
        case .autoRenew: AutoRenewForm.self
        case .renewal: RenewalForm.self
        case .cancellation: CancellationForm.self
        case .planSwitch: PlanSwitchForm.self
        case .withdrawal: WithdrawalForm.self
        case .newAccount: NewAccountForm.self
        case .editAccount: EditAccountForm.self
        case .contacts: ContactsForm.self
        case .hold: HoldForm.self
        }
    }

    /// The form with `fields` in it; nil when they do not say what it is about.
    func form(_ fields: [String: String], _ known: Known) -> (any WriteForm)? { type.init(fields, known) }
}

extension WriteForm {
    func priced(_ known: Known) -> OrderDraft? {
        if case .success(.place(let order)) = intent(known) { order } else { nil }
    }
    var kept: [String: String] { [:] }
    func requests(_ known: Known) -> [Request] { [] }
    func settledRequests(_ known: Known) -> [Request] { [] }
    mutating func questions(_ known: Known) -> [Effect] { [] }
    mutating func takeEffects() -> [Effect] { [] }
    mutating func receive(_ event: Event, _ known: Known) {}
    mutating func outdated(by run: DryRun) -> String? { nil }
    mutating func take(_ key: Key, _ known: Known) -> [Reaction]? { nil }
    mutating func open(_ row: String, _ known: Known) -> [Reaction] { [] }
    mutating func layout(_ room: Room) {}
    func append(to page: inout Page, _ known: Known) {}
    var isChoosing: Bool { false }
    func drawChoice(on canvas: inout Canvas, in room: Room, _ known: Known) {}
    func help() -> [KeyHelp] { [] }
}
