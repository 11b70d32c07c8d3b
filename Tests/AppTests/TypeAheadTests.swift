import Dashboard
import Glibc
import TerminalSupport
import TestSupport
import Testing

@testable import App

/// What is typed while the real program is stopped agrees to nothing, whatever was on screen before.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Keys typed while the program is stopped` {
    private let server: Served
    private let plain: PlainHTTP
    private let places: [String: String?]

    init() throws {
        server = try Served(["--order-seconds", "0"])
        plain = try PlainHTTP(server.baseURL)
        places = `The real program`.profile.merging([
            "XDG_CONFIG_HOME": "/nonexistent", "XDG_STATE_HOME": try TestFolder.make(),
            "SOUK_BASE_URL": server.baseURL,
        ]) { $1 }
    }

    private func orders() throws -> String { try plain.get("/orders?subscriptionId=1000917&limit=100") }

    /// Leads from the first screen to the review of 28 units for subscription 1000917.
    private func review(on terminal: PseudoTerminal) throws {
        try #require(terminal.wait(for: "NEEDS YOU NOW"), "\(terminal.screen.text)")
        terminal.send("2")
        try #require(terminal.wait(for: "Nordwind Handel GmbH"), "\(terminal.screen.text)")
        terminal.send("jl")
        try #require(terminal.wait(for: "Jørgensen & Søn A/S"), "\(terminal.screen.text)")
        terminal.send("j\r")
        try #require(terminal.wait(for: "Citrine Mail Hosting"))
        terminal.send("/1000917\r")
        try #require(
            terminal.wait { screen in
                !screen.contains("Loading…") && ["1 match of 4", "PRODUCTS"].allSatisfy(screen.contains)
            }, "\(terminal.screen.text)")
        terminal.send("c28")
        try #require(terminal.wait(for: "25 → 28, +3"), "\(terminal.screen.text)")
        terminal.send(KeyText.f10)
        try #require(terminal.wait(for: "Type 28"), "\(terminal.screen.text)")
    }

    @Test func `stopped by SIGSTOP`() throws {
        let terminal = try PseudoTerminal(running: `The real program`.program, environment: places, columns: 200)
        try review(on: terminal)
        let before = try orders()
        terminal.signal(SIGSTOP)
        terminal.send("28\r")
        terminal.signal(SIGCONT)
        #expect(terminal.wait(for: "Keys typed before this page was drawn were dropped."), "\(terminal.screen.text)")
        #expect(terminal.screen.contains("Type 28"))
        #expect(try orders() == before)
        terminal.agree("28")
        #expect(terminal.wait(for: "COMPLETED"), "\(terminal.screen.text)")
    }

    @Test func `suspended by ^Z and typed in one burst with fg`() throws {
        let shell = try PseudoTerminal(
            running: "/bin/bash", ["--norc", "--noprofile", "-i"],
            environment: places.merging(["PS1": "shell> ", "HISTFILE": nil]) { $1 }, columns: 200)
        try #require(shell.wait(for: "shell>"))
        shell.send(`The real program`.program + "\r")
        try review(on: shell)
        let before = try orders()
        shell.send("\u{1A}")
        try #require(shell.wait { $0.contains("Stopped") && !$0.isAlternate }, "\(shell.screen.text)")
        shell.send("fg\r28\r")
        #expect(
            shell.wait { $0.contains("Keys typed before this page was drawn were dropped.") }, "\(shell.screen.text)")
        #expect(shell.screen.contains("Type 28"))
        #expect(try orders() == before)
    }

    @Test func `line by line, stopped by SIGSTOP`() throws {
        let terminal = try PseudoTerminal(
            running: `The real program`.program, ["--linear"],
            environment: places.merging(["TERM": "dumb"]) { $1 }, columns: 200, rows: 100)
        try #require(terminal.wait(for: "selected: error"), "\(terminal.screen.text)")
        terminal.send("3")
        try #require(terminal.wait(for: "1,500 subscriptions"), "\(terminal.screen.text)")
        terminal.send("/1000917\r")
        try #require(terminal.wait(for: "1 match of 1,500"), "\(terminal.screen.text)")
        terminal.send("c")
        try #require(terminal.wait(for: "step 1 of 3"), "\(terminal.screen.text)")
        terminal.send("28")
        try #require(terminal.wait(for: "+3"), "\(terminal.screen.text)")
        terminal.send(KeyText.f10)
        try #require(terminal.wait(for: "Type 28"), "\(terminal.screen.text)")
        let before = try orders()
        terminal.signal(SIGSTOP)
        terminal.send("28\r")
        terminal.signal(SIGCONT)
        #expect(terminal.wait(for: "Keys typed before this page was drawn were dropped."), "\(terminal.screen.text)")
        #expect(try orders() == before)
    }

    @Test func `a computer that slept is noticed, one that was merely slow is not`() {
        var watch = SleepWatch(asleep: 1000)
        let noticed = [1000, 1003, 5000, 5001].map { watch.hasSlept(asleep: $0) }
        #expect(noticed == [false, false, true, false])
    }
}
