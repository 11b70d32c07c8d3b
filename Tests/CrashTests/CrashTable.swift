/// What became of many placements, one line for each moment and fate.
struct CrashTable {
    private static let heads = [
        "killed", "request", "kills", "found", "not taken", "on server", "confirmed", "duplicates", "lost", "unknown",
    ]
    private var rows: [[String]] = []

    init(_ outcomes: [`Crashes while sending`.Outcome]) {
        var groups: [(key: [String], outcomes: [`Crashes while sending`.Outcome])] = []
        for moment in Placement.Moment.allCases {
            let here = outcomes.filter { $0.placement.moment == moment }
            for fate in Set(here.map(\.placement.fate.rawValue)).sorted() {
                groups.append(([moment.rawValue, fate], here.filter { $0.placement.fate.rawValue == fate }))
            }
        }
        groups.append((["all", ""], outcomes))
        for group in groups {
            let figures = [
                group.outcomes.count,
                group.outcomes.count { if case .taken? = $0.settled { true } else { false } },
                group.outcomes.count { if case .taken? = $0.settled { false } else { true } },
                group.outcomes.reduce(0) { $0 + $1.orders.count },
                group.outcomes.reduce(0) { $0 + $1.confirmed.count },
                group.outcomes.reduce(0) { $0 + $1.duplicates },
                group.outcomes.reduce(0) { $0 + $1.lost },
                group.outcomes.reduce(0) { $0 + $1.unknown },
            ]
            rows.append(group.key + figures.map(String.init))
        }
    }

    var text: String {
        let widths = Self.heads.indices.map { column in
            max(Self.heads[column].count, rows.map { $0[column].count }.max() ?? 0)
        }
        return ([Self.heads] + rows).map { cells in
            cells.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - cells[column].count)
                return column < 2 ? cells[column] + space : space + cells[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
