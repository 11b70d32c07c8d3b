import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import Testing

@testable import App

@Suite struct `The options of the sandbox` {
    @Test func `every option reaches the sandbox`() throws {
        let options = try SandboxOptions(words: [
            "--seed", "7", "--resellers", "20", "--customers", "21", "--subscriptions", "22", "--orders", "23",
            "--products", "24", "--order-seconds", "1.5", "--gateway-timeout-seconds", "0.5", "--download-seconds", "9",
            "--calls-per-minute", "30", "--burst", "5", "--calls-per-day", "100", "--not-found-status", "400",
            "--expired-token-status", "403", "--token-seconds", "60", "--short-customer-rows", "--no-retry-after",
            "--refuse-unknown-filters", "--fault", "GET /orders: 503",
            "--removal-days", "3", "--refuse-numeric-ids", "--take-limit-zero", "--take-any-password",
        ])
        let configuration = options.configuration
        #expect(configuration.seed == 7)
        #expect(configuration.resellers == 20)
        #expect(configuration.customers == 21)
        #expect(configuration.subscriptions == 22)
        #expect(configuration.orders == 23)
        #expect(configuration.products == 24)
        #expect(configuration.orderSeconds == 1.5)
        #expect(configuration.gatewayTimeoutSeconds == 0.5)
        #expect(configuration.downloadSeconds == 9)
        #expect(configuration.removalDays == 3)
        #expect(configuration.callsPerMinute == 30)
        #expect(configuration.burst == 5)
        #expect(configuration.callsPerDay == 100)
        #expect(configuration.notFoundStatus == 400)
        #expect(configuration.expiredTokenStatus == 403)
        #expect(configuration.tokenSeconds == 60)
        #expect(configuration.hasShortCustomerRows)
        #expect(!configuration.sendsRetryAfter)
        #expect(!configuration.ignoresUnknownFilters)
        #expect(!configuration.takesNumericIDs)
        #expect(configuration.takesLimitZero)
        #expect(configuration.takesAnyPassword)
        #expect(configuration.faults.map(\.description) == ["GET /orders: 503"])
    }

    @Test func `without options it is the marketplace that everybody knows`() throws {
        let configuration = SandboxOptions().configuration
        let standard = SandboxConfiguration()
        #expect(configuration.resellers == standard.resellers)
        #expect(configuration.customers == standard.customers)
        #expect(configuration.subscriptions == standard.subscriptions)
        #expect(configuration.orders == standard.orders)
        #expect(configuration.products == standard.products)
        #expect(configuration.orderSeconds == standard.orderSeconds)
        #expect(configuration.gatewayTimeoutSeconds == standard.gatewayTimeoutSeconds)
        #expect(configuration.downloadSeconds == standard.downloadSeconds)
        #expect(configuration.removalDays == standard.removalDays)
        #expect(configuration.burst == nil)
        #expect(configuration.ignoresUnknownFilters)
        #expect(configuration.takesNumericIDs && !configuration.takesLimitZero && !configuration.takesAnyPassword)
    }

    @Test(arguments: [
        (["--burst", "5"], "--burst needs --calls-per-minute"),
        (["--calls-per-minute", "60", "--burst", "0"], "--burst must be at least 1, not 0."),
        (["--calls-per-minute", "0"], "--calls-per-minute must be at least 1, not 0."),
        (["--calls-per-day=-1"], "--calls-per-day must be at least 1, not -1."),
        (["--resellers", "0"], "--resellers must be from 1 to 1000000, not 0."),
        (["--resellers", "1000001"], "--resellers must be from 1 to 1000000, not 1000001."),
        (["--subscriptions", "0"], "--subscriptions must be from 1 to 1000000, not 0."),
        (["--download-seconds", "0"], "--download-seconds must be from 1 to 1000000, not 0."),
        (["--token-seconds", "0"], "--token-seconds must be from 1 to 1000000, not 0."),
        (["--gateway-timeout-seconds=-1"], "--gateway-timeout-seconds must be a number of seconds from 0"),
        (["--gateway-timeout-seconds", "nan"], "--gateway-timeout-seconds must be a number of seconds from 0"),
        (["--order-seconds", "inf"], "--order-seconds must be a number of seconds from 0"),
        (["--not-found-status", "410"], "'410' is no value of --not-found-status."),
        (["--expired-token-status", "400"], "It takes 401, 403."),
        (["--burst", "many"], "'many' is no whole number for --burst."),
        (["--resellers", "1.5"], "'1.5' is no whole number for --resellers."),
        (["--seed=-1"], "'-1' is no whole number for --seed."),
        (["--now", "noon"], "'noon' is no moment for --now. Write 2026-11-20T14:04:00Z."),
        (["--fault", "GET /orders"], "--fault cannot be read:\n  GET /orders\n"),
    ])
    func `a value that makes no sense is refused with what would`(arguments: [String], words: String) {
        let error = #expect(throws: CommandError.self) { try SandboxOptions(words: arguments) }
        #expect(error.map { $0.sentences.contains(words) && $0.code.exit == 64 } == true, "\(arguments)")
    }

    @Test func `commands take them together with --sandbox alone`() throws {
        let options = CommonOptions.marketplace
        let arguments = try ParsedArguments(
            ["--sandbox", "--orders", "23"], options: options, command: "souk orders list")
        #expect(try SandboxOptions(arguments).configuration.orders == 23)
        let error = #expect(throws: CommandError.self) {
            try ParsedArguments(["--orders", "23"], options: options, command: "souk orders list")
        }
        #expect(
            error?.sentences
                == "--orders is an option of the embedded marketplace. It is taken together with --sandbox.")
    }

    @Test func `no command has an option of the same name for something else`() {
        let names = Set(SandboxOptions.definitions.map(\.name))
        for command in CommandTable.all where command.options.contains(where: { $0.name == "sandbox" }) {
            #expect(names.isDisjoint(with: command.options.map(\.name)), "\(command.name)")
        }
    }

    private static func client(of sandbox: Sandbox) -> Client {
        Client(
            profile: Profile(
                name: "test", baseURL: "http://sandbox.invalid/marketplace/us", marketplace: "us", user: "demo.api",
                password: Secret("demo"), subscriptionKey: Secret(String(repeating: "0", count: 32))),
            transport: SandboxTransport(sandbox: sandbox), pacing: .unlimited)
    }

    @Test func `unknown filters are refused when that is asked for`() async throws {
        let sandbox = Sandbox(try SandboxOptions(words: ["--refuse-unknown-filters"]).configuration)
        let client = Self.client(of: sandbox)
        let answer = try await client.exchange(method: "GET", path: "/orders", query: [("stauts", "error")])
        #expect(answer.status == 400)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("Unknown parameter stauts"))
    }

    @Test func `there are as many resellers as asked for`() async throws {
        let sandbox = Sandbox(try SandboxOptions(words: ["--resellers", "300"]).configuration)
        let client = Self.client(of: sandbox)
        let resellers = try await client.accountLists.value(for: .resellers)
        #expect(resellers.rows.count == 300)
        #expect(Set(resellers.rows.map(\.id)).count == 300)
    }
}

extension SandboxOptions {
    /// - Parameter words: As they are typed after `souk sandbox`.
    init(words: [String]) throws(CommandError) {
        try self.init(ParsedArguments(words, options: Self.definitions, command: "souk sandbox"))
    }
}
