import FoundationEssentials
import Glibc
import Marketplace
import TestSupport
import Testing

@testable import App

@Suite struct `Rules of vendors` {
    private func read(_ text: String) throws -> [VendorRuleTable] {
        try Configuration(parsing: text, from: "config.toml").rules
    }

    @Test(arguments: [("vendors", EmbeddedRules.vendors), ("sandbox", EmbeddedRules.sandbox)])
    func `those that come with the program are those of the files`(name: String, tables: [VendorRuleTable]) throws {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        let path = folder.joined(separator: "/") + "/assets/rules/\(name).toml"
        let file = try String(contentsOfFile: path, encoding: .utf8)
        #expect(try VendorRuleTable.read(TOMLDocument(SourceText(file)).root) == tables)
        // Every one of them is whole: a source, a date, and something that it lets be done.
        #expect(!tables.isEmpty)
        for table in tables {
            let rule = try #require(table.rule)
            #expect(rule.hoursToTakeAway != nil || rule.hoursToCancel != nil || rule.daysToDecide != nil)
        }
    }

    private static func detail(_ vendor: String, _ mpn: String) -> SubscriptionDetail {
        SubscriptionDetail(
            subscription: Subscription(id: "1", name: "x", customer: "2", status: .active),
            products: [SubscriptionProduct(mpn: mpn, vendor: vendor, name: "x")])
    }

    @Test func `the sandbox's vendor has its rule there alone, and most vendors have none`() {
        let (real, sandbox) = (VendorRules(own: [], isSandbox: false), VendorRules(own: [], isSandbox: true))
        #expect(real[Self.detail("aurora", "AUR-1")] == nil)
        #expect(sandbox[Self.detail("aurora", "AUR-1")]?.words == "rule of aurora, 01 Mar 2026")
        #expect(real[Self.detail("Microsoft (NCE)", "CFQ7TTC0LH18:0001")]?.hoursToCancel == 168)
        // Neither Azure nor perpetual software is under the rule of licences.
        #expect(real[Self.detail("Microsoft", "DG7GMGF0D609:0002")] == nil)
        #expect(real[Self.detail("Acme", "A-1")] == nil)
    }

    @Test func `a person's rule takes the place of the one of its name, or switches it off`() throws {
        let own = try read(
            """
            [rules.microsoft]
            vendor = "microsoft"
            cancel = "72h"
            source = "our contract"
            date = 2026-11-01
            [rules.adobe]
            off = true
            """)
        let rules = VendorRules(own: own, isSandbox: false)
        let rule = try #require(rules[Self.detail("Microsoft", "anything")])
        #expect(rule.hoursToCancel == 72 && rule.hoursToTakeAway == nil && rule.source == "our contract")
        #expect(rules[Self.detail("Adobe", "65304520CA01A12")] == nil)
    }

    @Test(arguments: [
        ("cancel = \"7\"", "line 2: cancel must be hours or days, for example \"36h\" or \"7d\"."),
        ("cancel = \"0d\"", "line 2: cancel must be hours or days, for example \"36h\" or \"7d\"."),
        ("cancel = \"99999999999999999999d\"", "line 2: cancel must be hours or days, for example \"36h\" or \"7d\"."),
        ("take-away = 7", "line 2: take-away must be a text in quotes."),
        ("decide = \"36h\"", "line 2: decide must be days, for example \"1d\"."),
        ("date = \"2026-11-27\"", "line 2: date must be a day without quotes, for example 2026-11-27."),
        ("date = 2026-11-27T10:00:00Z", "line 2: date must be a day without quotes, for example 2026-11-27."),
        ("off = \"yes\"", "line 2: off must be true or false, without quotes."),
        ("vendor = \"\"", "line 2: vendor must be a text in quotes."),
        (
            "cancle = \"7d\"",
            "line 2: cancle is not a setting of a vendor's rule; there are vendor, mpn, take-away, "
                + "cancel, decide, source, date, off."
        ),
        ("cancel = \"7d\"", "line 1: the rule acme needs a source and a date: nobody could say whose it is."),
    ]) func `what is wrong with one is said with its line`(line: String, message: String) {
        #expect { try read("[rules.acme]\n\(line)\n") } throws: { error in
            (error as? Configuration.Problem)?.message == "config.toml, \(message)"
        }
    }

    @Test func `a rule that is no table is named`() {
        #expect { try read("rules = 1") } throws: { error in
            (error as? Configuration.Problem)?.message == "config.toml, line 1: rules must be a table."
        }
        #expect { try read("[rules]\nacme = 1") } throws: { error in
            (error as? Configuration.Problem)?.message
                == "config.toml, line 2: acme must be a table, for example [rules.acme]."
        }
    }

    @Test func `a change of the configuration file leaves rules as they are`() throws {
        let rule = "[rules.acme]\ncancel = \"7d\"\nsource = \"x\"\ndate = 2026-01-01\n"
        var text = ConfigurationText("[profiles.a]\nuser = \"u\"\n\n" + rule, place: "config.toml")
        try text.set([.text("user", "v")], removing: [], of: "a")
        #expect(text.text.hasSuffix(rule) && text.text.contains("user = \"v\""))
    }
}
