import FoundationEssentials
import TestSupport
import Testing

/// `souk watch` at a marketplace over HTTP, with a state folder of its own.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Commands of what is watched`: ServedMarketplace {
    let server: Served
    let plain: PlainHTTP
    let state: String

    init() throws {
        server = try Served(["--order-seconds", "0"])
        plain = try PlainHTTP(server.baseURL)
        state = try TestFolder.make()
    }

    private func rows(_ command: String) throws -> [PrintedJSON] {
        let block = try run("\(command) --json")
        #expect(block.exit == 0, "\(block.text)")
        let text = block.output.joined()
        #expect(try SchemaCheck.problems(of: text, "watch-" + command.split(separator: " ")[1]) == [])
        return try PrintedJSON(text)["rows"]?.elements ?? []
    }

    @Test func `keep what was seen, say what changed since, and take rows off`() throws {
        #expect(try rows("watch add subscription 1000917").first?["now"]?.text?.hasPrefix("renews ") == true)
        #expect(try rows("watch add customer 'jørgensen & søn'").first?["id"]?.text == "1000412")
        #expect(try rows("watch add customer 1000412").count == 1)
        #expect(try rows("watch list").map { $0["id"]?.text } == ["1000917", "1000412"])
        #expect(try rows("watch check").isEmpty)
        try plain.send("PATCH", "/subscriptions/1000917", #"{"renewalStatus":false}"#)
        let changed = try rows("watch check")
        #expect(changed.map { $0["id"]?.text } == ["1000917"])
        let change = try #require(changed.first?["changes"]?.elements.first)
        #expect(change["fact"]?.text == "autoRenew" && change["before"]?.text == "on" && change["after"]?.text == "off")
        let line = try run("watch list").output.first
        #expect(
            line?.hasPrefix("subscription→1000917→Aurora 365 Business Premium→auto-renew on > off") == true,
            "\(line ?? "")")
        #expect(try rows("watch check --seen").count == 1)
        #expect(try rows("watch check").isEmpty)
        #expect(try rows("watch remove subscription 1000917").count == 1)
        #expect(try rows("watch list").map { $0["id"]?.text } == ["1000412"])
    }

    @Test(arguments: [
        ("watch add invoice 7", 64, "KIND is order, subscription or customer."),
        ("watch add order ''", 64, "ID is empty"), ("watch add order SO999999", 4, "no order SO999999"),
        ("watch remove order 7", 4, "no order 7 is watched"), ("watch add order", 64, "needs KIND ID"),
        ("watch list --sandbox", 64, "forgets what is watched"),
    ])
    func `say what is wrong with their words`(command: String, exit: Int, words: String) throws {
        let block = try run(command)
        #expect(block.exit == exit, "\(block.text)")
        #expect(block.text.contains(words), "\(block.text)")
    }

    @Test func `tell of a file that is damaged, and put it aside when the next row is watched`() throws {
        #expect(try rows("watch add customer 1000412").count == 1)
        let folder = state + "/souk"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let name = try #require(names.first { $0.hasSuffix(".watch.json") })
        try "[{".write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        let block = try run("watch list")
        #expect(block.exit == 1 && block.text.contains("is damaged"), "\(block.text)")
        #expect(try rows("watch add customer 1000413").count == 1)
        #expect(FileManager.default.fileExists(atPath: "\(folder)/\(name).damaged"))
    }
}
