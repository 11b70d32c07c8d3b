import Marketplace
import Screen

/// What the order form opens, its own keys, and the text beside its rows.
extension OrderForm {
    var isChoosing: Bool { choice != nil }

    mutating func open(_ row: String, _ model: Model) -> [Reaction] {
        if row == "customer" {
            choose(.customer(CustomerChooser()))
        } else if row == "add" {
            choose(.product(CatalogPane(choosing: .chosenProducts)))
        } else if row.hasSuffix(".head") {
            fields.focus(on: row.dropLast(4) + "quantity")
        }
        return []
    }

    mutating func take(_ key: Key, _ model: Model) -> [Reaction]? {
        switch choice {
        case .customer(let chooser): return choose(chooser, key, model)
        case .product(let pane): return choose(pane, key, model)
        case nil: break
        }
        switch key {
        case .function(2): return open("add", model)
        case "+" where fields.focus?.hasSuffix(".head") == true || fields.focus == "add":
            return open("add", model)
        case .function(5):
            // Also what nobody answered about the parameters.
            askAboutParametersAgain()
            return nil
        case .function(8): return [.say(removeLine())]
        case .function(6):
            guard let (detail, line) = holding(model) else {
                return [.say(Notice(.info, "No subscription of this customer read so far holds the same product."))]
            }
            let units = fields[line.row("quantity")]
            return [
                .open(.form(.units, ["subscription": detail.subscription.id.rawValue, "units": "+\(units)"]))
            ]
        default: return nil
        }
    }

    private mutating func choose(_ latest: CustomerChooser, _ key: Key, _ model: Model) -> [Reaction] {
        var chooser = latest
        let outcome = chooser.take(key, model)
        choose(.customer(chooser))
        switch outcome {
        case .chosen(let id): take(customer: id)
        case .left:
            choose(nil)
            if customer == nil { return [.open(.back)] }
        case nil: break
        }
        return []
    }

    private mutating func choose(_ latest: CatalogPane, _ key: Key, _ model: Model) -> [Reaction] {
        var pane = latest
        let reactions = pane.update(.key(key), model)
        choose(.product(pane))
        return reactions.compactMap { reaction in
            switch reaction {
            case .open(.newOrder(let product)): return add(product, model).map { .say($0) }
            case .open(.back):
                choose(nil)
                return nil
            case .open: return .say(Notice(.info, "o takes the product, Esc leads back to the form."))
            case .effect, .say, .dropWaitingKeys, .unused, .close, .press, .go, .message, .watch: return reaction
            }
        }
    }

    mutating func layout(_ area: PaneArea) {
        switch choice {
        case .customer(var chooser):
            chooser.layout(area.whole)
            choose(.customer(chooser))
        case .product(var pane):
            pane.layout(Bands.listAndDetail(area.whole))
            choose(.product(pane))
        case nil: break
        }
    }

    func drawChoice(on canvas: inout Canvas, in area: PaneArea, _ model: Model) {
        switch choice {
        case .customer(let chooser): chooser.draw(on: &canvas, in: area.whole, model)
        case .product(let pane): pane.draw(on: &canvas, in: Bands.listAndDetail(area.whole), model, focused: true)
        case nil: break
        }
    }

    func append(to page: inout Page, _ model: Model) {
        page.blank()
        page.heading("CHECKS")
        for check in checks(model) { page.field(check.label, check.text, style: check.style) }
    }

    private func checks(_ model: Model) -> [(label: String, text: String, style: Style)] {
        var checks: [(label: String, text: String, style: Style)] = []
        if let customer, let entry = model.accounts[customer] {
            checks.append(
                entry.status == .active
                    ? ("ok", "customer active, no hold", .good) : ("NO", "customer: \(entry.status.word)", .bad))
        }
        let judged = lines.filter { $0.isJudged(fields) }
        if !lines.isEmpty, judged.count == lines.count, judged.allSatisfy({ $0.refusal(fields) == nil }) {
            checks.append(("ok", "parameters valid", .good))
        }
        if let (detail, line) = holding(model) {
            let id = detail.subscription.id
            let units = detail.quantity.map { " with \(counted($0, "unit"))" } ?? ""
            let end = detail.subscription.nextWords.map { ", \($0)" } ?? ""
            checks.append(
                (
                    "note",
                    "The customer has \(line.wanted.mpn) in \(id)\(units)\(end). \(model.keymap.name(of: .addUnits)) adds units there and keeps "
                        + "one term; this order makes another subscription.", .warning
                ))
        }
        return checks
    }

    func help() -> [KeyHelp] {
        switch choice {
        case .customer: CustomerChooser.help
        case .product:
            [
                KeyHelp("/", "search by MPN or name", "search"), KeyHelp("o", "take this product", "take it"),
                KeyHelp("Enter", "open the product", "detail"), KeyHelp("Esc", "back to the form", "back"),
            ]
        case nil:
            [FormKeys.addLine, FormKeys.removeLine, FormKeys.addUnits].help()
        }
    }
}
