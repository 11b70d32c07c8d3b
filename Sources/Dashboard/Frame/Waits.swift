import Marketplace

/// What reads and questions wait for that get no answer, whichever pane or form they are for.
struct Waits {
    private struct Wait {
        var until: Moment
        var reason: Waiting.Reason
    }

    private var silent: [Request: Wait] = [:]
    /// What a form's questions wait for, of whatever kind.
    private var question: Wait?

    mutating func note(_ event: Event, _ known: Known) {
        switch event {
        case .accounts(let query, let latest): note(latest.waiting, of: .accounts(query), known)
        case .account(let key, let latest): note(latest.waiting, of: .account(key), known)
        case .subscriptions(let query, let latest): note(latest.waiting, of: .subscriptions(query), known)
        case .subscription(let id, let latest): note(latest.waiting, of: .subscription(id), known)
        case .orders(let query, let latest): note(latest.waiting, of: .orders(query), known)
        case .order(let id, let latest):
            note(latest.waiting, of: .order(id), known)
            note(latest.waiting, of: .followedOrder(id), known)
        case .products(let query, let latest): note(latest.waiting, of: .products(query), known)
        case .plan(let id, let latest): note(latest.waiting, of: .plan(id), known)
        case .overview(let latest): note(latest.waiting, of: .overview, known)
        case .asking(let waiting):
            question = waiting.map { Wait(until: known.moment(of: $0.until), reason: $0.reason) }
        default: break
        }
    }

    private mutating func note(_ waiting: Waiting?, of request: Request, _ known: Known) {
        if let waiting, waiting.reason == .silence {
            silent[request] = Wait(until: known.moment(of: waiting.until), reason: .silence)
        } else if !silent.isEmpty {
            silent[request] = nil
        }
    }

    /// Forgets what is no longer read.
    mutating func note(_ effects: [Effect]) {
        if silent.isEmpty { return }
        for effect in effects {
            switch effect {
            case .unwatch(let request): silent[request] = nil
            default: break
            }
        }
    }

    /// Forgets reads and questions that are taken back.
    mutating func stop(_ requests: [Request], withQuestions: Bool) {
        for request in requests { silent[request] = nil }
        if withQuestions { question = nil }
    }

    /// - Returns: whether there was one.
    mutating func dropQuestion() -> Bool {
        defer { question = nil }
        return question != nil
    }

    var isEmpty: Bool { silent.isEmpty && question == nil }

    func isSilent(_ request: Request) -> Bool { silent[request] != nil }

    /// The longest wait of these reads, or of the questions.
    func longest(of requests: [Request], withQuestions: Bool, _ known: Known) -> Waiting? {
        var all = requests.compactMap { silent[$0] }
        if withQuestions, let question { all.append(question) }
        let silences = all.filter { $0.reason == .silence }
        return (silences.min { $0.until < $1.until } ?? all.first).map {
            Waiting(until: known.timeOfDay($0.until), reason: $0.reason)
        }
    }
}

extension Dashboard {
    /// What is read for what lies in front.
    private var requestsInFront: [Request] {
        if let flow { return flow.requestsWaitedFor(known) }
        if let bulk { return bulk.isRunning ? [] : bulkRequests(bulk) }
        return focusedRequests
    }

    private var isAskingQuestions: Bool { flow?.asksQuestions ?? bulk?.asksQuestions ?? false }

    /// What in front waits for, when it gets no answer or a form's question cannot leave yet. Never of a write: nobody can
    /// take that back.
    var wait: Waiting? {
        if waits.isEmpty { return nil }
        return waits.longest(of: requestsInFront, withQuestions: isAskingQuestions, known)
    }

    /// Takes back reads and questions that get no answer; nil when there are none.
    mutating func stopWaiting() -> [Reaction]? {
        guard wait?.reason == .silence else { return nil }
        guard isWriting else {
            let key = known.keymap.name(of: .refresh)
            let reads = requestsInFront
            waits.stop(reads, withQuestions: false)
            return reads.map { .effect(.stopReading($0)) }
                + [.say(Notice(.warning, "Stopped waiting for the answer. \(key) reads again."))]
        }
        let stopped = requestsInFront.filter(waits.isSilent)
        let withQuestions = isAskingQuestions
        waits.stop(stopped, withQuestions: withQuestions)
        flow?.stopped = stopped
        let key = known.keymap.name(of: .estimate)
        return stopped.map { .effect(.stopReading($0)) } + (withQuestions ? [.effect(.stopAsking)] : [])
            + [.say(Notice(.warning, "Stopped waiting for the answer. \(key) asks again."))]
    }
}

extension WriteFlow {
    /// What it reads that a person waits for; nothing once the form is left.
    func requestsWaitedFor(_ known: Known) -> [Request] {
        guard case .filling = stage else { return [] }
        return form.requests(known) + form.settledRequests(known)
    }

    /// Whether questions to the marketplace may be on their way whose answers are awaited here.
    var asksQuestions: Bool {
        switch stage {
        case .filling: true
        case .reviewing(let review): if case .checking = review.state { true } else { false }
        case .unknown: false
        }
    }
}

extension BulkFlow {
    /// Whether questions to the marketplace may be on their way whose answers are awaited here.
    var asksQuestions: Bool { stage == .review && !isChecked }
}
