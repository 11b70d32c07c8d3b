import Marketplace

/// What reads and questions wait for that get no answer, whichever pane or form they are for.
struct Waits {
    private struct Wait {
        var until: Moment
        var reason: Waiting.Reason
    }

    private var silent: [DataQuery: Wait] = [:]
    /// What a form's questions wait for, of whatever kind.
    private var question: Wait?

    mutating func note(_ event: Event, _ model: Model) {
        switch event {
        case .accounts(let query, let latest): note(latest.waiting, of: .accounts(query), model)
        case .account(let key, let latest): note(latest.waiting, of: .account(key), model)
        case .subscriptions(let query, let latest): note(latest.waiting, of: .subscriptions(query), model)
        case .subscription(let id, let latest): note(latest.waiting, of: .subscription(id), model)
        case .orders(let query, let latest): note(latest.waiting, of: .orders(query), model)
        case .order(let id, let latest):
            note(latest.waiting, of: .order(id), model)
            note(latest.waiting, of: .followedOrder(id), model)
        case .products(let query, let latest): note(latest.waiting, of: .products(query), model)
        case .plan(let id, let latest): note(latest.waiting, of: .plan(id), model)
        case .overview(let latest): note(latest.waiting, of: .overview, model)
        case .asking(let waiting):
            question = waiting.map { Wait(until: model.moment(of: $0.until), reason: $0.reason) }
        default: break
        }
    }

    private mutating func note(_ waiting: Waiting?, of request: DataQuery, _ model: Model) {
        if let waiting, waiting.reason == .silence {
            silent[request] = Wait(until: model.moment(of: waiting.until), reason: .silence)
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
    mutating func stop(_ requests: [DataQuery], withQuestions: Bool) {
        for request in requests { silent[request] = nil }
        if withQuestions { question = nil }
    }

    /// - Returns: whether there was one.
    mutating func dropQuestion() -> Bool {
        defer { question = nil }
        return question != nil
    }

    var isEmpty: Bool { silent.isEmpty && question == nil }

    func isSilent(_ request: DataQuery) -> Bool { silent[request] != nil }

    /// The longest wait of these reads, or of the questions.
    func longest(of requests: [DataQuery], withQuestions: Bool, _ model: Model) -> Waiting? {
        var all = requests.compactMap { silent[$0] }
        if withQuestions, let question { all.append(question) }
        let silences = all.filter { $0.reason == .silence }
        return (silences.min { $0.until < $1.until } ?? all.first).map {
            Waiting(until: model.timeOfDay($0.until), reason: $0.reason)
        }
    }
}

extension Dashboard {
    /// What is read for what lies in front.
    private var requestsInFront: [DataQuery] {
        if let flow { return flow.requestsWaitedFor(model) }
        if let bulk { return bulk.isRunning ? [] : bulkQueries(bulk) }
        return focusedQueries
    }

    private var isAskingQuestions: Bool { flow?.asksQuestions ?? bulk?.asksQuestions ?? false }

    /// What in front waits for, when it gets no answer or a form's question cannot leave yet. Never of a write: nobody can
    /// take that back.
    var wait: Waiting? {
        if waits.isEmpty { return nil }
        return waits.longest(of: requestsInFront, withQuestions: isAskingQuestions, model)
    }

    /// Takes back reads and questions that get no answer; nil when there are none.
    mutating func stopWaiting() -> [Reaction]? {
        guard wait?.reason == .silence else { return nil }
        guard isWriting else {
            let key = model.keymap.name(of: .refresh)
            let reads = requestsInFront
            waits.stop(reads, withQuestions: false)
            return reads.map { .effect(.stopReading($0)) }
                + [.say(Notice(.warning, "Stopped waiting for the answer. \(key) reads again."))]
        }
        let stopped = requestsInFront.filter(waits.isSilent)
        let withQuestions = isAskingQuestions
        waits.stop(stopped, withQuestions: withQuestions)
        flow?.stopped = stopped
        let key = model.keymap.name(of: .estimate)
        return stopped.map { .effect(.stopReading($0)) } + (withQuestions ? [.effect(.stopAsking)] : [])
            + [.say(Notice(.warning, "Stopped waiting for the answer. \(key) asks again."))]
    }
}

extension WriteFlow {
    /// What it reads that a person waits for; nothing once the form is left.
    func requestsWaitedFor(_ model: Model) -> [DataQuery] {
        guard case .filling = stage else { return [] }
        return form.queries(model) + form.settledQueries(model)
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
