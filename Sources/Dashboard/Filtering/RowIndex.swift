/// Where each row of a list is, by its identity: one lookup whatever the number of rows.
struct RowIndex<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    /// Places plus one, at the slot of the identity's hash or after it; 0 where nothing is. The bits that no place
    /// needs are of the hash, so that hardly another row is looked at than the one that is sought.
    private var slots: [UInt32]

    init(_ rows: [Row]) {
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

    /// - Parameter rows: Those that the index was made of.
    func place(of id: Row.ID, in rows: [Row]) -> Int? {
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

    /// Where an identity is looked for first, and the bits of its hash that are kept beside its place.
    @inline(__always)
    private static func start(of id: Row.ID, _ size: Int) -> (slot: Int, mark: UInt32) {
        let hash = id.hashValue
        return (hash & (size - 1), UInt32(truncatingIfNeeded: hash >> 32) & ~UInt32(size - 1))
    }
}
