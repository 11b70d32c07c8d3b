import Marketplace

/// A value that the set-up asks for.
public enum SetupField: String, CaseIterable, Hashable, Sendable {
    case baseURL = "base-url"
    case marketplace, user, password
    case key = "subscription-key"
    case name, store

    /// As the form labels it.
    var label: String {
        switch self {
        case .baseURL: "base URL"
        case .marketplace: "marketplace"
        case .user: "API user"
        case .password: "password"
        case .key: "subscription key"
        case .name: "profile name"
        case .store: "keep secrets in"
        }
    }

    var isSecret: Bool { self == .password || self == .key }

    /// The values whose test rests on this one.
    var proves: Set<SetupField> {
        switch self {
        case .baseURL: [.baseURL, .key, .user, .password, .marketplace]
        case .key: [.key, .user, .password, .marketplace]
        case .user, .password, .marketplace: [.user, .password, .marketplace]
        case .name, .store: [self]
        }
    }
}

/// What a person put into the form of the set-up. Its secrets are shown nowhere.
public struct SetupValues: Equatable, Sendable {
    /// As typed: a base URL, or a region.
    public var baseURL: String
    public var marketplace: String
    public var user: String
    public var password: Secret
    public var key: Secret
    public var name: String
    /// The ``SetupChoices/Store`` by its value.
    public var store: String

    public init(
        baseURL: String, marketplace: String, user: String, password: Secret, key: Secret, name: String, store: String
    ) {
        self.baseURL = baseURL
        self.marketplace = marketplace
        self.user = user
        self.password = password
        self.key = key
        self.name = name
        self.store = store
    }
}

/// What the form of the set-up offers.
public struct SetupChoices: Equatable, Sendable {
    /// Where secrets can be kept on this computer.
    public struct Store: Equatable, Sendable {
        public var value: String
        public var label: String

        public init(value: String, label: String) {
            self.value = value
            self.label = label
        }
    }

    public var stores: [Store]
    /// Words that stand for a base URL.
    public var regions: [String]

    public init(stores: [Store], regions: [String]) {
        self.stores = stores
        self.regions = regions
    }
}

/// What a test says of one value.
public struct SetupVerdict: Equatable, Sendable {
    public enum State: Equatable, Sendable { case right, wrong, testing, notTested }

    public var state: State
    /// To stand beside the box.
    public var words: String

    public init(_ state: State, _ words: String) {
        self.state = state
        self.words = words
    }
}

/// How far a test has come. Each report replaces the one before.
public struct SetupReport: Equatable, Sendable {
    /// That of the test, by which late reports are recognised.
    public var number: Int
    public var verdicts: [SetupField: SetupVerdict]
    /// What is wrong, in sentences; nil when nothing is.
    public var problem: String?
    /// What to know beside that, for example that the clock is off.
    public var warning: String?
    /// The base URL that the typed text stands for.
    public var baseURL: String
    public var isDone: Bool

    public init(number: Int, baseURL: String) {
        self.number = number
        self.baseURL = baseURL
        verdicts = [:]
        isDone = false
    }

    /// Whether every value is proved.
    public var isProved: Bool {
        isDone && SetupField.allCases.allSatisfy { verdicts[$0]?.state == .right }
    }
}

/// What the set-up has done outside the dashboard.
public enum SetupEffect: Equatable, Sendable {
    /// Test the values, each by the call that proves it, and report by this number. Replaces the test before.
    case test(SetupValues, number: Int)
    /// Nobody waits for the test any more.
    case stopTest
    /// Store the profile, whose every value is proved, and go on with it.
    case save(SetupValues)
    case openSandbox
}
