import Marketplace

@testable import App

/// `souk vendors`: the command of the contributors' page, which shows this file.
enum VendorsCommand {
    static var command: CommandDefinition {
        CommandDefinition(
            path: ["vendors"], summary: "List the vendors of the catalogue, one a line.",
            options: CommonOptions.reading + CommonOptions.messages + CommonOptions.marketplace + CommonOptions.help,
            calls: "p", examples: ["souk vendors", "souk vendors --sandbox"], isLocal: false
        ) { arguments in
            try CommandDefinition.read(arguments, isLocal: false, list: "souk vendors") { session in
                for vendor in try await vendors(session) { try printOutput(vendor) }
            }
        }
    }

    static func vendors(_ session: ReadSession) async throws -> [String] {
        let products = try await session.rows(of: .products(ProductQuery()))
        return Set(products.map(\.vendor)).sorted()
    }
}
