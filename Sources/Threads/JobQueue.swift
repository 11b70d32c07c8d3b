import DequeModule

/// Jobs that wait: the highest priority first, and first in, first out within one.
struct JobQueue<Job: Sendable>: Sendable {
    /// Highest first. A lane that was needed once stays: there are as many as different priorities.
    private var lanes: [Lane] = []
    private(set) var count = 0

    private struct Lane: Sendable {
        let priority: UInt8
        var jobs: Deque<Job> = []
    }

    var isEmpty: Bool { count == 0 }

    mutating func append(_ job: Job, priority: UInt8) {
        count += 1
        let place = lanes.firstIndex { $0.priority <= priority } ?? lanes.endIndex
        if place == lanes.endIndex || lanes[place].priority != priority {
            lanes.insert(Lane(priority: priority), at: place)
        }
        lanes[place].jobs.append(job)
    }

    mutating func popFirst() -> Job? {
        guard count > 0 else { return nil }
        count -= 1
        for place in lanes.indices where !lanes[place].jobs.isEmpty { return lanes[place].jobs.removeFirst() }
        return nil
    }
}
