import FoundationEssentials
import Marketplace
import Rows
import Screen

extension OrdersPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let detail = area.detail {
            drawList(on: &canvas, in: area.main, model, focused: focused && opened == nil)
            drawBeside(
                opened.map { page(of: $0, width: detail.width, model) }
                    ?? list.selected.map { preview(of: $0, width: detail.width, model) },
                from: scroll, on: &canvas, in: detail, model)
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

    /// An order that the person has opened.
    func page(of id: Order.ID, width: Int, _ model: Model) -> Page {
        var page = Page.preview(width: width, isOpened: true)
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
            right: [order.status.word.uppercased(), order.statusCode ?? ""].joined(separator: " "),
            rightStyle: state.style)
        page.field("customer", "\(model.name(of: order.customer))  \(order.customer)")
        page.field("status", order.explanation, style: state.style == .faint ? .plain : state.style)
        page.field("", ageWords(of: order, isFollowed: true, model))
        page.field("", order.advice)
        page.field("created", order.created.map(model.zone.spoken) ?? "not reported")
        page.field("done", fitting: order.doneForms(model.zone))
        page.field("PO number", order.poNumber.flatMap { $0.isEmpty ? nil : $0 })
        page.lastWrite(to: .order(id), model)
        page.field("total", order.total?.description, style: .strong)
        appendConditions(of: order, to: &page)
        for other in order.others { page.field(other.name, other.value, style: .faint) }
        if let failure = snapshot?.failure { page.paragraph(failure.message, style: .bad) }
        page.blank()
        appendSubscription(order, model, to: &page)
        page.heading("LINES")
        if snapshot?.value != nil {
            if order.lines.isEmpty { page.paragraph(order.noLinesWords, style: .faint) }
            for line in order.lines {
                append(line, of: order, to: &page)
                for other in line.others { page.field(other.name, other.value, style: .faint) }
            }
        } else {
            page.paragraph("Loading…", style: .faint)
        }
        appendCharges(order, to: &page)
        return page
    }

    /// How long it has been open; nil where it is not. In linear mode a growing age would be written again at each look.
    func ageWords(of order: Order, isFollowed: Bool, _ model: Model) -> String? {
        if order.status.isFinal { return nil }
        let since = model.isLinear ? nil : order.created
        let age = since.map { ", \(spokenDuration(seconds: model.marketplaceNow.seconds(since: $0))) so far" } ?? ""
        return (isFollowed ? "followed until it ends" : "open") + age
    }

    func appendConditions(of order: Order, to page: inout Page) {
        page.field("credit check", order.creditCheckWords)
        page.field("takes effect", order.scheduledOn.map { "at \($0)" })
        if let alignment = order.alignment {
            let end = order.alignedEnd.map { ", to \($0.spoken)" } ?? ""
            page.field("co-terms with", alignment.lowercased().replacing("_", with: " ") + end)
        }
    }

    func append(_ line: OrderLine, of order: Order, to page: inout Page) {
        page.paragraph(line.name ?? line.mpn, style: .strong)
        page.field("MPN", [line.mpn, line.vendor ?? ""].filter { !$0.isEmpty }.joined(separator: "  by "))
        page.field("units", line.unitsForms(of: order).first)
        page.field("price", line.extendedPrice?.description)
        page.field("term", line.termWords)
        for parameter in line.parameters { page.field(parameter.name, parameter.isSecret ? "•••" : parameter.value) }
    }

    private func appendSubscription(_ order: Order, _ model: Model, to page: inout Page) {
        guard let id = order.subscription else { return }
        page.heading("SUBSCRIPTION", right: "Enter opens it")
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

    func appendCharges(_ order: Order, to page: inout Page) {
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
