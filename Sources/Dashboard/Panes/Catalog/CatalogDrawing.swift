import FoundationEssentials
import Marketplace
import Rows
import Screen

extension CatalogPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let detail = area.detail {
            drawList(on: &canvas, in: area.main, model, focused: focused)
            drawBeside(
                selected.map { page(of: $0, width: detail.width, model) }, from: scroll, on: &canvas, in: detail, model)
        } else if opened != nil, let product = selected {
            page(of: product, width: area.main.width, model).draw(on: &canvas, in: area.main, from: scroll)
        } else {
            let twinRows = twinRows(area.main)
            drawList(on: &canvas, in: area.main.droppingBottom(twinRows), model, focused: focused)
            if twinRows > 0, let product = selected {
                let below = Rect(
                    x: area.main.x, y: area.main.maxY - twinRows, width: area.main.width, height: twinRows)
                twinsPage(of: product, width: below.width, limit: twinRows - 2, model).draw(on: &canvas, in: below)
            }
        }
    }

    private func drawList(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        drawSearch(on: &canvas, in: rect, model)
        list.drawRows(
            columns(model), rowStamp(model), orWhyEmpty: emptiness, on: &canvas, in: rect.droppingTop(1),
            focused: focused)
    }

    private var emptiness: String {
        guard list.snapshot.failure == nil, list.isNarrowed, !list.shown.rows.isEmpty else {
            return list.emptiness(of: "products")
        }
        let extent = list.snapshot.value?.isComplete == true ? "" : " among those loaded so far"
        return "No MPN begins with \u{201C}\(list.filter.field.text)\u{201D}, and no name has it\(extent)."
    }

    private func drawSearch(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        var x = rect.x + 1
        x += canvas.write("CATALOG", x: x, y: rect.y, style: .title) + 2
        let sorting = sortingWords(model)
        if !sorting.isEmpty, rect.width >= 70 { x += canvas.write(sorting, x: x, y: rect.y, style: .faint) + 2 }
        x += canvas.write("MPN or name:", x: x, y: rect.y, width: rect.maxX - x, style: .faint) + 1
        var counts = list.extent
        if list.isNarrowed {
            counts = "exact \(list.shown.exactCount)  found \(grouped(list.count)) of \(list.loaded)"
        }
        let countsWidth = TerminalText.width(of: counts)
        if x + countsWidth + 12 < rect.maxX {
            canvas.write(counts, x: rect.maxX - countsWidth - 1, y: rect.y, style: .faint)
        }
        let width = max(1, rect.maxX - x - (x + countsWidth + 12 < rect.maxX ? countsWidth + 3 : 1))
        list.filter.field.draw(
            on: &canvas, x: x, y: rect.y, width: width, style: Style(.plain, underlined: list.filter.isEditing),
            focused: list.filter.isEditing)
        if let problem = list.problem {
            list.filter.field.underline(problem.place, on: &canvas, x: x, y: rect.y, width: width)
        }
        if !list.filter.isEditing, !list.filter.isActive {
            canvas.write(
                "press \(model.keymap.name(of: .filter)) to search", x: x, y: rect.y, width: width, style: .faint)
        }
    }

    static var ownOrderWords: String { "by name" }

    func columns(_ model: Model) -> [ListColumn<Product>] { ListColumn.products }

    func page(of product: Product, width: Int, _ model: Model) -> Page {
        var page = Page.preview(width: width, isOpened: opened != nil)
        page.heading(product.title)
        page.field("MPN", product.mpn)
        page.field("vendor", product.vendor)
        page.field("service", product.serviceName.flatMap { $0.isEmpty ? nil : $0 })
        page.field("term", product.subscriptionPeriod?.spoken ?? "not reported")
        page.field("billed", product.billingPeriod?.rhythm ?? "not reported")
        page.field("units", product.quantityLimits)
        page.field(
            "catalogue id",
            fitting: product.hasCatalogueID
                ? [product.id.rawValue] : ["none: ordered by MPN, vendor, term and billing", "none: ordered by MPN"])
        page.field("co-terming", product.coterming?.lowercased())
        let needs = product.dependsOn.joined(separator: ", ")
        page.field("needs", fitting: needs.isEmpty ? [] : [needs + " (added when missing)", needs])
        page.blank()
        page.heading("PRICES")
        appendCharges(of: product, to: &page)
        page.blank()
        page.endFixedPlaces()
        appendTwins(of: product, limit: 12, to: &page)
        appendHoldings(of: product, model, to: &page)
        return page
    }

    /// What each unit costs the customer and oneself. In fixed places the first of each, and how many there are.
    private func appendCharges(of product: Product, to page: inout Page) {
        let kinds = [("customer", product.prices), ("you pay", product.costs)]
        for (label, charges) in kinds {
            for charge in page.hasFixedPlaces ? charges.prefix(1) : charges[...] {
                let words = Self.words(charge)
                page.field(label, fitting: charges.count == 1 ? [words] : ["\(words), 1 of \(charges.count)", words])
            }
            if page.hasFixedPlaces, charges.isEmpty { page.field(label, nil) }
        }
        let margin = Rates(price: product.price, cost: product.cost).margin
        page.field("margin", margin?.words, style: margin?.style ?? .plain)
    }

    private func twinsPage(of product: Product, width: Int, limit: Int, _ model: Model) -> Page {
        var page = Page(width: width)
        page.blank()
        appendTwins(of: product, limit: limit, to: &page)
        appendHoldings(of: product, model, to: &page)
        return page
    }

    private func appendTwins(of product: Product, limit: Int, to page: inout Page) {
        let twins = twins(of: product)
        guard twins.count > 1 else {
            return page.paragraph("The only row with MPN \(product.mpn).", style: .faint, indent: 1)
        }
        let hint = page.width < 60 ? "" : "check vendor, term and billing"
        page.heading("SAME MPN: \(twins.count) OFFERS", right: hint)
        for twin in twins.prefix(limit) {
            let isThis = twin.id == product.id
            let style: Style = isThis ? .strong : .plain
            let term = page.width < 48 ? twin.subscriptionPeriod.short : twin.subscriptionPeriod?.spoken ?? ""
            let places = page.width < 48 ? (14, 17, 25) : (14, 23, 32)
            page.runs([
                (1, isThis ? ">" : " ", .title), (3, TerminalText.cut(twin.vendor, to: 10), style),
                (places.0, term, style), (places.1, twin.billingPeriod?.rhythm ?? "", style),
                (places.2, twin.price?.description ?? "", style),
            ])
        }
    }

    private func appendHoldings(of product: Product, _ model: Model, to page: inout Page) {
        guard let customer = model.customer else { return }
        let held = model.details(heldBy: customer).filter { detail in
            detail.subscription.status == .active && detail.products.contains { $0.mpn == product.mpn }
        }
        for detail in held.prefix(2) {
            let units = detail.quantity.map { " with \(counted($0, "unit"))" } ?? ""
            page.paragraph(
                "\(model.name(of: customer)) already has it: subscription \(detail.subscription.id)\(units).",
                style: .warning, indent: 1)
        }
    }

    private static func words(_ charge: Charge) -> String {
        let tier = charge.fromQuantity.map { $0 > 1 ? " from \($0.grouped(fractionDigits: 0)) units" : "" } ?? ""
        return "\(charge.amount) \(charge.kind.word)\(tier)"
    }
}
