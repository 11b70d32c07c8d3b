import Dashboard
import FoundationEssentials
import Marketplace
import Rows
import Screen

// What lists cost: on the screen's thread, where a key waits for it, and in the jobs beside it. Run it in a release
// build; figures go to stdout, in milliseconds unless another unit is named. Numbers of rows may be given as arguments.

let clock = ContinuousClock()

func milliseconds(_ action: () -> Void) -> Double {
    let start = clock.now
    action()
    let time = start.duration(to: clock.now)
    return Double(time.components.seconds) * 1e3 + Double(time.components.attoseconds) * 1e-15
}

func shown(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
}

func row(_ name: String, _ value: String) {
    print(name + String(repeating: " ", count: max(1, 58 - name.count)) + value)
}

/// Resident memory of the process, in bytes.
func resident() -> Int {
    guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return 0 }
    let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
}

/// Rows like those of a marketplace: few products, a customer for two or three subscriptions.
struct World {
    let subscriptions: [Subscription]
    let customers: [Account]

    init(_ count: Int) {
        let words = [
            "Aurora 365", "Zenix Wall", "Nordspan Vault", "Driftwood Archive", "Corvid Projects", "Halcyon Sign",
        ]
        let editions = ["Business", "Enterprise", "Premium", "Starter", "for Education", "Plus Backup", "Legacy"]
        let today = CalendarDate(year: 2026, month: 11, day: 20)!
        let accounts = max(1, count * 2 / 5)
        customers = (0..<accounts).map { place in
            Account(
                id: .init(String(1_000_000 + place)), kind: .customer,
                name: "\(["Jørgensen", "Müller", "Øst", "Brightwater", "田中工業", "Ibáñez"][place % 6]) \(place) GmbH",
                status: .active, vendorAccount: .init(String(1_000_100 + place % 12)))
        }
        // The places are mixed, so that no order of a column is the order of the list.
        subscriptions = (0..<count).map { place in
            let mixed = place &* 7919 % count
            return Subscription(
                id: .init(String(2_000_000 + place)), name: "\(words[mixed % 6]) \(editions[mixed / 6 % 7])",
                customer: .init(String(1_000_000 + mixed % accounts)), status: mixed % 9 == 0 ? .hold : .active,
                autoRenews: mixed % 3 != 0, created: today.adding(days: -(mixed % 900)),
                renews: today.adding(days: mixed % 700), expires: today.adding(days: mixed % 700 + 2),
                billingPeriod: Period(1, .month), subscriptionPeriod: Period(mixed % 2 + 1, .year))
        }
    }

    func answer(_ rows: [Subscription], isComplete: Bool = true) -> Event {
        .subscriptions(
            SubscriptionQuery(), Snapshot(value: Listing(rows: rows, total: rows.count, isComplete: isComplete)))
    }

    var names: Event {
        .accounts(.customers, Snapshot(value: Listing(rows: customers, total: customers.count, isComplete: true)))
    }
}

/// The dashboard on its list of subscriptions, with what its events cost.
struct Stage {
    var dashboard: Dashboard
    /// The jobs that are wanted and not done.
    var jobs: [ListJob] = []
    var discarded: [Discarded] = []

    init() {
        dashboard = Dashboard(
            profile: ProfileSummary(name: "b", place: "b", user: "b", isReadOnly: false, isProduction: false),
            size: Size(columns: 120, rows: 40), now: Instant(millisecondsSince1970: 1_795_183_452_000))
        _ = dashboard.start()
        _ = dashboard.update(.key("3"))
    }

    /// - Returns: what the event and the drawing after it cost the screen's thread.
    mutating func take(_ event: Event) -> Double {
        var effects: [Effect] = []
        let time = milliseconds {
            effects = dashboard.update(event)
            _ = dashboard.draw()
        }
        for effect in effects {
            if case .client(.arrange(let job)) = effect {
                jobs.removeAll { $0.slot == job.slot }
                jobs.append(job)
            }
            if case .client(.discard(let values)) = effect { discarded.append(values) }
        }
        return time
    }

    /// Does what is wanted, and what comes of that.
    /// - Returns: until the first result, until the last, and the most that a result cost the screen's thread.
    mutating func settle() -> (first: Double, last: Double, screen: Double) {
        var first = 0.0
        var last = 0.0
        var screen = 0.0
        while !jobs.isEmpty {
            var results: [Event] = []
            let job = jobs.removeFirst()
            let start = clock.now
            var firstOfJob: Double?
            last += milliseconds {
                job.run(
                    isCancelled: { false },
                    post: { result in
                        let time = start.duration(to: clock.now)
                        firstOfJob = firstOfJob ?? Double(time.components.attoseconds) * 1e-15
                        results.append(.arranged(result))
                    })
            }
            if first == 0 { first = firstOfJob ?? 0 }
            for result in results { screen = max(screen, take(result)) }
            results = []
        }
        discarded = []
        return (first, last, screen)
    }

    mutating func press(_ key: Key) -> Double { take(.key(key)) }
}

func percentiles(_ times: [Double]) -> String {
    let sorted = times.sorted()
    return "p50 \(shown(sorted[sorted.count / 2]))  p99 \(shown(sorted[sorted.count * 99 / 100]))"
}

func job(_ name: String, _ key: Double, _ cost: (first: Double, last: Double, screen: Double)) {
    row(
        "  " + name,
        "key \(shown(key))  first \(shown(cost.first))  last \(shown(cost.last))  result \(shown(cost.screen))")
}

func measure(_ count: Int) {
    let world = World(count)
    var stage = Stage()
    print("\(count) subscriptions of \(world.customers.count) customers")
    let before = resident()
    row("  answer taken and drawn", shown(stage.take(world.answer(world.subscriptions, isComplete: false))))
    let names = stage.take(world.names)
    job("names of customers", names, stage.settle())
    _ = stage.press(.home)
    var times: [Double] = []
    for key in [Key.down, .down, .up, .pageDown, .end, .up, .pageUp, .home] {
        for _ in 0..<100 { times.append(stage.press(key)) }
    }
    row("  a key that moves, drawn", percentiles(times))

    // While more rows are on their way nothing is ready for a filter, and its first letter comes with the key that begins it.
    let first = stage.press("/")
    job("filter \"a\" before all rows are there", first + stage.press("a"), stage.settle())
    _ = stage.press(.escape)
    _ = stage.settle()
    let end = stage.take(world.answer(Array(world.subscriptions.reversed())))
    job("made ready when all are there", end, stage.settle())
    let second = stage.press("/")
    job("filter \"a\", typed ahead", second + stage.press("a"), stage.settle())
    for text in ["u", "r", " ", "m", "ü"] {
        let key = stage.press(.character(Character(text)))
        job("filter \"\(text)\" more", key, stage.settle())
    }
    let back = stage.press(.backspace)
    job("filter one less", back, stage.settle())
    row("  kept while a filter is used, bytes a row", "\(max(0, resident() - before) / count)")
    let all = stage.press(.escape)
    job("no filter", all, stage.settle())
    row("  kept after it, bytes a row", "\(max(0, resident() - before) / count)")
    _ = stage.press("/")
    _ = stage.settle()
    for text in [
        "a", "9", "aurora", "gmbh aurora", "hold !aurora", "!o", "~asb", "customer:jorgensen", "product:sign",
        "renews<2027-03", "renews<2027-03 !hold",
    ] {
        var key = 0.0
        // Only the last letter's job is done, as when all of it is pasted.
        for letter in text { key = stage.press(.character(letter)) }
        job("fresh filter \(text)", key, stage.settle())
        // Back to no filter with the box still open, and other filters in between so that nothing is left of this one.
        for _ in text { _ = stage.press(.backspace) }
        _ = stage.settle()
        for other in 0..<9 {
            for letter in "id:\(other)" { _ = stage.press(.character(letter)) }
            _ = stage.settle()
            for _ in 0..<4 { _ = stage.press(.backspace) }
            _ = stage.settle()
        }
    }
    _ = stage.press(.escape)
    _ = stage.settle()

    for name in ["id", "customer", "product", "units", "status", "term", "auto", "renews"] {
        let key = stage.press(">")
        job("sort by \(name)", key, stage.settle())
    }
    let reverse = stage.press("S")
    job("the other way", reverse, stage.settle())
    times = []
    for key in [Key.down, .pageDown, .end, .pageUp, .home] { for _ in 0..<100 { times.append(stage.press(key)) } }
    row("  a key that moves in the sorted list, drawn", percentiles(times))
    let mark = stage.press("*")
    job("mark all", mark, stage.settle())
    times = (0..<500).map { _ in stage.press(.pageDown) }
    row("  a key that moves over marked rows, drawn", percentiles(times))
    let again = stage.take(world.answer(Array(world.subscriptions.reversed())))
    job("another answer, sorted and marked", again, stage.settle())
}

/// Customers as the marketplace lists them, half of the names with letters that are written in several ways, each with
/// a tax number and one or two contacts.
func accounts(_ count: Int) -> [Account] {
    let names = ["Jørgensen & Søn", "Müller", "Øst", "Brightwater", "Ibanez", "Northgate", "Weiß", "Clearfield"]
    let forms = ["GmbH", "A/S", "Ltd", "SARL", "B.V."]
    return (0..<count).map { place in
        let number = String(1_000_000 + place)
        let contacts = (0...place % 2).map { person in
            ContactPerson(
                role: .administrator, firstName: "Person", lastName: "\(place) \(person)",
                email: "person\(person)@firm\(number).example",
                phone: "+45 33 \(10 + place % 90) \(10 + place / 90 % 90) \(10 + place / 8100 % 90)")
        }
        return Account(
            id: .init(number), kind: .customer, name: "\(names[place % 8]) \(place) \(forms[place % 5])",
            status: place % 50 == 0 ? .creditHold : .active, externalID: "CRM-\(place &* 7919 % count)",
            contacts: contacts, taxRegistration: "DK\(10_000_000 + place)")
    }
}

/// The account tree of somebody who has no resellers: all customers in one list.
func measureAccounts(_ count: Int) {
    let rows = accounts(count)
    var stage = Stage()
    _ = stage.press("2")
    _ = stage.take(.accounts(.resellers, Snapshot(value: Listing(rows: [], total: 0, isComplete: true))))
    print("\(count) accounts in the tree")
    let before = resident()
    let taken = stage.take(.accounts(.customers, Snapshot(value: Listing(rows: rows, total: count, isComplete: true))))
    job("answer taken, names indexed", taken, stage.settle())
    row("  kept without a filter, bytes a row", "\(max(0, resident() - before) / count)")
    let begun = stage.press("/")
    job("filter begun", begun, stage.settle())
    for text in ["j", "o", "e", "r", "g"] {
        let key = stage.press(.character(Character(text)))
        job("filter \"\(text)\" more", key, stage.settle())
    }
    row("  kept while names are filtered, bytes a row", "\(max(0, resident() - before) / count)")
    func clear(_ text: String) {
        for _ in text {
            _ = stage.press(.backspace)
            _ = stage.settle()
        }
    }
    clear("joerg")
    for text in ["mueller", "33 44", "person1@firm1000", "44332211", "DK1000", "crm-77", "!gmbh", "hold gmbh"] {
        var key = 0.0
        for letter in text.dropLast() {
            _ = stage.press(.character(letter))
            _ = stage.settle()
        }
        if let last = text.last { key = stage.press(.character(last)) }
        job("last letter of \(text)", key, stage.settle())
        clear(text)
        for letter in text { key = stage.press(.character(letter)) }
        job("pasted \(text)", key, stage.settle())
        clear(text)
    }
    row("  kept after words of contacts, bytes a row", "\(max(0, resident() - before) / count)")
    let all = stage.press(.escape)
    job("no filter", all, stage.settle())
    row("  kept after it, bytes a row", "\(max(0, resident() - before) / count)")
}

let counts = CommandLine.arguments.dropFirst().compactMap { Int($0) }
// First, while no freed memory hides what is kept.
for count in counts.isEmpty ? [100_000] : counts { measureAccounts(count) }
for count in counts.isEmpty ? [100, 1500, 100_000, 1_000_000] : counts { measure(count) }
