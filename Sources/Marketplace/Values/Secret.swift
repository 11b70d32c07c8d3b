/// A password, key or token. Printing, dumping or interpolating it says `•••`, so no log and no message can hold it.
public struct Secret: Hashable, Sendable {
    /// The text itself, for the one place that must send it; only the client uses it.
    package let revealed: String

    public init(_ text: String) { revealed = text }

    public var isEmpty: Bool { revealed.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
