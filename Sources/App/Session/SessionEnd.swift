/// How a session ended.
struct SessionEnd {
    var exitCode: Int32
    /// What was lost, as sentences for the person once the terminal is a shell's again.
    var problem: String?
    /// What the dashboard goes on with, after the set-up; nil when the program is to end.
    var next: Backend?
}
