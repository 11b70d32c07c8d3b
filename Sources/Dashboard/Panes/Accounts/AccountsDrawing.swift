import Marketplace
import Rows
import Screen

extension AccountsPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let detail = area.detail {
            drawTree(on: &canvas, in: area.main, focused: focused)
            drawBeside(preview(width: detail.width, isBeside: true, model), on: &canvas, in: detail, model)
        } else if showsPreview {
            preview(width: area.main.width, model).draw(on: &canvas, in: area.main)
        } else {
            drawTree(on: &canvas, in: area.main, focused: focused)
        }
    }

    private func drawTree(on canvas: inout Canvas, in rect: Rect, focused: Bool) {
        drawListHead(
            "ACCOUNTS", filter: filter, problem: tree.filterProblem, extent: tree.extent, on: &canvas, in: rect)
        let coverage = coverageLines(width: rect.width)
        let body = rect.droppingTop(1).droppingBottom(coverage.count)
        for (line, text) in coverage.enumerated() {
            canvas.write(text, x: rect.x + 1, y: body.maxY + line, width: rect.width - 2, style: .faint)
        }
        for line in 0..<max(0, min(body.height, tree.count - cursor.top)) {
            guard let row = tree.row(at: cursor.top + line) else { break }
            draw(
                row, isSelected: cursor.top + line == cursor.index, on: &canvas, in: body, line: line, focused: focused)
        }
        drawProblem(on: &canvas, in: body)
    }

    /// Why there is nothing, in full, where the rows leave space for it.
    private func drawProblem(on canvas: inout Canvas, in rect: Rect) {
        var page = Page(width: rect.width)
        page.blank()
        if let problem = tree.problem {
            page.paragraph(problem.message, style: .bad)
        } else if let reason = tree.emptiness(filter.field.text) {
            for line in reason.split(separator: "\n") { page.paragraph(String(line), style: .faint) }
        } else {
            return
        }
        let used = tree.count - cursor.top
        page.draw(on: &canvas, in: Rect(x: rect.x, y: rect.y + used, width: rect.width, height: rect.height - used))
    }

    private func draw(
        _ row: AccountTree.Row, isSelected: Bool, on canvas: inout Canvas, in rect: Rect, line: Int, focused: Bool
    ) {
        let y = rect.y + line
        if isSelected { canvas.write(">", x: rect.x + 1, y: y, style: .title) }
        let indent = 3 + row.depth * 2
        let sign =
            switch row.isOpen {
            case true: "v "
            case false: "> "
            case nil: "  "
            }
        canvas.write(sign, x: rect.x + indent, y: y, style: .faint)
        // Words only for what is not as it should be; an active account needs none.
        let word = row.account.flatMap { $0.status == .active ? nil : $0.status.word } ?? ""
        let wordWidth = word.isEmpty ? 0 : TerminalText.width(of: word) + 1
        canvas.write(
            row.text, x: rect.x + indent + 2, y: y,
            width: rect.width - indent - 3 - wordWidth - (wordWidth == 0 ? 0 : 1),
            style: row.style)
        if let account = row.account, !word.isEmpty {
            canvas.write(
                word, x: rect.maxX - wordWidth - 1, y: y, width: wordWidth, style: account.status.style)
        }
        if isSelected, focused {
            canvas.select(Rect(x: rect.x, y: y, width: rect.width, height: 1))
        }
    }

    /// - Parameter isBeside: Whether it stands beside the tree and follows its cursor.
    func preview(width: Int, isBeside: Bool = false, _ model: Model) -> Page {
        var page = Page.preview(width: width, isOpened: !isBeside)
        (page.indent, page.labelWidth) = (3, 14)
        guard let account = selected else {
            page.heading("THE ACCOUNT TREE")
            page.blank()
            let keymap = model.keymap
            page.paragraph(
                "Unfold a reseller with \(keymap.name(of: .unfold)) to see its customers; open a customer with "
                    + "\(keymap.name(of: .open)).")
            return page
        }
        page.heading(account.title, right: account.status.word, rightStyle: account.status.style)
        let kind = account.kind == .customer ? "customer" : "reseller"
        let currency = isBeside ? account.currency.map { ", \($0)" } ?? "" : ""
        page.field("account", "\(account.id), \(kind)\(currency)")
        let status = ["\(account.status.word). \(account.status.meaning)", account.status.advice]
        func appendStatus() {
            page.field("status", status.compactMap(\.self).joined(separator: " "), style: account.status.style, rows: 2)
        }
        if !isBeside { appendStatus() }
        page.field("sold by", account.vendorAccount.map { model.name(of: $0) })
        if !isBeside { page.field("currency", account.currency) }
        // Rows of the list lack what only the account itself reports.
        let unknown = isBeside && full[account.id] == nil ? "…" : nil
        page.field("language", account.language.map { Language.name(of: $0) } ?? unknown)
        page.field("tax number", account.taxRegistration.flatMap { $0.isEmpty ? nil : $0 } ?? unknown)
        page.field("your id", account.externalID.flatMap { $0.isEmpty ? nil : $0 } ?? unknown)
        page.field("address", account.address?.lines.joined(separator: ", ") ?? unknown)
        // Where it has two rows, the second mostly is empty.
        if isBeside { appendStatus() } else { page.lastWrite(to: .account(account.id), model) }
        page.blank()
        if isBeside {
            appendPreview(of: account.contacts, unknown: unknown, to: &page)
        } else {
            appendContacts(of: account, to: &page)
        }
        if account.kind == .customer { appendHoldings(to: &page, model) }
        page.endFixedPlaces()
        if isBeside { page.lastWrite(to: .account(account.id), model) }
        return page
    }

    private func appendContacts(of account: Account, to page: inout Page) {
        page.heading("CONTACTS")
        if account.contacts.isEmpty { page.paragraph("Read when the cursor stays here.", style: .faint) }
        for person in account.contacts {
            page.field(person.role.shortWord, person.name)
            page.field("", person.reach, style: .faint)
        }
    }

    /// One person of each role, and how many there are where that is not all of them.
    /// - Parameter unknown: What stands for one that was not read.
    private func appendPreview(of contacts: [ContactPerson], unknown: String?, to page: inout Page) {
        let shown = [ContactPerson.Role.administrator, .billing, .technical].map { role in
            (role, contacts.first { $0.role == role })
        }
        let count = shown.count { $0.1 != nil }
        page.heading("CONTACTS", right: contacts.count > count ? "\(count) of \(grouped(contacts.count))" : "")
        for (role, person) in shown {
            page.field(role.shortWord, person?.name ?? unknown)
            page.line(person?.reach ?? "", style: .faint, indent: page.indent + page.labelWidth)
        }
    }

    private static let (previewedSubscriptions, previewedOrders) = (7, 5)

    private func appendHoldings(to page: inout Page, _ model: Model) {
        page.blank()
        page.heading("SUBSCRIPTIONS", right: subscriptions.extent)
        let start = page.lines.count
        if subscriptions.isEmpty {
            page.paragraph(subscriptions.emptiness(of: "subscriptions"), style: .faint)
        }
        for subscription in subscriptions.first(Self.previewedSubscriptions) {
            let state = SubscriptionState(subscription, today: model.today)
            page.runs([
                (3, subscription.id.rawValue, .plain), (12, state.words, state.style),
                (32, TerminalText.cutKeepingLastWord(subscription.title, to: page.width - 33), .plain),
            ])
        }
        page.fill(from: start, rows: Self.previewedSubscriptions)
        page.blank()
        page.heading("LATEST ORDERS", right: orders.extent)
        let ordersAt = page.lines.count
        if orders.isEmpty { page.paragraph(orders.emptiness(of: "orders"), style: .faint) }
        for order in orders.first(Self.previewedOrders) {
            let state = OrderState(order, now: model.marketplaceNow, overdueAfter: model.overdueAfter)
            page.runs([
                (3, order.label, .plain), (13, state.word(order.status), state.style), (25, order.kind.word, .plain),
                (39, order.created.map { model.zone.date(of: $0).spoken } ?? "", .plain),
            ])
        }
        page.fill(from: ordersAt, rows: Self.previewedOrders)
    }
}

extension ContactPerson {
    /// E-mail address and telephone number, as far as they are known.
    fileprivate var reach: String {
        [email, phoneNumber.description].filter { !$0.isEmpty }.joined(separator: "  ")
    }
}
