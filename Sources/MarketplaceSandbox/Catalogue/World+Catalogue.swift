/// Products and what they need before they can be ordered (REFERENCE 8 and 12).
extension World {
    func listProducts(_ call: Call) throws(Refusal) -> Answer {
        let page = try call.page()
        let currency = call.viewer.reseller.map { accounts.currency(ofReseller: $0) } ?? "EUR"
        let (rows, total) = products(ProductFilter(call), offset: page.offset, limit: page.limit)
        let kept = currency == "EUR" ? writtenProducts : WrittenRows(limit: 0)
        return .list(rows, total: total, page, kept: kept) { json, row in
            write(catalogue.product(row), currency: currency, &json)
        }
    }

    private func write(_ product: Product, currency: String, _ json: inout JSONWriter) {
        json.field("mpn", product.mpn)
        json.field("vendor", product.service.vendor)
        json.field("id", product.id)
        json.field("serviceName", product.service.code)
        json.field("name", product.item.name)
        json.field("minimumQuantity", "\(product.item.minimum).0")
        json.field("maximumQuantity", product.item.maximum.map { "\($0).0" } ?? "-1")
        let price = Pricing.listPrice(product, currency: currency)
        let cost = price.scaled(100 - product.item.margin, over: 100)
        let setup = product.item.setup.map { Pricing.convert($0, to: currency) }
        let setupCost = setup?.scaled(100 - product.item.margin, over: 100)
        writePrices("prices", price, setup: setup, currency: currency, of: product, &json)
        writePrices("costs", cost, setup: setupCost, currency: currency, of: product, &json)
        json.write(product.term.billingPeriod, "billingPeriod")
        json.write(product.term.subscriptionPeriod, "subscriptionPeriod")
        json.field("billingModel", "chargeBeforeBillingPeriod")
        let needed = product.needsRow.flatMap { $0 < catalogue.count ? catalogue.product($0) : nil }
        json.array("dependsOn", needed.map { [$0] } ?? []) { json, needed in
            json.object { json in
                json.field("mpn", needed.mpn)
                json.field("id", needed.id)
            }
        }
        json.object("coterming") { json in
            json.field("required", product.coterming.rawValue)
            json.field("type", product.cotermingType)
        }
    }

    private func writePrices(
        _ name: StaticString, _ amount: Amount, setup: Amount?, currency: String, of product: Product,
        _ json: inout JSONWriter
    ) {
        let volumes = product.item.hasVolumePrices ? Pricing.volumes : [(from: 1, percent: 100)]
        var rows = volumes.map { (type: "recurring", amount: amount.scaled($0.percent, over: 100), from: $0.from) }
        if let setup { rows.append((type: "setup", amount: setup, from: 0)) }
        json.array(name, rows) { json, row in
            json.object { json in
                json.field("currency", currency)
                json.field("amount", row.amount)
                json.field("type", row.type)
                let hasVolumes = product.item.hasVolumePrices && row.from > 0
                json.field("model", hasVolumes ? "VOLUME_SUBSCRIPTION" : "FLAT")
                if hasVolumes { json.double("lowerLimit", row.from) }
            }
        }
    }

    // MARK: Parameters

    func validateParameters(_ call: Call) throws(Refusal) -> Answer {
        let fields = try call.fields(.validation)
        guard let id = try fields.text("customerId"), !id.isEmpty else { throw .missing("customerId") }
        let customer = try customer(id, for: call.viewer)
        if try fields.text("type") == "unknown" {
            throw .badRequest("type: unknown is not an order that can be placed")
        }
        let lines = try fields.objects("products")
        guard !lines.isEmpty else { throw .missing("products") }
        var results: [(product: Product, draft: String, verdicts: [ParameterCheck.Verdict])] = []
        for (index, line) in lines.enumerated() {
            let product = try product(line)
            let verdicts = try ParameterCheck.verdicts(try line.objects("parameters"), of: product)
            let draft = try line.text("draftRequestId")
            results.append((product, draft ?? draftID(customer: customer, product.row, index), verdicts))
        }
        return .list(results, total: results.count, (offset: 0, limit: max(1, results.count))) { json, result in
            json.field("id", result.product.id)
            json.field("mpn", result.product.mpn)
            json.field("vendor", result.product.service.vendor)
            json.write(result.product.term.billingPeriod, "billingPeriod")
            json.write(result.product.term.subscriptionPeriod, "subscriptionPeriod")
            json.field("draftRequestId", result.draft)
            json.array("parameters", result.verdicts) { json, verdict in
                json.object { write(verdict, &$0) }
            }
        }
    }

    private func write(_ verdict: ParameterCheck.Verdict, _ json: inout JSONWriter) {
        json.field("name", verdict.name)
        json.field("result", verdict.complaint == nil ? "success" : "error")
        json.field("message", verdict.complaint ?? (verdict.name == "domain" ? "Domain is available" : "Accepted"))
        if let text = verdict.value?.text { json.field("value", text) }
        if let complaint = verdict.complaint { json.field("valueError", complaint) }
        json.field("phase", "ordering")
        json.field("reconciliation", false)
        json.field("type", "text")
    }

    private func draftID(customer: Int, _ row: Int, _ index: Int) -> String {
        var dice = Dice(seed: configuration.seed &+ UInt64(customer), .token, row * 100 + index)
        return dice.uuid()
    }
}
