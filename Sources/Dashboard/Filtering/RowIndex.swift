/// Where each row of a list is, by its identity: one lookup whatever the number of rows.
struct RowIndex<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    /// Places plus one, at the slot of the identity's hash or after it; 0 where nothing is.
    private var slots: [UInt32]

    init(_ rows: [Row]) {
        var size = 16
        while size * 3 < rows.count * 4 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        let mask = size - 1
        for (place, row) in rows.enumerated() {
            var slot = row.id.hashValue & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(place + 1)
        }
    }

    /// - Parameter rows: Those that the index was made of.
    func place(of id: Row.ID, in rows: [Row]) -> Int? {
        let mask = slots.count - 1
        var slot = id.hashValue & mask
        while slots[slot] != 0 {
            let place = Int(slots[slot] - 1)
            if rows[place].id == id { return place }
            slot = (slot + 1) & mask
        }
        return nil
    }
}
