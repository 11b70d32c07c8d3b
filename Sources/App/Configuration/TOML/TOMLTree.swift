/// A table while its document is read. It guards the rule that nothing is defined twice.
final class TOMLTree {
    /// What brought the table about, which decides who may add to it.
    enum Origin {
        /// It was only named on the way to another one: a heading, or a dotted key, may still define it.
        case passed
        case heading
        case dottedKey
        /// `{…}`: it is complete where it ends.
        case inline
    }

    private enum Item {
        case value(TOMLValue)
        case table(TOMLTree)
        /// `[[…]]`
        case list(List)
    }

    private final class List {
        var tables: [TOMLTree] = []
    }

    private struct Entry {
        var key: String
        var offset: Int
        var item: Item
    }

    /// A part of a key, and its position.
    struct Part {
        var name: String
        var offset: Int
    }

    private var origin: Origin
    private let depth: Int
    private var entries: [Entry] = []
    /// By the bytes of the key: what Swift takes for equal may be two keys of TOML.
    private var indices: [[UInt8]: Int] = [:]

    init(_ origin: Origin, depth: Int) {
        self.origin = origin
        self.depth = depth
    }

    /// The table with all that was put into it.
    var finished: TOMLTable {
        TOMLTable(
            entries: entries.map { entry in
                let content: TOMLValue.Content
                switch entry.item {
                case .value(let value): return TOMLTable.Entry(key: entry.key, offset: entry.offset, value: value)
                case .table(let tree): content = .table(tree.finished)
                case .list(let list):
                    content = .array(
                        list.tables.map { TOMLValue(content: .table($0.finished), offset: entry.offset) })
                }
                return TOMLTable.Entry(
                    key: entry.key, offset: entry.offset, value: TOMLValue(content: content, offset: entry.offset))
            })
    }

    /// `path = value`, below this table.
    func set(_ path: [Part], to value: TOMLValue) throws(TOMLFlaw) {
        var table = self
        for part in path.dropLast() { table = try table.dotted(part) }
        guard let last = path.last else { return }
        if let earlier = table.entry(last.name) {
            throw TOMLFlaw(
                offset: last.offset, text: "\(shown(path)) was already set", earlier: earlier.offset)
        }
        table.add(last, .value(value))
    }

    /// How deep a value below this table lies.
    func depth(of path: [Part]) -> Int { depth + path.count }

    /// The table that `[path]` begins.
    func table(_ path: [Part], at offset: Int) throws(TOMLFlaw) -> TOMLTree {
        let parent = try parent(of: path, at: offset)
        guard let last = path.last else { return parent }
        guard let entry = parent.entry(last.name) else {
            return try parent.addTable(last, .heading)
        }
        if case .table(let table) = entry.item, case .passed = table.origin {
            table.origin = .heading
            return table
        }
        throw again("[\(shown(path))]", entry, at: offset)
    }

    /// The next table of the list that `[[path]]` goes on with.
    func nextTable(_ path: [Part], at offset: Int) throws(TOMLFlaw) -> TOMLTree {
        let parent = try parent(of: path, at: offset)
        guard let last = path.last else { return parent }
        let list: List
        if let entry = parent.entry(last.name) {
            guard case .list(let found) = entry.item else { throw again("[[\(shown(path))]]", entry, at: offset) }
            list = found
        } else {
            list = List()
            parent.add(last, .list(list))
        }
        let table = try parent.below(last, .heading)
        list.tables.append(table)
        return table
    }

    // MARK: Ways down

    private func parent(of path: [Part], at offset: Int) throws(TOMLFlaw) -> TOMLTree {
        var table = self
        for part in path.dropLast() {
            guard let entry = table.entry(part.name) else {
                table = try table.addTable(part, .passed)
                continue
            }
            switch entry.item {
            case .table(let next): table = next
            case .list(let list):
                guard let next = list.tables.last else { return table }
                table = next
            case .value: throw again(part.name, entry, at: offset)
            }
        }
        return table
    }

    private func dotted(_ part: Part) throws(TOMLFlaw) -> TOMLTree {
        guard let entry = entry(part.name) else { return try addTable(part, .dottedKey) }
        if case .table(let table) = entry.item {
            switch table.origin {
            case .dottedKey: return table
            case .passed:
                table.origin = .dottedKey
                return table
            case .heading, .inline: break
            }
        }
        throw TOMLFlaw(
            offset: part.offset, text: "nothing can be added to \(part.name), which was completed",
            earlier: entry.offset)
    }

    private func again(_ what: String, _ entry: Entry, at offset: Int) -> TOMLFlaw {
        TOMLFlaw(
            offset: offset, text: "\(what) is set a second time; first",
            earlier: entry.offset)
    }

    private func entry(_ name: String) -> Entry? { indices[Array(name.utf8)].map { entries[$0] } }

    private func add(_ part: Part, _ item: Item) {
        indices[Array(part.name.utf8)] = entries.count
        entries.append(Entry(key: part.name, offset: part.offset, item: item))
    }

    private func addTable(_ part: Part, _ origin: Origin) throws(TOMLFlaw) -> TOMLTree {
        let table = try below(part, origin)
        add(part, .table(table))
        return table
    }

    private func below(_ part: Part, _ origin: Origin) throws(TOMLFlaw) -> TOMLTree {
        guard depth < TOMLDocument.deepest else { throw TOMLFlaw.tooDeep(at: part.offset) }
        return TOMLTree(origin, depth: depth + 1)
    }

    private func shown(_ path: [Part]) -> String { path.map(\.name).joined(separator: ".") }
}

extension TOMLFlaw {
    static func tooDeep(at offset: Int) -> TOMLFlaw {
        TOMLFlaw(offset: offset, text: "there are more than \(TOMLDocument.deepest) levels of tables and lists here")
    }
}
