import Marketplace
import Rows
import Screen

extension AccountsPane {
    static let bindings = ownBindings + writeBindings

    /// The keys that open a form about the account on the cursor.
    static let writeBindings: [Binding<AccountsPane>] = [
        Binding(
            .newAccount, "n", title: "new customer of this reseller; on the first row, a new reseller", hint: "new",
            unavailable: { pane, model in pane.creationRefusal(model) },
            action: { pane, _ in
                pane.wantedAccount.map { [.open(.form(.newAccount, NewAccountForm.fields($0)))] } ?? []
            }),
        binding(.editAccount, "E", "edit name, address, tax number and your id", .edit) {
            .form(.editAccount, $0.kept)
        },
        binding(.contacts, "C", "contacts: add, change, remove", .contacts) {
            .form(.contacts, ContactsForm.fields($0))
        },
        binding(.creditHold, "H", "credit hold, or active again", .status) { .form(.hold, $0.kept) },
    ]

    private static func binding(
        _ name: ActionName, _ key: Key, _ title: String, _ act: AccountAct,
        _ destination: @escaping @Sendable (AccountSubject) -> Destination
    ) -> Binding<AccountsPane> {
        Binding(
            name, key, title: title, unavailable: { pane, model in model.refusal(of: act, on: pane.selected) },
            action: { pane, _ in
                guard let account = pane.selected else { return [] }
                let target = AccountSubject(account)
                // Read past the cache: what is changed is the account as it is now.
                return [.open(destination(target)), .effect(.refresh(.account(target.key)))]
            })
    }

    /// Keys wait for the account that another view led to: pressed before its row is there they would mean another one.
    func waits(_ key: Key, _ model: Model) -> Bool {
        guard awaited != nil, isAwaitedByKeys, !isTyping else { return false }
        if ListCursor<AccountTree.Node>.Motion(key) != nil { return true }
        let rows = Self.bindings.map(\.row) + Dashboard.rowBindings.map(\.row)
        return rows.contains { $0.keys.contains(key) && $0.name != .back && $0.name != .filter }
    }

    var awaitedWords: String { "the account's row" }

    /// What kind of account `n` makes here; nil on a row that says nothing of it.
    private var wantedAccount: AccountDraft.Kind? {
        guard let row = selectedRow else { return nil }
        switch (row.node, row.account) {
        case (.root, _): return tree.isFlat ? .customer : .reseller(currency: "")
        case (.account, let account?) where account.kind == .reseller: return .customerOf(account.id)
        case (.account, let account?):
            if let vendor = account.vendorAccount ?? reseller(of: account.id) { return .customerOf(vendor) }
            return .customer
        case (.note(let reseller?), _): return .customerOf(reseller)
        case (.note(nil), _), (.lackOfResellers, _), (.account, nil): return tree.isFlat ? .customer : nil
        }
    }

    /// The reseller under which the tree shows a customer.
    private func reseller(of customer: Account.ID) -> Account.ID? {
        tree.customers.first { $0.value.rows.place(of: customer, near: cursor.index) != nil }?.key
    }

    private func creationRefusal(_ model: Model) -> String? {
        if let reason = model.readOnlyRefusal { return reason }
        guard let wanted = wantedAccount else { return "Choose the reseller that the new customer shall buy from." }
        guard case .reseller = wanted else { return nil }
        guard let listing = tree.resellers.snapshot.value else { return "Wait until the resellers are read." }
        // A reseller's user is shown its own account alone (REFERENCE 7): nothing else distinguishes the two.
        return listing.isComplete && listing.count ?? 0 <= 1
            ? "Only the provider creates resellers, and this user sees its own account alone. Choose that for a new "
                + "customer." : nil
    }
}

extension UsersPane {
    /// The keys that open a form about the contacts of the account, or about the one on the cursor.
    static let writeBindings: [Binding<UsersPane>] = [
        binding(.newContact, "n", "new contact of this account", "new") { _ in .add },
        binding(.editContact, "E", "change this contact", "edit") { .change(place: $0.place) },
        binding(.removeContact, "x", "remove this contact", nil) { .remove(place: $0.place) },
    ]

    private static func binding(
        _ name: ActionName, _ key: Key, _ title: String, _ hint: String?,
        _ start: @escaping @Sendable (AccountContact.ID) -> ContactsForm.Start
    ) -> Binding<UsersPane> {
        Binding(
            name, key, title: title, hint: hint,
            unavailable: { pane, model in
                if let reason = model.refusal(of: .contacts, on: pane.account(model)) {
                    return pane.account(model) == nil && !model.profile.isReadOnly
                        ? "Choose an account first: Enter on a customer in view 2, then 6." : reason
                }
                if key == "n" { return nil }
                return pane.list.selected == nil
                    ? "No user selected." : pane.oneRowRefusal(model)
            },
            action: { pane, model in
                guard let account = pane.account(model) else { return [] }
                let target = AccountSubject(account)
                let entry = pane.list.selected?.id ?? AccountContact.ID(account: account.id, place: 0)
                return [
                    .open(.form(.contacts, ContactsForm.fields(target, start(entry)))),
                    .effect(.refresh(.account(target.key))),
                ]
            })
    }

    /// The account of the contact on the cursor, or the one in view.
    private func account(_ model: Model) -> Account? {
        guard let id = list.selected?.id.account ?? model.scope, let entry = model.accounts[id] else { return nil }
        return model.inFull[id] ?? Account(id: id, kind: entry.kind, name: entry.name, status: entry.status)
    }
}
