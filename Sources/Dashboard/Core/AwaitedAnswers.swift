/// Requests whose answers are awaited, which shows when the screen is complete.
struct AwaitedAnswers {
    private var open: Set<DataQuery> = []

    var isEmpty: Bool { open.isEmpty }

    mutating func note(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .client(.watch(let request, _)): open.insert(request)
            case .client(.unwatch(let request)): open.remove(request)
            default: break
            }
        }
    }

    /// An answer that is still being completed does not count. However often an order is followed: one look is an answer.
    mutating func note(_ answer: Answer) {
        if !answer.isLoading { open.subtract(answer.query.answered) }
    }
}
