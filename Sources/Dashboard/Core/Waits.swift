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

    mutating func note(_ answer: Answer, _ model: Model) {
        for query in answer.query.answered { note(answer.waiting, of: query, model) }
    }

    /// What a form's questions wait for; nil when they wait for nothing any more.
    mutating func note(ofQuestions waiting: Waiting?, _ model: Model) {
        question = waiting.map { Wait(until: model.moment(of: $0.until), reason: $0.reason) }
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
            case .client(.unwatch(let request)): silent[request] = nil
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
    private var queriesInFront: [DataQuery] {
        if let page = overlays.page, page.pane == nil { return page.awaitedQueries(model) }
        if let top = overlays.top, top.extent == .popup { return top.awaitedQueries(model) + focusedQueries }
        return focusedQueries
    }

    private var asksQuestions: Bool { overlays.page?.asksQuestions ?? false }

    /// What in front waits for, when it gets no answer or a form's question cannot leave yet. Never of a write: nobody can
    /// take that back.
    var wait: Waiting? {
        if reading.waits.isEmpty { return nil }
        return reading.waits.longest(of: queriesInFront, withQuestions: asksQuestions, model)
    }

    /// Takes back reads and questions that get no answer; nil when there are none.
    mutating func stopWaiting() -> [Reaction]? {
        guard wait?.reason == .silence else { return nil }
        guard overlays.isWriting else {
            let key = model.keymap.name(of: .refresh)
            let reads = queriesInFront
            reading.waits.stop(reads, withQuestions: false)
            return reads.map { .effect(.stopReading($0)) }
                + [.say(Notice(.warning, "Stopped waiting for the answer. \(key) reads again."))]
        }
        let (stopped, asks) = (queriesInFront.filter(reading.waits.isSilent), asksQuestions)
        reading.waits.stop(stopped, withQuestions: asks)
        withTop { overlay, _ in overlay.stopWaiting(for: stopped) }
        let key = model.keymap.name(of: .estimate)
        return stopped.map { .effect(.stopReading($0)) } + (asks ? [.effect(.stopAsking)] : [])
            + [.say(Notice(.warning, "Stopped waiting for the answer. \(key) asks again."))]
    }
}
