/// How the columns of a table share its width.
///
/// - The columns of the narrow form come first, at their least width, as far as they fit. Windows narrower than that
///   form leave out those of the lowest priority that do not fit.
/// - Then cells of two forms become long, and names grow to the longest in view, up to their ideal width.
/// - Then the other columns come by priority, each whole; the first that does not fit takes what is left, if its short
///   form or its least width fits, and ends it, so that a wider window never shows a column less.
/// - What is left goes to names that are still cut, then to columns that are empty in view, then stays blank at the
///   right end. So no name is cut beside a blank or an empty column.
public enum ColumnLayout {
    /// Blank columns between two columns.
    public static let gap = 2

    /// What a column needs.
    public struct Need: Equatable, Sendable {
        public var cells: Cells
        public var rank: Rank
        /// Columns that the title takes.
        public var title: Int
        /// The width of its longest cell in view, in its long form; 0 when all are empty.
        public var longest: Int

        public init(_ cells: Cells, _ rank: Rank, title: Int, longest: Int) {
            self.cells = cells
            self.rank = rank
            self.title = title
            self.longest = longest
        }

        /// All it can use. Ids and amounts never come near the limit; a text that somebody put in their place may.
        var whole: Int { isName ? max(title, longest) : max(title, min(longest, Self.longestWhole)) }

        private static let longestWhole = 48

        /// Below this it is not shown.
        public var least: Int {
            switch cells {
            case .whole(let width): max(width, whole)
            case .forms(let short, _): min(whole, max(title, short))
            case .name(let minimum, _), .product(let minimum, _): max(title, min(minimum, whole))
            }
        }

        /// What it gets before columns of a later rank come.
        var wanted: Int {
            switch cells {
            case .whole: least
            case .forms: whole
            case .name(_, let ideal), .product(_, let ideal): max(least, min(whole, ideal))
            }
        }

        var isName: Bool {
            switch cells {
            case .name, .product: true
            case .whole, .forms: false
            }
        }
    }

    /// What the cells of a column are.
    public enum Cells: Hashable, Sendable {
        /// Ids, amounts, dates, phone numbers: never cut. It takes so much at least.
        case whole(Int)
        /// Never cut, but written in a short form where there is no place for the long one; the widths of both.
        case forms(Int, Int)
        /// Cut at the end where it must be: from its least width to the one that is enough for nearly all.
        case name(Int, Int)
        /// As a name, but its last word stays: `Aurora 365 … Premium`.
        case product(Int, Int)
    }

    /// When a column gets its place; smaller numbers come before larger ones.
    public enum Rank: Hashable, Comparable, Sendable {
        /// It belongs to the narrow form.
        case first(Int)
        /// It comes when the names have their place.
        case then(Int)
    }

    /// The width of each column; nil for those that have no place.
    public static func widths(_ needs: [Need], in width: Int) -> [Int?] {
        var layout = Filling(needs: needs, width: max(0, width))
        return layout.fill()
    }

    /// The columns that can have a place in `width`, whatever is in their cells.
    public static func candidates(_ columns: [(cells: Cells, rank: Rank, title: Int)], in width: Int) -> [Int] {
        var used = 0
        var found: [Int] = []
        for place in columns.indices.sorted(by: { columns[$0].rank < columns[$1].rank }) {
            // The least that any content leaves of it.
            let column = columns[place]
            let least: Int
            if case .whole(let width) = column.cells { least = max(width, column.title) } else { least = column.title }
            if used + least > width, case .then = column.rank { break }
            used += least + gap
            found.append(place)
        }
        return found
    }

    private struct Filling {
        let needs: [Need]
        let width: Int
        var widths: [Int?] = []
        var used = 0

        mutating func fill() -> [Int?] {
            widths = Array(repeating: nil, count: needs.count)
            let order = needs.indices.sorted { needs[$0].rank < needs[$1].rank }
            let filled = order.filter { needs[$0].longest > 0 }
            for place in filled where isFirst(place) { _ = put(place, needs[place].least) }
            // Something is always shown, however narrow the window.
            if used == 0, let first = order.first { _ = put(first, min(needs[first].least, max(0, width))) }
            for place in order where !needs[place].isName { widen(place) }
            grow { $0.wanted }
            // A narrower window has no column that a wider one gives up for one of its form.
            let isWholeForm = !filled.contains { isFirst($0) && widths[$0] == nil }
            for place in filled where !isFirst(place) && isWholeForm {
                if put(place, needs[place].wanted) { continue }
                _ = put(place, needs[place].least)
                break
            }
            grow { $0.whole }
            let isCut = needs.indices.contains { (widths[$0] ?? .max) < needs[$0].whole }
            if !isCut {
                for place in order where needs[place].longest == 0 && widths[place] == nil {
                    guard put(place, needs[place].least) || isFirst(place) else { break }
                }
            }
            return widths
        }

        private func isFirst(_ place: Int) -> Bool { if case .first = needs[place].rank { true } else { false } }

        /// - Returns: Whether it fits.
        private mutating func put(_ place: Int, _ columns: Int) -> Bool {
            let more = columns + (used == 0 ? 0 : gap)
            guard used + more <= width else { return false }
            widths[place] = columns
            used += more
            return true
        }

        /// Gives a column that has its place all it wants, or nothing more.
        private mutating func widen(_ place: Int) {
            guard let now = widths[place], used + needs[place].wanted - now <= width else { return }
            used += needs[place].wanted - now
            widths[place] = needs[place].wanted
        }

        /// Shares what is left among the names, in equal steps, until each has what it is to have.
        private mutating func grow(to target: (Need) -> Int) {
            var growing = needs.indices.filter { place in
                needs[place].isName && widths[place].map { $0 < target(needs[place]) } ?? false
            }
            while used < width, !growing.isEmpty {
                let share = max(1, (width - used) / growing.count)
                for place in growing where used < width {
                    let more = min(share, width - used, target(needs[place]) - (widths[place] ?? 0))
                    widths[place]? += more
                    used += more
                }
                growing = growing.filter { place in widths[place].map { $0 < target(needs[place]) } ?? false }
            }
        }
    }
}
