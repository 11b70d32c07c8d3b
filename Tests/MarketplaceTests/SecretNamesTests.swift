import Marketplace
import Testing

@Suite struct `A name that speaks of a secret` {
    @Test(arguments: [
        "password", "admin_password", "AdminPassword", "PASSWD", "clientSecret", "x-token", "apiKey", "API_KEY",
        "credentials", "é token",
    ])
    func `is known by a word in it, in any case`(name: String) { #expect(name.speaksOfSecret) }

    @Test(arguments: ["", "pass", "word", "passw ord", "api key", "domain", "keys", "secre", "tok\u{E9}n"])
    func `is no other`(name: String) { #expect(!name.speaksOfSecret) }
}
