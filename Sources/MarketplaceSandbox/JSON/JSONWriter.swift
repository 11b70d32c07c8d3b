/// Writes JSON straight into bytes. Commas are its own business.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// - Parameter capacity: Bytes that are probably needed.
    init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// One whole JSON object.
    static func object(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object(body)
        return writer.bytes
    }

    mutating func object(_ body: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "{"))
        body(&self)
        close(UInt8(ascii: "}"))
    }

    mutating func object(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        key(name)
        object(body)
    }

    mutating func array<Items: Sequence>(
        _ name: StaticString, _ items: Items, _ each: (inout JSONWriter, Items.Element) -> Void
    ) {
        key(name)
        open(UInt8(ascii: "["))
        for item in items { each(&self, item) }
        close(UInt8(ascii: "]"))
    }

    mutating func field(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    mutating func field(_ name: StaticString, _ value: Int) {
        key(name)
        Digits.write(value, to: &bytes)
        needsComma = true
    }

    mutating func field(_ name: StaticString, _ value: Bool) {
        key(name)
        raw(value ? "true" : "false")
    }

    mutating func field(_ name: StaticString, _ value: JSONValue) {
        key(name)
        self.value(value)
    }

    mutating func field(_ name: StaticString, _ value: CalendarDay) {
        key(name)
        quoted { value.write(to: &$0) }
    }

    mutating func field(_ name: StaticString, _ value: Moment) {
        key(name)
        quoted { value.write(to: &$0) }
    }

    mutating func field(_ name: StaticString, _ value: Amount) {
        key(name)
        quoted { value.write(to: &$0) }
    }

    mutating func field(_ name: StaticString, _ money: Money) {
        object(name) { json in
            json.field("currency", money.currency)
            json.field("amount", money.amount)
        }
    }

    /// A whole number as text.
    mutating func text(_ name: StaticString, _ value: Int) {
        key(name)
        quoted { Digits.write(value, to: &$0) }
    }

    mutating func null(_ name: StaticString) {
        key(name)
        raw("null")
    }

    /// A number written with a decimal point, as the platform writes its doubles (`10.0`).
    mutating func double(_ name: StaticString, _ value: Int) {
        key(name)
        raw(String(value) + ".0")
    }

    mutating func value(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let value): raw(value ? "true" : "false")
        case .number(let text): raw(text)
        case .string(let text): string(text)
        case .array(let items):
            open(UInt8(ascii: "["))
            for item in items { self.value(item) }
            close(UInt8(ascii: "]"))
        case .object(let members):
            open(UInt8(ascii: "{"))
            for member in members {
                string(member.name)
                bytes.append(UInt8(ascii: ":"))
                needsComma = false
                self.value(member.value)
            }
            close(UInt8(ascii: "}"))
        }
    }

    /// A value that was written before.
    mutating func written(_ value: [UInt8]) {
        comma()
        bytes.append(contentsOf: value)
        needsComma = true
    }

    mutating func string(_ text: String) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var needsEscape = false
            for byte in utf8 {
                needsEscape = needsEscape || byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            }
            if needsEscape {
                for byte in utf8 { escape(byte) }
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A string whose bytes need no escape.
    private mutating func quoted(_ write: (inout [UInt8]) -> Void) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        write(&bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0..<0x20:
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(UInt8(ascii: byte < 0x10 ? "0" : "1"))
            let low = byte & 0x0F
            bytes.append(low < 10 ? low + UInt8(ascii: "0") : low - 10 + UInt8(ascii: "a"))
        default:
            bytes.append(byte)
        }
    }

    private mutating func key(_ name: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func raw(_ text: String) {
        comma()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func open(_ bracket: UInt8) {
        comma()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }
}
