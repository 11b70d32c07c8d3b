import CNCurses

// How fast the client is where it matters, and how much memory it takes. Run it in a release build:
//
//     swift run -c release ClientBenchmarks
//
// Figures go to stdout, one line each. What is measured over a connection asks a served sandbox, which is another
// process, so that the memory is the client's alone.

if CommandLine.arguments.dropFirst().first == "serve" {
    try await ServedSandbox.serve(Array(CommandLine.arguments.dropFirst(2)))
} else {
    // As the program does it: what was freed in one piece goes back to the system.
    cn_return_large_blocks()
    try await measureServed()
    try await measureReading()
    try await measureProcesses()
    try await measureServing()
    try await measureCancelling()
    try await measureLists()
    try await measureIndex()
    try await measureHitsOnTheMainActor()
    measureMoney()
}
