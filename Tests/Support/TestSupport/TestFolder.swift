import Glibc

public enum TestFolder {
    public struct Problem: Error {}

    /// A new folder of its own for a test, where the system keeps what is not to stay.
    public static func make() throws -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/souk-tests-XXXXXX".utf8CString)
        guard let path = mkdtemp(&template) else { throw Problem() }
        return String(cString: path)
    }
}
