import ArgumentParser
import Marketplace
import MarketplaceClient

@testable import App

/// `souk vendors`: the command of the contributors' page, which shows this file.
struct VendorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vendors", abstract: "List the vendors of the catalogue, one a line.")

    @OptionGroup var marketplace: BackendOptions

    func run() throws {
        for vendor in try vendors() { try printOutput(vendor) }
    }

    func vendors() throws -> [String] {
        let client = try marketplace.backend(marketplace.settings(), isReadOnly: true).client
        let answer = waitFor { () async -> Result<[String], MarketplaceError> in
            do throws(MarketplaceError) {
                let products = try await client.productLists.value(for: ProductQuery())
                return .success(Set(products.rows.map(\.vendor)).sorted())
            } catch {
                return .failure(error)
            }
        }
        switch answer {
        case .success(let vendors): return vendors
        case .failure(let error): throw CommandError(error)
        }
    }
}
