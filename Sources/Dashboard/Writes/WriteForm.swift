import Marketplace
import Screen

/// A form whose rows say one write. The flow around it draws it, keeps it as a draft, prices it, leads it to the review
/// and sends it; a form knows its rows and what they mean. A further form is a file of its own and a ``FormKind``.
protocol WriteForm: Sendable {
    static var kind: FormKind { get }
    /// - Parameter fields: Its first values, by row, and what it is about; a draft keeps the same.
    /// - Returns: nil when `fields` do not say what it is about.
    init?(_ fields: [String: String], _ model: Model)
    /// What it is: `new order`, `change units`.
    var title: String { get }
    /// Where it stands, at the end of the breadcrumb: the id of what it changes, else what it is.
    var place: String { get }
    /// The account that it is about; nil while none is chosen or its subject is not read.
    func account(_ model: Model) -> Account.ID?
    /// What it is about, for a list of drafts: `3 x Aurora 365 Business Premium for Jørgensen`.
    func subject(_ model: Model) -> String
    /// What a draft keeps beside the rows, under the names that `init` reads.
    var kept: [String: String] { get }
    var fields: FormFields { get set }
    /// The rows as they should stand now. What the person put into a row stays in the row of that id.
    func rows(_ model: Model) -> [FormField]
    /// The write as the rows say it, or the first thing that is missing or wrong.
    func intent(_ model: Model) -> Result<WriteIntent, FormProblem>
    /// Everything that is missing or wrong, in the order of the rows, where the form can say more than the first.
    func problems(_ model: Model) -> [FormProblem]
    /// The order to ask the price of; also one that lacks what the price does not depend on.
    func priced(_ model: Model) -> OrderDraft?

    /// What must be kept up to date while it is open.
    func queries(_ model: Model) -> [DataQuery]
    func settledQueries(_ model: Model) -> [DataQuery]
    /// What it asks the marketplace beside the price, when its rows changed.
    mutating func questions(_ model: Model) -> [Effect]
    /// What its lists want done elsewhere since this was asked last.
    mutating func takeEffects() -> [Effect]
    mutating func receive(_ event: Event, _ model: Model)
    /// Fresh answers came for the review. When what it would send no longer fits them, the form takes them in and says
    /// why it must be looked at again.
    mutating func outdated(by run: DryRun) -> String?
    /// A key before the rows see it; nil leaves it to them.
    mutating func take(_ key: Key, _ model: Model) -> [Reaction]?
    /// The person wants what a row opens.
    mutating func open(_ row: String, _ model: Model) -> [Reaction]
    /// Gives the form its area, before keys and drawing.
    mutating func layout(_ area: PaneArea)
    /// Words to stand beside the rows, after the price.
    func append(to page: inout Page, _ model: Model)
    /// Whether a choice has the whole place just now. It then takes every key and is drawn by `drawChoice`.
    var isChoosing: Bool { get }
    func drawChoice(on canvas: inout Canvas, in area: PaneArea, _ model: Model)
    /// Keys of its own, or of its choice while that is open.
    func help() -> [KeyHelp]
}

/// What keeps a form from its review.
struct FormProblem: Error, Equatable {
    /// The row to go to.
    var field: String
    /// A sentence.
    var text: String
    /// The same in few words, to stand beside its box; nil where the sentence stands elsewhere.
    var short: String?

    init(field: String, text: String, short: String? = nil) {
        self.field = field
        self.text = text
        self.short = short
    }
}

/// The forms there are, by the name under which drafts keep them.
enum FormKind: String, CaseIterable, Sendable {
    case order, units, autoRenew, renewal, cancellation, planSwitch, withdrawal, newAccount, editAccount, contacts, hold
    case report, creditCheck, specialPrices, attributes

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
        case .report: ReportForm.self
        case .creditCheck: CreditCheckForm.self
        case .specialPrices: SpecialPricesForm.self
        case .attributes: AttributesForm.self
        }
    }

    /// The form with `fields` in it; nil when they do not say what it is about.
    func form(_ fields: [String: String], _ model: Model) -> (any WriteForm)? { type.init(fields, model) }
}

extension WriteForm {
    func priced(_ model: Model) -> OrderDraft? {
        if case .success(.place(let order)) = intent(model) { order } else { nil }
    }
    func problems(_ model: Model) -> [FormProblem] {
        if case .failure(let problem) = intent(model) { [problem] } else { [] }
    }
    var place: String { title }
    func account(_ model: Model) -> Account.ID? { nil }
    var kept: [String: String] { [:] }
    func queries(_ model: Model) -> [DataQuery] { [] }
    func settledQueries(_ model: Model) -> [DataQuery] { [] }
    mutating func questions(_ model: Model) -> [Effect] { [] }
    mutating func takeEffects() -> [Effect] { [] }
    mutating func receive(_ event: Event, _ model: Model) {}
    mutating func outdated(by run: DryRun) -> String? { nil }
    mutating func take(_ key: Key, _ model: Model) -> [Reaction]? { nil }
    mutating func open(_ row: String, _ model: Model) -> [Reaction] { [] }
    mutating func layout(_ area: PaneArea) {}
    func append(to page: inout Page, _ model: Model) {}
    var isChoosing: Bool { false }
    func drawChoice(on canvas: inout Canvas, in area: PaneArea, _ model: Model) {}
    func help() -> [KeyHelp] { [] }
}
