/// What a person chose of how the views are shown: kept from one session to the next.
public struct Choices: Codable, Equatable, Sendable {
    /// By the names of the views.
    public var views: [String: ViewChoices] = [:]
    /// Whether times are shown in UTC and not as this computer's clocks have them.
    public var usesUTC = false

    public init() {}

    /// What another version did not know is as usual.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        views = try fields.decodeIfPresent([String: ViewChoices].self, forKey: .views) ?? [:]
        usesUTC = try fields.decodeIfPresent(Bool.self, forKey: .usesUTC) ?? false
    }
}

/// The same of one view.
public struct ViewChoices: Codable, Equatable, Sendable {
    /// Columns that are shown or hidden against what is usual.
    public var columns: [String: Bool] = [:]
    /// The order of the columns, when it was changed; those that it does not name come after.
    public var columnOrder: [String] = []
    /// By which column it is sorted.
    public var sort: String?
    public var sortsDescending = false
    public var hidesPreview = false

    public init() {}

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        columns = try fields.decodeIfPresent([String: Bool].self, forKey: .columns) ?? [:]
        columnOrder = try fields.decodeIfPresent([String].self, forKey: .columnOrder) ?? []
        sort = try fields.decodeIfPresent(String.self, forKey: .sort)
        sortsDescending = try fields.decodeIfPresent(Bool.self, forKey: .sortsDescending) ?? false
        hidesPreview = try fields.decodeIfPresent(Bool.self, forKey: .hidesPreview) ?? false
    }
}

extension Dashboard {
    /// Takes what an earlier session chose. What this one has chosen already is newer.
    mutating func take(_ kept: Choices) {
        guard choices == Choices() else { return }
        choices = kept
        model.usesUTC = kept.usesUTC
        for view in View.all { if let own = kept.views[view.title] { panes[view].choices = own } }
    }

    /// - Returns: What is to be kept, when something else was chosen.
    mutating func keepChoices() -> [Effect] {
        var latest = choices
        latest.usesUTC = model.usesUTC
        for view in View.all {
            let own = panes[view].choices
            if own != choices.views[view.title] ?? ViewChoices() { latest.views[view.title] = own }
        }
        guard latest != choices else { return [] }
        choices = latest
        return [.saveChoices(latest)]
    }
}
