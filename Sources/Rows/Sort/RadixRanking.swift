/// Ranks numbered values by 64-bit keys, and values whose keys are equal by their next keys: a text by its first eight
/// bytes, then by the eight after them. Keys are sorted by a radix sort (least significant digit first), so that a
/// million values take some passes over them in place of twenty comparisons each.
enum RadixRanking {
    private struct Item {
        var key: UInt64
        var number: UInt32
    }

    /// The dense rank of each of `count` values: equal values have equal ranks, and ranks have no gaps. `UInt32.max`
    /// for those that are absent.
    /// - Parameters:
    ///   - isPresent: Whether the value of that number has a rank at all.
    ///   - key: The key of a value at a level, the first of which is 0. Smaller keys come first.
    ///   - isLast: Whether values of this key, and equal ones at the levels before, are equal.
    static func ranks(
        count: Int, isPresent: (Int) -> Bool, key: (_ number: Int, _ level: Int) -> UInt64,
        isLast: (_ key: UInt64, _ level: Int) -> Bool
    ) -> [UInt32] {
        var items: [Item] = []
        items.reserveCapacity(count)
        for number in 0..<count where isPresent(number) {
            items.append(Item(key: key(number, 0), number: UInt32(number)))
        }
        items.withUnsafeMutableBufferPointer { items in
            withUnsafeTemporaryAllocation(of: Item.self, capacity: items.count) { spare in
                // Ranges of values whose keys are equal at all levels before.
                var open = [(range: 0..<items.count, level: 0)]
                while let (range, level) = open.popLast() {
                    if level > 0 { for place in range { items[place].key = key(Int(items[place].number), level) } }
                    sort(UnsafeMutableBufferPointer(rebasing: items[range]), spare)
                    var start = range.lowerBound
                    while start < range.upperBound {
                        let shared = items[start].key
                        // Once a value has its place, its key says whether it differs from the one before.
                        items[start].key = 1
                        var end = start + 1
                        while end < range.upperBound, items[end].key == shared {
                            items[end].key = 0
                            end += 1
                        }
                        if end - start > 1, !isLast(shared, level) { open.append((start..<end, level + 1)) }
                        start = end
                    }
                }
            }
        }
        var ranks = Array(repeating: UInt32.max, count: count)
        // The first differs from the one before it, of which there is none.
        var rank = UInt32.max
        for item in items {
            rank &+= UInt32(item.key)
            ranks[Int(item.number)] = rank
        }
        return ranks
    }

    /// Sorts by key; equal keys stay in their order.
    /// - Parameter spare: A buffer for as many items.
    private static func sort(_ items: UnsafeMutableBufferPointer<Item>, _ spare: UnsafeMutableBufferPointer<Item>) {
        // For a few, counting costs more than comparing.
        if items.count < 32 { return insertionSort(items) }
        var differing: UInt64 = 0
        var isSorted = true
        for place in 1..<items.count {
            differing |= items[place].key ^ items[0].key
            if items[place].key < items[place - 1].key { isSorted = false }
        }
        if isSorted { return }
        var (source, target) = (items, UnsafeMutableBufferPointer(rebasing: spare[..<items.count]))
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { starts in
            // Least significant bits first: each pass is stable, so it keeps the order of the passes before.
            while differing != 0 {
                let shift = UInt64(differing.trailingZeroBitCount)
                differing &= ~(0xFF << shift)
                starts.initialize(repeating: 0)
                for item in source { starts[Int((item.key >> shift) & 0xFF)] += 1 }
                var next = 0
                for value in 0..<256 { (starts[value], next) = (next, next + starts[value]) }
                for item in source {
                    let value = Int((item.key >> shift) & 0xFF)
                    target.initializeElement(at: starts[value], to: item)
                    starts[value] += 1
                }
                swap(&source, &target)
            }
        }
        if source.baseAddress != items.baseAddress { _ = items.update(fromContentsOf: source) }
    }

    private static func insertionSort(_ items: UnsafeMutableBufferPointer<Item>) {
        for end in items.indices.dropFirst() {
            let item = items[end]
            var place = end
            while place > 0, item.key < items[place - 1].key {
                items[place] = items[place - 1]
                place -= 1
            }
            items[place] = item
        }
    }
}
