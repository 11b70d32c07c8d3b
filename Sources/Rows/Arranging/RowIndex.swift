/// A hash index of the rows of a list by identity: one lookup whatever the number of rows. It keeps no rows; the same
/// rows are passed to each lookup.
public struct RowIndex<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    // Everything can be inlined, so that it is specialised for the rows of the module that asks.

    /// Open addressing with linear probing. A slot in use holds the row's place plus one in its low bits, and above
    /// them bits of the identity's hash, so that hardly ever another row than the right one is compared. 0 is free.
    @usableFromInline var slots: [UInt32]

    @inlinable
    public init(_ rows: [Row]) {
        var size = 16
        while size * 3 < rows.count * 4 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        rows.withUnsafeBufferPointer { rows in
            slots.withUnsafeMutableBufferPointer { slots in
                for place in rows.indices {
                    var (slot, mark) = Self.start(of: rows[place].id, size)
                    while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
                    slots[slot] = mark | UInt32(place + 1)
                }
            }
        }
    }

    /// The place of the row with this identity; nil when there is none.
    /// - Parameter rows: Those that the index was made of.
    @inlinable
    public func place(of id: Row.ID, in rows: [Row]) -> Int? {
        let placeBits = UInt32(slots.count - 1)
        var (slot, mark) = Self.start(of: id, slots.count)
        return rows.withUnsafeBufferPointer { rows in
            slots.withUnsafeBufferPointer { slots in
                while slots[slot] != 0 {
                    if slots[slot] & ~placeBits == mark {
                        let place = Int(slots[slot] & placeBits) - 1
                        if rows[place].id == id { return place }
                    }
                    slot = (slot + 1) & (slots.count - 1)
                }
                return nil
            }
        }
    }

    /// The first slot of an identity, and the bits of its hash that are kept beside its place.
    @inlinable
    @inline(__always)
    static func start(of id: Row.ID, _ size: Int) -> (slot: Int, mark: UInt32) {
        let hash = id.hashValue
        return (hash & (size - 1), UInt32(truncatingIfNeeded: hash >> 32) & ~UInt32(size - 1))
    }
}

extension Array {
    /// Whether both are the same storage, so that nothing can differ. Takes the same time for any length. Equal arrays
    /// in different storage are not the same.
    @inlinable
    public func isSame(as other: [Element]) -> Bool {
        guard count == other.count else { return false }
        return withUnsafeBufferPointer { left in
            other.withUnsafeBufferPointer { right in left.baseAddress == right.baseAddress }
        }
    }
}
