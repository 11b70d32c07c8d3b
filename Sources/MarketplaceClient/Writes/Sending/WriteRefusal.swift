/// Asked in each dry run, before each write, and once more when its request is about to leave, from any thread: why
/// nothing may be written now, beyond what the profile said when the client was made. A sentence without its capital and
/// its full stop; nil when writes may go.
public typealias WriteRefusal = @Sendable () -> String?
