/// What a terminal was sent, with times, in the form of asciinema's players (asciicast, version 2).
struct Recording {
    private(set) var text: String
    private var seconds = 0.0
    private var taken = 0

    init(columns: Int, rows: Int) {
        text = #"{"version": 2, "width": \#(columns), "height": \#(rows), "title": "souk --sandbox"}"# + "\n"
    }

    mutating func pass(_ seconds: Double) { self.seconds += seconds }

    /// Adds what came since the last time.
    mutating func take(_ received: [UInt8]) {
        guard received.count > taken else { return }
        let output = String(decoding: received[taken...], as: UTF8.self)
        taken = received.count
        let hundredths = Int((seconds * 100).rounded())
        let time = "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
        text += "[\(time), \"o\", \"\(Self.escaped(output))\"]\n"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
