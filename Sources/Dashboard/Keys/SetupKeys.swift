import Screen

/// The keys of the form that makes a profile.
enum SetupKeys {
    static let test = KeyAction(.testProfile, [.function(5)], title: "test every value", hint: "test")
    static let save = KeyAction(
        .saveProfile, [.function(10), .control("o")],
        title: "test every value, store the profile and open the dashboard with it", hint: "test and save")
    static let sandbox = KeyAction(
        .openSandbox, [.function(2)], title: "open the sandbox: no account, nothing is real", hint: "sandbox")
    static let leave = KeyAction(
        .leaveSetup, [.escape], title: "leave souk; nothing is stored", hint: "leave",
        reasonFixed: "Esc goes back whatever happens")

    static let table = KeyTable(
        name: "set-up",
        actions: [
            FormKeys.nextRow, FormKeys.rowBefore, test, save, sandbox, FormKeys.scrollWords, FormKeys.choose,
            FormKeys.edit, leave,
        ],
        isTypedIn: true)
}
