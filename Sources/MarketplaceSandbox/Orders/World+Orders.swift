/// Orders: lists, details, placing and pricing (REFERENCE 10).
extension World {
    func listOrders(_ call: Call) throws(Refusal) -> Answer {
        try answer(call, orders: call.viewer.reseller.map { orders.byReseller.rows(of: $0) })
    }

    func listResellerOrders(_ call: Call) throws(Refusal) -> Answer {
        let place = try reseller(call.segments[1], for: call.viewer)
        return try answer(call, orders: orders.byReseller.rows(of: place), of: place)
    }

    /// - Parameters:
    ///   - scope: the orders that may be seen; nil for all.
    ///   - reseller: the reseller whose orders they are, where the path names one.
    private func answer(_ call: Call, orders scope: RowList?, of reseller: Int? = nil) throws(Refusal) -> Answer {
        let page = try call.page()
        var list = scope ?? RowList(all: orders.count)
        var isNarrow = scope != nil
        var tests: [(Int, OrderRow) -> Bool] = []
        if let id = call.query["customerId"] {
            let place = accounts.customerPlace(id: id).flatMap { place in
                isVisible(customer: place, to: call.viewer)
                    && (reseller == nil || reseller == Int(accounts.owners[place])) ? place : nil
            }
            list = place.map { orders.byCustomer.rows(of: $0) } ?? RowList([])
            isNarrow = true
        }
        if let id = call.query["subscriptionId"] {
            if let place = subscriptions.place(id: id) {
                if call.query["customerId"] == nil,
                    isVisible(customer: Int(subscriptions.rows[place].customer), to: call.viewer)
                {
                    list = orders.byCustomer.rows(of: Int(subscriptions.rows[place].customer))
                }
                tests.append { self.isOrder($0, $1, about: place) }
                if let reseller { tests.append { Int(self.accounts.owners[Int($1.customer)]) == reseller } }
            } else {
                list = RowList([])
            }
            isNarrow = true
        }
        if let number = call.query["orderNumber"], reseller == nil {
            let place = orders.place(number: number)
            tests.append { found, _ in found == place }
            if !isNarrow, let place { list = RowList([Int32(place)]) }
            isNarrow = true
        }
        if let text = call.query.typed("status") {
            guard let status = OrderRow.Status(text: text) else { throw .badParameter("status") }
            if isNarrow {
                tests.append { $1.code.status == status }
            } else {
                list = orders.byStatus.rows(of: status.rawValue)
                isNarrow = true
            }
        }
        if let text = call.query["statusCode"], reseller == nil {
            let code = OrderRow.Code(rawValue: text)
            // Where a status has one code only, its rows are those of the code.
            if isNarrow || code?.isOnlyOne != true { tests.append { $1.code == code } }
            if !isNarrow { list = code.map { orders.byStatus.rows(of: $0.status.rawValue) } ?? RowList([]) }
        }
        let range = try range(of: call, in: list)
        let rows = orders.rows
        let (places, total) = list.page(
            offset: page.offset, limit: page.limit, within: range,
            where: tests.isEmpty ? nil : { place in tests.allSatisfy { $0(place, rows[place]) } })
        return .list(places, total: total, page, kept: orders.written) { writeShort(order: $1, &$0) }
    }

    /// The part of the list between `creationTimeFrom` and `creationTimeTo`, both included (REFERENCE 16, row 19).
    private func range(of call: Call, in list: RowList) throws(Refusal) -> Range<Int> {
        let rows = orders.rows
        var range = 0..<list.count
        if let from = try call.moment("creationTimeFrom") {
            range = list.firstPosition { rows[$0].created >= from }..<range.upperBound
        }
        if let to = try call.moment("creationTimeTo") {
            range = range.lowerBound..<max(range.lowerBound, list.firstPosition { rows[$0].created > to })
        }
        return range
    }

    private func isOrder(_ place: Int, _ row: OrderRow, about subscription: Int) -> Bool {
        row.subscription == Int32(subscription)
            || orders.placed[place]?.lines.contains { $0.subscription == subscription } == true
    }

    func readOrder(_ call: Call) throws(Refusal) -> Answer {
        let place = try order(call.segments[1], for: call.viewer)
        return .object { write(order: place, &$0) }
    }

    func placeOrder(_ call: Call) throws(Refusal) -> Answer {
        let draft = try draft(call, isEstimate: false)
        let place = place(draft, at: call.exactNow)
        if draft.behaviours.contains(.timingOut) {
            return .gatewayTimeout(after: configuration.gatewayTimeoutSeconds)
        }
        return .object { write(order: place, &$0) }
    }

    func estimateOrder(_ call: Call) throws(Refusal) -> Answer {
        let draft = try draft(call, isEstimate: true)
        return .object { json in
            json.field("type", draft.kind.text)
            json.text("customerId", accounts.customerID(draft.customer))
            if let poNumber = draft.poNumber { json.field("poNumber", poNumber) }
            if let place = draft.subscription { json.text("subscriptionId", subscriptions.id(place)) }
            if draft.isScheduled { json.field("scheduledOn", "renewal") }
            draft.terms.write(subscriptions.id, &json)
            json.field("total", draft.total)
            if draft.kind != .renewal, draft.kind != .cancellation { write(draft.lines, &json) }
            write(draft.charges, &json)
        }
    }
}
