import FoundationEssentials
import Marketplace
import Rows
import Screen

extension OrdersPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let detail = area.detail {
            drawList(on: &canvas, in: area.main, model, focused: focused && opened == nil)
            canvas.verticalRule(x: detail.x - 1, y: detail.y, height: detail.height)
            if let id = opened ?? list.selected?.id {
                page(of: id, width: detail.width, model).draw(on: &canvas, in: detail, from: scroll)
            }
        } else if let opened {
            page(of: opened, width: area.main.width, model).draw(on: &canvas, in: area.main, from: scroll)
        } else {
            drawList(on: &canvas, in: area.main, model, focused: focused)
        }
    }

    private func drawList(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        drawListHead(
            "ORDERS", filter: list.filter, problem: list.problem, sorting: sortingWords(model),
            extent: headExtent(model, width: rect.width), on: &canvas, in: rect)
        list.drawRows(
            columns(model), rowStamp(model), note: restLine(model, width: rect.width), read: readCount(model),
            orWhyEmpty: list.emptiness(of: "orders", rest: restSentence(model)), on: &canvas,
            in: rect.droppingTop(1), focused: focused)
    }

    func page(of id: Order.ID, width: Int, _ model: Model) -> Page {
        var page = Page.preview(width: width)
        let snapshot = details[id]
        guard let order = snapshot?.value ?? list.row(id) else {
            page.heading("order \(id)")
            page.blank()
            page.paragraph(snapshot?.failure?.message ?? "Loading…", style: snapshot?.failure == nil ? .faint : .bad)
            return page
        }
        let state = OrderState(order, now: model.marketplaceNow, overdueAfter: model.overdueAfter)
        page.heading(
            "\(order.label)  \(order.kind.word) order",
            right: opened == id
                ? [order.status.word.uppercased(), order.statusCode ?? ""].joined(separator: " ")
                : state.word(order.status).uppercased(), rightStyle: state.style)
        page.field("customer", "\(model.name(of: order.customer))  \(order.customer)")
        page.field("status", order.explanation, style: state.style == .faint ? .plain : state.style)
        if !order.status.isFinal {
            // In linear mode a growing age would be written again at each look.
            let since = model.isLinear ? nil : order.created
            let age = since.map { ", \(spokenDuration(seconds: model.marketplaceNow.seconds(since: $0))) so far" } ?? ""
            page.field("", following.contains(id) || opened == id ? "followed until it ends\(age)" : "open\(age)")
        }
        if let advice = order.advice { page.field("", advice) }
        page.field("created", order.created.map(model.zone.spoken) ?? "not reported")
        if let provisioned = order.provisioned {
            let took = order.created.map { ", after \(spokenDuration(seconds: provisioned.seconds(since: $0)))" } ?? ""
            page.field("done", "\(model.zone.spoken(provisioned))\(took)")
        }
        if let number = order.poNumber, !number.isEmpty { page.field("PO number", number) }
        page.lastWrite(to: .order(id), model)
        if let total = order.total { page.field("total", total.description, style: .strong) }
        if let words = order.creditCheckWords { page.field("credit check", words) }
        if let scheduled = order.scheduledOn { page.field("takes effect", "at \(scheduled)") }
        if let alignment = order.alignment {
            let end = order.alignedEnd.map { ", to \($0.spoken)" } ?? ""
            page.field("co-terms with", alignment.lowercased().replacing("_", with: " ") + end)
        }
        if opened == id { for other in order.others { page.field(other.name, other.value, style: .faint) } }
        if let failure = snapshot?.failure { page.paragraph(failure.message, style: .bad) }
        page.blank()
        appendSubscription(order, model, to: &page)
        appendLines(order, isComplete: snapshot?.value != nil, to: &page)
        appendCharges(order, to: &page)
        return page
    }

    private func appendLines(_ order: Order, isComplete: Bool, to page: inout Page) {
        page.heading("LINES")
        guard isComplete else { return page.paragraph("Loading…", style: .faint) }
        if order.lines.isEmpty {
            page.paragraph("No lines reported of a \(order.kind.word) order.", style: .faint)
        }
        for line in order.lines {
            page.paragraph(line.name ?? line.mpn, style: .strong)
            page.field("MPN", [line.mpn, line.vendor ?? ""].filter { !$0.isEmpty }.joined(separator: "  by "))
            if let quantity = line.quantity {
                let text = quantity.grouped(fractionDigits: 0)
                // A change answers with the difference, but with the new total when it waits for the renewal.
                switch (order.kind, order.scheduledOn) {
                case (.change, nil): page.field("units", "\(quantity > 0 ? "+" : "")\(text), the difference")
                case (.change, _): page.field("units", "\(text) in all, from the renewal on")
                default: page.field("units", text)
                }
            }
            if let price = line.extendedPrice { page.field("price", price.description) }
            let term = [line.subscriptionPeriod?.spoken, line.billingPeriod.map { "billed \($0.rhythm)" }]
            let words = term.compactMap(\.self).joined(separator: ", ")
            if !words.isEmpty { page.field("term", words) }
            for parameter in line.parameters {
                page.field(parameter.name, parameter.isSecret ? "•••" : parameter.value)
            }
            if opened == order.id {
                for other in line.others { page.field(other.name, other.value, style: .faint) }
            }
        }
    }

    private func appendSubscription(_ order: Order, _ model: Model, to page: inout Page) {
        guard let id = order.subscription else { return }
        page.heading("SUBSCRIPTION", right: opened == order.id ? "Enter opens it" : "")
        if let detail = model.details[id] {
            let status = detail.subscription.status
            page.field(id.rawValue, detail.subscription.name)
            page.field(
                "", status.word + (detail.quantity.map { ", " + counted($0, "unit") } ?? ""), style: status.style)
            for (name, date) in detail.subscription.namedDates {
                if let date { page.field(name, date.spoken) }
            }
        } else {
            page.field("id", id.rawValue)
        }
        page.blank()
    }

    private func appendCharges(_ order: Order, to page: inout Page) {
        guard !order.charges.isEmpty else { return }
        page.blank()
        page.heading("CHARGES")
        for charge in order.charges {
            page.paragraph(charge.description.isEmpty ? charge.kind : charge.description)
            if let price = charge.extendedPrice { page.field(charge.kind, price.description) }
            page.tiers(charge.priceTiers)
            if let discount = charge.discount { page.field("discount", discount.words) }
            if let tax = charge.tax { page.field("tax", tax.description) }
            guard opened == order.id else { continue }
            // Which product it is for stands under LINES.
            for other in charge.others where !["mpn", "productId", "vendor"].contains(other.name) {
                page.field(other.name, other.value, style: .faint)
            }
        }
    }
}

extension Page {
    /// Unit prices by quantity, each on its row.
    mutating func tiers(_ tiers: [TieredMoney.Tier], label: String = "each") {
        for tier in tiers {
            let units = "\(tier.from.grouped(fractionDigits: 0)) unit\(tier.from == 1 ? "" : "s")"
            field(label, "\(tier.amount.grouped(fractionDigits: 2)) from \(units) on")
        }
    }
}
