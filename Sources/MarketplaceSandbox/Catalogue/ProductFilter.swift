/// Names of all items of a catalogue; made for the first search by name.
struct ItemIndex {
    fileprivate var texts = TextIndex()

    init(_ catalogue: Catalogue) {
        for number in 0..<catalogue.services {
            for item in catalogue.service(number).items { texts.append(item.name) }
        }
    }
}

/// What the catalogue is narrowed to: `mpn`, `vendor` and `serviceName` exact, `name` a part of the name in any case
/// (REFERENCE 16, row 18).
struct ProductFilter {
    var mpn: String?
    var vendor: String?
    var serviceName: String?
    var name: String?

    init(_ call: Call) {
        mpn = call.query["mpn"]
        vendor = call.query["vendor"]
        serviceName = call.query["serviceName"]
        name = call.query["name"]?.lowercased()
    }

    fileprivate func passes(_ product: Product) -> Bool {
        (vendor == nil || product.service.vendor == vendor)
            && (serviceName == nil || product.service.code == serviceName)
            && name.map { Text.contains(product.item.name.lowercased(), Array($0.utf8)) } ?? true
    }
}

extension World {
    /// A page of the rows that match, and how many match.
    func products(_ filter: ProductFilter, offset: Int, limit: Int) -> (rows: [Int], total: Int) {
        if let mpn = filter.mpn {
            let found = catalogue.rows(mpn: mpn).filter { filter.passes(catalogue.product($0)) }
            return (Array(found.dropFirst(offset).prefix(limit)), found.count)
        }
        let ranges: [Range<Int>]
        if let name = filter.name {
            let index = itemIndex ?? ItemIndex(catalogue)
            itemIndex = index
            ranges = catalogue.rows(ofItems: index.texts.matches(Array(name.utf8)), filter)
        } else if filter.vendor != nil || filter.serviceName != nil {
            ranges = catalogue.services(vendor: filter.vendor, code: filter.serviceName).map {
                catalogue.rowRange(of: $0)
            }
        } else {
            ranges = [0..<catalogue.count]
        }
        return page(ranges, offset: offset, limit: limit)
    }

    private func page(_ ranges: [Range<Int>], offset: Int, limit: Int) -> (rows: [Int], total: Int) {
        var rows: [Int] = []
        var total = 0
        for range in ranges {
            let first = range.lowerBound + max(0, offset - total)
            if rows.count < limit, first < range.upperBound {
                rows += first..<min(range.upperBound, first + limit - rows.count)
            }
            total += range.count
        }
        return (rows, total)
    }
}

extension Catalogue {
    /// The rows of the items with these numbers, counted over all services.
    fileprivate func rows(ofItems items: [Int], _ filter: ProductFilter) -> [Range<Int>] {
        let wanted: Set<Int>? =
            filter.vendor == nil && filter.serviceName == nil
            ? nil : Set(services(vendor: filter.vendor, code: filter.serviceName))
        var ranges: [Range<Int>] = []
        var number = 0
        var terms = -1
        var last = -1
        for item in items {
            while number + 1 < services, firstItem(ofService: number + 1) <= item { number += 1 }
            if let wanted, !wanted.contains(number) { continue }
            if number != last {
                terms = termCount(ofService: number)
                last = number
            }
            let all = rowRange(of: number)
            let start = all.lowerBound + (item - firstItem(ofService: number)) * terms
            let range = min(start, all.upperBound)..<min(start + terms, all.upperBound)
            if !range.isEmpty { ranges.append(range) }
        }
        return ranges
    }
}
