import FoundationEssentials
import Glibc
import Marketplace
import TerminalSupport
import TestSupport
import Testing

@testable import App

/// 1Password as the place of the secrets, with a program in the place of `op` that keeps them in files.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Secrets in 1Password` {
    private let stage: SetupStage

    init() throws {
        stage = try SetupStage()
        try makeProgram()
    }

    private var folder: String { stage.home + "/bin" }
    private var log: String { Files.text(of: stage.home + "/log") ?? "" }
    private var changes: [String: String?] { ["PATH": folder, "LOG": stage.home + "/log"] }

    /// It writes down how it was called and what the process list shows of it. An item must have its vault, and a name of
    /// its own.
    private func makeProgram() throws {
        let program = #"""
            #!/bin/sh
            PATH=/usr/bin:/bin
            echo "$*" >>"$LOG"
            cat /proc/$PPID/cmdline /proc/$PPID/environ /proc/$$/cmdline /proc/$$/environ 2>/dev/null \
                | tr '\0' '\n' >>"$LOG"
            place=HOME/vaults
            for last; do :; done
            case "$1 $2" in
                "vault get") test -d "$place/$3" ;;
                "vault create") mkdir -p "$place/$3" && echo "ID: of a vault" ;;
                "item delete")
                    case $* in *--archive*) last=$6 ;; *) last=$5 ;; esac
                    rm "$place/souk/$last" || { echo "\"$last\" isn't an item" >&2; exit 1; } ;;
                "item create")
                    test "$last" = - || { echo "wants a template" >&2; exit 1; }
                    template=$(cat)
                    name=$(printf %s "$template" | sed 's/.*"title":"\([^"]*\)".*/\1/')
                    test ! -e "$place/souk/$name" || { echo "there are two of them" >&2; exit 1; }
                    printf %s "$template" | sed 's/.*"value":"\([^"]*\)".*/\1/' >"$place/souk/$name"
                    echo "ID: of an item"; printf %s "$template" ;;
                "read op://souk/"*)
                    item=${2#op://souk/}
                    cat "$place/souk/${item%/password}" ;;
                *) exit 9 ;;
            esac
            """#
        #expect(mkdir(folder, 0o700) == 0)
        Files.write(program.replacing("HOME", with: stage.home), to: folder + "/op")
        #expect(chmod(folder + "/op", 0o700) == 0)
    }

    private func login(_ server: Served, _ options: [String] = []) throws -> (
        exit: PseudoTerminal.Exit?, output: String, errors: String
    ) {
        Files.write("demo\n", to: stage.home + "/p")
        Files.write(SetupStage.key + "\n", to: stage.home + "/k")
        return try stage.run(
            [
                "login", "--base-url", server.baseURL, "--user", "demo.api", "--marketplace", "us", "--password-file",
                stage.home + "/p", "--key-file", stage.home + "/k", "--store", "op", "--name", "nordwind",
            ] + options, changes)
    }

    @Test func `are kept, read, kept anew and removed, and shown to nobody on the way`() throws {
        let server = try Served()
        let first = try login(server)
        #expect(first.exit == .code(0), "\(first.errors)")
        #expect(
            stage.text?.contains(
                """
                password-command = "op read op://souk/nordwind-password/password"
                subscription-key-command = "op read op://souk/nordwind-subscription-key/password"
                """) == true, "\(stage.text ?? "")")
        let item = stage.home + "/vaults/souk/nordwind-subscription-key"
        #expect(Files.text(of: item)?.hasPrefix(SetupStage.key) == true)

        let read = try stage.run(["customers", "show", "1000412", "--json"], changes)
        #expect(read.exit == .code(0), "\(read.errors)")

        let again = try login(server, ["--replace", "--json"])
        #expect(again.exit == .code(0), "\(again.errors)")
        #expect(try PrintedJSON(again.output)["store"]?.text == "op")

        let doctor = try stage.run(["doctor"], changes)
        #expect(doctor.output.contains("ok\tsecrets"), "\(doctor.output)")
        let listed = try stage.run(["profiles", "list"], changes)
        #expect(listed.output.contains("\top\n"), "\(listed.output)")

        let logout = try stage.run(["logout"], changes)
        #expect(logout.output == "Profile nordwind: The secrets are removed from op. Profile and journal stay.\n")
        #expect(Files.text(of: item) == nil)
        #expect(log.contains("item create --vault souk -"))
        for spelling in SetupStage.spellings(of: SetupStage.key) {
            for text in [log, stage.text ?? "", first.output + first.errors, again.output + again.errors] {
                #expect(!text.contains(spelling))
            }
        }
    }

    @Test func `stand in a template whatever they are made of`() throws {
        let text = #"quo"te\back ä"#
        let template = try PrintedJSON(
            String(decoding: SecretStore.op.input(Secret(text), as: .password, of: "nordwind"), as: UTF8.self))
        #expect(template["fields"]?.elements.first?["value"]?.text == text)
        #expect(template["title"]?.text == "nordwind-password")
    }

    @Test func `that cannot be kept leave no profile behind`() throws {
        let server = try Served()
        Files.write("#!/bin/sh\necho 'you are not signed in' >&2\nexit 1\n", to: folder + "/op")
        let run = try login(server)
        #expect(run.exit == .code(2), "\(run.errors)")
        #expect(run.errors.contains("op did not keep the secrets"), "\(run.errors)")
        #expect(run.errors.contains("you are not signed in"), "\(run.errors)")
        #expect(stage.text == nil)
    }

    @Test func `are offered only where op is`() {
        #expect(SecretStore.found(["PATH": folder]) == [.op, .file])
        #expect(SecretStore.found(["PATH": stage.home]) == [.file])
    }
}
