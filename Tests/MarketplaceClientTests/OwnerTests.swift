import Marketplace
import Testing

@testable import MarketplaceClient

@Suite struct `The owner of journal and drafts` {
    private func owner(_ baseURL: String, marketplace: String = "us", user: String = "demo.api") -> Owner {
        Profile(
            name: "any", baseURL: baseURL, marketplace: marketplace, user: user, password: Secret(""),
            subscriptionKey: Secret("")
        ).owner
    }

    @Test(arguments: [
        "https://api.example/marketplace/eu/", "https://api.example/marketplace/eu//",
        "HTTPS://api.example/marketplace/eu",
        "https://API.Example/marketplace/eu", "https://api.example:443/marketplace/eu",
        "https://api.example:0443/marketplace/eu",
        "https://api.example./marketplace/eu", " https://api.example/marketplace/eu ",
        "https://api.example/marketplace/eu?x=1",
    ])
    func `is the same for every address that leads to the same`(address: String) {
        #expect(owner(address) == owner("https://api.example/marketplace/eu"))
        #expect(owner(address).address == "https://api.example/marketplace/eu")
    }

    @Test(arguments: [
        "http://api.example/marketplace/eu", "https://api.example:8443/marketplace/eu",
        "https://api.example/marketplace/EU", "https://api.example/marketplace", "https://api2.example/marketplace/eu",
        "https://api.example:80/marketplace/eu", "https://[::1]/marketplace/eu", "https://[::1]:443/marketplace",
    ])
    func `is another one for every other address`(address: String) {
        #expect(owner(address) != owner("https://api.example/marketplace/eu"))
    }

    @Test func `is another one at another marketplace and for another user`() {
        let own = owner("https://api.example/eu")
        #expect(own != owner("https://api.example/eu", marketplace: "de"))
        #expect(own != owner("https://api.example/eu", user: "other.api"))
        #expect(own.place == "https://api.example/eu us")
    }

    @Test func `a host in brackets keeps them, and loses the scheme's own port`() {
        #expect(owner("https://[::1]:443/x/").address == "https://[::1]/x")
        #expect(owner("http://[::1]:80").address == "http://[::1]")
        #expect(owner("http://[::1]:8080").address == "http://[::1]:8080")
    }

    @Test func `places of older versions are recognised however the address was typed`() {
        #expect(Profile.isSamePlace("https://API.example:443/eu/ us", "https://api.example/eu us"))
        #expect(!Profile.isSamePlace("https://api.example/eu us", "https://api.example/eu de"))
        #expect(Profile.isSamePlace("no address us", "no address us"))
        #expect(!Profile.isSamePlace("", "https://api.example/eu us"))
    }
}
