import Marketplace
import Screen

extension OrderForm {
    func draw(on canvas: inout Canvas, in room: Room, _ known: Known) {
        let whole =
            room.detail.map {
                Rect(x: room.main.x, y: room.main.y, width: $0.maxX - room.main.x, height: room.main.height)
            } ?? room.main
        switch stage {
        case .choosingCustomer(let chooser): chooser.draw(on: &canvas, in: whole, known)
        case .filling: drawForm(on: &canvas, in: room, known)
        case .reviewing(let review): review.draw(on: &canvas, in: whole, product: product, isSending: false, known)
        case .sending(let order):
            OrderReview(order: order, shownTotal: nil)
                .draw(on: &canvas, in: whole, product: product, isSending: true, known)
        case .unknown(let order, let error): drawUnknown(order, error, on: &canvas, in: whole, known)
        }
    }

    private func drawForm(on canvas: inout Canvas, in room: Room, _ known: Known) {
        let rect = room.main
        var page = Page(width: rect.width)
        page.heading("NEW ORDER  step 1 of 2: fill in", right: "nothing is sent yet")
        page.draw(on: &canvas, in: rect)
        var y = rect.y + 2
        drawField(
            .customer, "customer", on: &canvas, rect, &y,
            value: customer.map { "\(known.name(of: $0))  \($0)" } ?? "Enter chooses one",
            note: customer.flatMap { known.accounts[$0]?.status.word } ?? "")
        canvas.write("product", x: rect.x + 3, y: y, style: .faint)
        canvas.write(product.name, x: rect.x + 16, y: y, width: rect.width - 17)
        canvas.write(
            "\(product.mpn) by \(product.vendor), \(product.subscriptionPeriod?.spoken ?? "term not told"), billed "
                + "\(product.billingPeriod?.rhythm ?? "as told by no one")", x: rect.x + 16, y: y + 1,
            width: rect.width - 17, style: .faint)
        y += 2
        drawField(.quantity, "quantity", on: &canvas, rect, &y, text: quantity, note: product.quantityLimits, width: 10)
        drawField(
            .poNumber, "PO number", on: &canvas, rect, &y, text: poNumber, note: "recognises the order", width: 26)
        for (place, entry) in parameters.enumerated() {
            let isAccepted = entry.verdict?.isAccepted
            drawField(
                .parameter(place), entry.name, on: &canvas, rect, &y, text: entry.field,
                note: isAccepted == true ? "ok" : entry.verdict?.message ?? (isAccepted == false ? "refused" : ""),
                noteStyle: isAccepted == true ? .good : .warning, width: 30)
        }
        drawField(
            .others, "parameters", on: &canvas, rect, &y, text: others, note: "name=value, if any", width: 30)
        let below = room.detail ?? Rect(x: rect.x, y: y + 1, width: rect.width, height: rect.maxY - y - 1)
        if let detail = room.detail {
            canvas.verticalRule(x: detail.x - 1, y: detail.y, height: detail.height)
        }
        estimatePage(width: below.width, known).draw(on: &canvas, in: below)
    }

    private func drawField(
        _ field: Field, _ label: String, on canvas: inout Canvas, _ rect: Rect, _ y: inout Int, value: String,
        note: String
    ) {
        drawLabel(field, label, on: &canvas, rect, y)
        let noteWidth = note.isEmpty ? 0 : TerminalText.width(of: note) + 2
        let used = canvas.write(
            value, x: rect.x + 16, y: y, width: rect.width - 17 - noteWidth,
            style: Style(.plain, underlined: focus == field))
        canvas.write(note, x: rect.x + 16 + used + 2, y: y, style: .faint)
        y += 1
    }

    private func drawField(
        _ field: Field, _ label: String, on canvas: inout Canvas, _ rect: Rect, _ y: inout Int, text: TextField,
        note: String, noteStyle: Style = .faint, width: Int
    ) {
        drawLabel(field, label, on: &canvas, rect, y)
        let room = min(width, rect.width - 20)
        canvas.write("[", x: rect.x + 14, y: y, style: .faint)
        text.draw(
            on: &canvas, x: rect.x + 16, y: y, width: room, style: Style(.plain, strong: focus == field),
            focused: focus == field)
        canvas.write("]", x: rect.x + 17 + room, y: y, style: .faint)
        canvas.write(note, x: rect.x + 20 + room, y: y, width: rect.maxX - rect.x - 21 - room, style: noteStyle)
        y += 1
    }

    private func drawLabel(_ field: Field, _ label: String, on canvas: inout Canvas, _ rect: Rect, _ y: Int) {
        if focus == field { canvas.write(">", x: rect.x + 1, y: y, style: .title) }
        canvas.write(label, x: rect.x + 3, y: y, width: 11, style: focus == field ? .strong : .faint)
    }

    private func estimatePage(width: Int, _ known: Known) -> Page {
        var page = Page(width: width)
        if let refusal {
            page.heading("REFUSED", right: "not placed", rightStyle: .bad)
            page.paragraph(refusal.message, style: .bad)
            page.blank()
        }
        switch (estimate?.result, order(known)) {
        case (_, .failure(let problem)):
            page.heading("ESTIMATE", right: "waits for the form")
            page.paragraph(problem.text, style: .warning)
        case (nil, _):
            page.heading("ESTIMATE", right: "asking the marketplace…")
        case (.failure(let error), _):
            page.heading("ESTIMATE", right: "none")
            page.paragraph(error.message, style: .bad)
        case (.success(let estimate), .success(let order)):
            let time = self.estimate.map { "asked \($0.at.utcTime) UTC" } ?? ""
            page.heading("ESTIMATE", right: time)
            appendEstimate(estimate, order, to: &page)
        }
        appendHoldings(known, to: &page)
        return page
    }

    private func appendHoldings(_ known: Known, to page: inout Page) {
        let held = known.details.values.filter { detail in
            detail.subscription.customer == customer && detail.subscription.status == .active
                && detail.products.contains { $0.mpn == product.mpn }
        }
        guard let detail = held.min(by: { $0.subscription.id.rawValue < $1.subscription.id.rawValue }) else { return }
        let units = detail.quantity.map { " with \(counted($0, "unit"))" } ?? ""
        page.paragraph(
            "The customer already holds this MPN: subscription \(detail.subscription.id)\(units). This order makes a "
                + "separate one.", style: .warning)
    }

    private func drawUnknown(
        _ order: SalesOrder, _ error: MarketplaceError, on canvas: inout Canvas, in rect: Rect, _ known: Known
    ) {
        var page = Page(width: rect.width)
        page.heading("NOT CONFIRMED", right: "outcome unknown", rightStyle: .warning)
        page.blank()
        page.paragraph(error.message, style: .warning)
        page.blank()
        page.field("for", "\(known.name(of: order.customer))  \(order.customer)")
        page.field("what", "\(order.totalQuantity) x \(product.name)  \(product.mpn)")
        page.field("PO number", order.poNumber)
        page.blank()
        page.paragraph(
            "Enter shows this customer's orders, newest first. Open the newest and compare its PO number with the one "
                + "above: if it is there, the order was taken.")
        page.draw(on: &canvas, in: rect)
    }

    func help() -> [KeyHelp] {
        func key(_ name: String, _ title: String, _ hint: String? = nil) -> KeyHelp {
            KeyHelp(key: name, title: title, hint: hint.map { "\(name) \($0)" })
        }
        switch stage {
        case .choosingCustomer:
            return [
                key("Enter", "take this customer", "choose"), key("Up Down", "move", "move"),
                key("Esc", "leave", "back"),
            ]
        case .filling:
            return [
                key("Tab", "next field", "next"), key("S-Tab", "field before"),
                key("F5", "ask for the price again", "estimate"), key("F10", "to the review (also ^O)", "review"),
                key("Esc", "leave the form; nothing is sent", "leave"),
            ]
        case .reviewing:
            return [
                key("Enter", "place the order when the units are typed, else go back", "place, once typed"),
                key("Esc", "back to the form", "back to the form"),
            ]
        case .sending: return []
        case .unknown: return [key("Enter", "this customer's orders", "look at the orders")]
        }
    }
}

/// The lines of an estimate: total, charges, and how often it is paid.
func appendEstimate(_ estimate: Estimate, _ order: SalesOrder, to page: inout Page) {
    for line in estimate.lines {
        guard let price = line.extendedPrice else { continue }
        let units = line.quantity.map { $0.grouped(fractionDigits: 0) + " x " } ?? ""
        page.line("\(units)\(line.name ?? line.mpn)", indent: 3, right: price.description, rightStyle: .plain)
    }
    for charge in estimate.charges.prefix(4) where !charge.description.isEmpty {
        page.paragraph(charge.description, style: .faint, indent: 5)
    }
    page.line(
        "total of this order", style: .strong, indent: 3, right: estimate.total?.description ?? "not told",
        rightStyle: .strong)
}
