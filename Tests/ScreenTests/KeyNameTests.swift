import Screen
import Testing

@Suite struct `Names of keys with Alt` {
    @Test(
        arguments: [
            ("Alt-x", .alt("x")), ("alt-Q", .alt("Q")), ("Alt-Up", .alt(.up)), ("Alt-F6", .alt(.function(6))),
            ("Alt-5", .alt("5")),
        ] as [(String, Key)])
    func `are read and written alike`(_ name: String, _ key: Key) {
        #expect(Key(name: name) == key)
        #expect(Key(name: key.name) == key)
    }

    @Test(arguments: ["Alt-[", "Alt-O", "Alt-]", "Alt-P", "Alt-Esc", "Alt-", "Alt-Alt-x", "Alt-nothing"])
    func `that no terminal distinguishes from something else are none`(_ name: String) {
        #expect(Key(name: name) == nil)
    }
}
