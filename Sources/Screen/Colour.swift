/// A colour as a theme names it.
public enum Colour: Hashable, Sendable {
    /// The terminal's own text colour, or its own background.
    case terminal
    /// 0 to 7 the terminal's plain colours in the usual order (black red green yellow blue magenta cyan white), 8 to 15
    /// its bright ones, from 16 on the fixed ones of a terminal with 256.
    case palette(UInt8)
    case rgb(RGB)
}

/// A colour by its light, each part from 0 to 255.
public struct RGB: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// The nearest of the fixed colours of a terminal with 256: 16 to 231 are a cube, 232 to 255 greys.
    public var nearestOf256: UInt8 {
        let cube = 16 + 36 * Self.step(red) + 6 * Self.step(green) + Self.step(blue)
        let mean = (Int(red) + Int(green) + Int(blue)) / 3
        let grey = 232 + min(23, max(0, (mean - 3) / 10))
        return [UInt8(cube), UInt8(grey)].min { distance(to: Self.of256($0)) < distance(to: Self.of256($1)) } ?? 0
    }

    /// What a terminal with 256 colours shows for a fixed one, from 16 on.
    public static func of256(_ index: UInt8) -> RGB {
        if index >= 232 {
            let grey = 8 + 10 * (index - 232)
            return RGB(grey, grey, grey)
        }
        let place = Int(max(16, index)) - 16
        return RGB(levels[place / 36], levels[place / 6 % 6], levels[place % 6])
    }

    private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

    private static func step(_ value: UInt8) -> Int {
        levels.indices.min { abs(Int(levels[$0]) - Int(value)) < abs(Int(levels[$1]) - Int(value)) } ?? 0
    }

    private func distance(to other: RGB) -> Int {
        func square(_ one: UInt8, _ two: UInt8) -> Int { (Int(one) - Int(two)) * (Int(one) - Int(two)) }
        return square(red, other.red) + square(green, other.green) + square(blue, other.blue)
    }
}
