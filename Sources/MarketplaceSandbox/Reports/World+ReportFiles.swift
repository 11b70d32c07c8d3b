/// The files behind reports: the orders of the days that a report covers, in four formats (REFERENCE 12).
extension World {
    private static let columns = [
        "orderNumber", "type", "status", "creationDate", "customerId", "customerName", "subscriptionId", "mpn",
        "quantity", "total", "currency",
    ]
    private static let mostRows = 10_000

    func file(of report: Report) -> Answer {
        let rows = rows(of: report)
        let content: Answer.Content
        let body: [UInt8]
        switch report.format {
        case .json: (content, body) = (.json, json(rows))
        case .csv: (content, body) = (.csv, csv(rows))
        case .xml: (content, body) = (.xml, xml(rows))
        case .xlsx: (content, body) = (.xlsx, Spreadsheet.bytes([World.columns] + rows))
        }
        var answer = Answer(content: content, body: body)
        answer.headers.append(
            (name: "Content-Disposition", value: "attachment; filename=report.\(report.format.rawValue)"))
        return answer
    }

    /// Newest first, at most 10,000.
    private func rows(of report: Report) -> [[String]] {
        let list = report.owner.map { orders.byReseller.rows(of: $0) } ?? RowList(all: orders.count)
        let all = orders.rows
        let first = list.firstPosition { all[$0].created >= report.start }
        let end = max(first, list.firstPosition { all[$0].created > report.end })
        return list.page(offset: 0, limit: World.mostRows, within: first..<end).places.map(row)
    }

    private func row(_ place: Int) -> [String] {
        let row = orders.rows[place]
        let record = record(of: place)
        let product = record.lines.first.map { catalogue.product($0.product).mpn } ?? ""
        return [
            orders.number(place), row.kind.text, row.code.status.text, row.created.text,
            String(accounts.customerID(Int(row.customer))), accounts.customerName(Int(row.customer)),
            String(subscriptions.id(Int(row.subscription))), product, String(row.quantity), record.total.amount.text,
            record.total.currency,
        ]
    }

    private func json(_ rows: [[String]]) -> [UInt8] {
        let objects = rows.map { row in
            JSONValue.object(zip(World.columns, row).map { .init(name: $0, value: .string($1)) })
        }
        var writer = JSONWriter()
        writer.value(.array(objects))
        return writer.bytes
    }

    private func csv(_ rows: [[String]]) -> [UInt8] {
        let lines = ([World.columns] + rows).map { row in
            row.map { field in
                let needsQuotes = field.contains { ",\"\r\n".contains($0) }
                return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
            }.joined(separator: ",")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    private func xml(_ rows: [[String]]) -> [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<report>\n"
        for row in rows {
            text += "  <order>"
            for (column, field) in zip(World.columns, row) { text += "<\(column)>\(XML.escaped(field))</\(column)>" }
            text += "</order>\n"
        }
        return Array((text + "</report>\n").utf8)
    }
}
