import Marketplace
import Testing

@Suite struct `The rules of accounts` {
    @Test(arguments: ["DK", "US"]) func `a country is two capital letters`(code: String) {
        #expect(AccountRules.refusal(ofCountry: code) == nil)
    }

    @Test(arguments: ["", "dk", "D", "DNK", "D1", "ÅÄ"]) func `anything else is no country`(code: String) {
        #expect(AccountRules.refusal(ofCountry: code) != nil)
    }

    @Test(arguments: ["a@b", "mette@jorgensen.example"]) func `an address has one at sign`(address: String) {
        #expect(AccountRules.refusal(ofEmail: address) == nil)
    }

    @Test(arguments: ["", "a", "@b", "a@", "a@b@c", "a b@c"]) func `anything else is no address`(address: String) {
        #expect(AccountRules.refusal(ofEmail: address) != nil)
    }

    @Test(arguments: ["45#33#550412#", "+4533550412", "112"]) func `both spellings of a phone are taken`(number: String)
    {
        #expect(AccountRules.refusal(ofPhone: number) == nil)
    }

    @Test(arguments: [("abcd", false), ("abcde", true), ("_abcde", false), ("a b cd", false), ("ada@x.example", true)])
    func `a login has five characters of few kinds`(login: String, isTaken: Bool) {
        #expect((AccountRules.refusal(ofLogin: login) == nil) == isTaken)
    }

    @Test func `the message on a weak password says what it lacks and does not repeat it`() {
        #expect(AccountRules.weakness(ofPassword: "Fake-Passw0rd!") == nil)
        #expect(
            AccountRules.weakness(ofPassword: "secret")
                == "usually needs 7 characters, a capital letter, a digit, another sign")
    }
}

@Suite struct `What a list of contacts does` {
    private static func person(_ first: String, role: ContactPerson.Role = .administrator) -> ContactPerson {
        ContactPerson(role: role, firstName: first, lastName: "X", email: "\(first)@x.example", phone: "1")
    }

    private let ada = person("Ada")
    private let bo = person("Bo", role: .billing)
    private let cy = person("Cy", role: .technical)

    @Test func `who is in both is kept, who is left out is removed, who is new is added`() {
        let difference = ContactsDifference(from: [ada, bo], to: [NewContact(cy), NewContact(ada)])
        #expect(difference.lines == [.kept(ada), .removed(bo), .added(NewContact(cy))])
        #expect(difference.removed == [bo])
    }

    @Test func `the same address or the same name is the same person changed`() {
        var other = ada
        other.phone = "2"
        var moved = bo
        moved.email = "new@x.example"
        let difference = ContactsDifference(from: [ada, bo], to: [NewContact(other), NewContact(moved)])
        #expect(
            difference.lines == [.changed(from: ada, to: NewContact(other)), .changed(from: bo, to: NewContact(moved))])
    }

    @Test func `two who are alike are distinguished by their number`() {
        let difference = ContactsDifference(from: [ada, ada], to: [NewContact(ada)])
        #expect(difference.lines == [.kept(ada), .removed(ada)])
    }

    @Test func `one who gets a login is changed`() {
        let contact = NewContact(ada, login: "ada.x")
        #expect(ContactsDifference(from: [ada], to: [contact]).lines == [.changed(from: ada, to: contact)])
    }
}
