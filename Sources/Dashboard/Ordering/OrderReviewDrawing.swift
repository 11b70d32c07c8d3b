import Marketplace
import Screen

extension OrderReview {
    func draw(
        on canvas: inout Canvas, in rect: Rect, product: Product, isSending: Bool, _ known: Known
    ) {
        // The same size in every window, in the middle of the larger ones: the eye finds it where it was.
        let width = min(rect.width, 96)
        let height = min(rect.height, 26)
        let place = Rect(
            x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 3, width: width,
            height: height)
        var page = Page(width: width)
        let mark = known.profile.isProduction ? "PRODUCTION  " : ""
        page.heading(
            "REVIEW  step 2 of 2", right: mark + (isSending ? "sending" : "nothing is sent yet"),
            rightStyle: known.profile.isProduction ? .bad : .faint)
        page.blank()
        page.paragraph(
            "You are about to place \(known.profile.isProduction ? "a REAL order" : "an order") as "
                + "\(known.profile.user) on \(known.profile.place).")
        page.blank()
        page.labelWidth = 13
        page.field("for", "\(known.name(of: order.customer))  \(order.customer)", style: .strong)
        for line in order.lines {
            page.field("what", "\(line.quantity) x \(line.product.name)", style: .strong)
            page.field("", "\(line.product.mpn) by \(line.product.vendor), catalogue id \(line.product.id)")
            page.field(
                "term",
                "\(line.product.subscriptionPeriod?.spoken ?? "not told"), billed "
                    + (line.product.billingPeriod?.rhythm ?? "as not told"))
            for parameter in line.parameters { page.field(parameter.name, parameter.value) }
        }
        appendPrice(to: &page)
        if let term = order.lines.first?.product.subscriptionPeriod {
            page.field("commits to", "\(term.spoken) from the day it is fulfilled")
        }
        page.field("PO number", order.poNumber)
        page.blank()
        page.draw(on: &canvas, in: place)
        var y = min(place.y + page.lines.count, place.maxY - 3)
        if isSending {
            canvas.write(
                "Sending. The marketplace can take up to three minutes to answer.", x: place.x + 3, y: y,
                style: .warning)
            return
        }
        let question = "Type the number of units (\(phrase)) to place it:"
        let used = canvas.write(question, x: place.x + 3, y: y, style: .strong)
        canvas.write("[", x: place.x + 4 + used, y: y, style: .faint)
        confirmation.draw(on: &canvas, x: place.x + 6 + used, y: y, width: 9, focused: true)
        canvas.write("]", x: place.x + 16 + used, y: y, style: .faint)
        y += 2
        let backStyle = Style(.plain, strong: true, selected: confirmation.isEmpty)
        let isArmed = confirmation.text == phrase && obstacle == nil
        let back = canvas.write("[ Back to the form ]", x: place.x + 6, y: y, style: backStyle)
        canvas.write(
            isArmed ? "[ Place order ]" : "Place order (type \(phrase) first)", x: place.x + 10 + back, y: y,
            style: isArmed ? Style(.warning, strong: true, selected: true) : .faint)
    }

    private func appendPrice(to page: inout Page) {
        switch estimate?.result {
        case nil: page.field("costs", "asking the marketplace…", style: .faint)
        case .failure(let error): page.field("costs", error.message, style: .bad)
        case .success(let latest):
            let rhythm = order.lines.first?.product.billingPeriod.map { ", billed \($0.rhythm)" } ?? ""
            page.field("costs", (latest.total?.description ?? "not told") + rhythm, style: .strong)
            if let moved = movedTotal, let shownTotal {
                page.field("", "changed since the form: it was \(shownTotal), it is \(moved)", style: .warning)
            } else if let at = estimate?.at {
                page.field("", "asked \(at.utcTime) UTC, for this review", style: .faint)
            }
        }
    }
}
