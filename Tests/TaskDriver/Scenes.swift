import Glibc
import Synchronization
import TestSupport

/// What tasks do to each other, at random, until all of them are through. A wake-up that is lost leaves one waiting, and
/// the scene without an end.
enum Scene: String, CaseIterable {
    case crowd, readers, sleepers, counted, blocked, hops

    /// - Returns: what was counted, the same for the same `count` on every machine.
    func play(_ count: Int, dice: Dice) async -> Int {
        switch self {
        case .crowd: await playCrowd(count, dice)
        case .readers: await playReaders(count, dice)
        case .sleepers: await playSleepers(count, dice)
        case .counted: await playCounted(count)
        case .blocked: await playBlocked(count)
        case .hops: await playHops(count)
        }
    }
}

private let priorities: [TaskPriority] = [.background, .low, .medium, .high]

private actor Counter {
    private(set) var value = 0

    func add(_ number: Int) async {
        value += number
        if number == 0 { await Task.yield() }
    }
}

/// Tasks of all priorities in groups in groups: they yield, meet at actors, wait for tasks of lower priority and raise it.
private func playCrowd(_ count: Int, _ dice: Dice) async -> Int {
    let counters = (0..<4).map { _ in Counter() }
    await withTaskGroup(of: Void.self) { group in
        var dice = dice
        for _ in 0..<count {
            let own = Dice(seed: dice.next())
            group.addTask(priority: dice.one(of: priorities)) {
                var dice = own
                switch dice.below(6) {
                case 0: await Task.yield()
                case 1: try? await Task.sleep(for: .zero)
                case 2: await counters[dice.below(4)].add(0)
                case 3:
                    let low = Task.detached(priority: .background) { await Task.yield() }
                    await Task.detached(priority: .high) { await low.value }.value
                case 4:
                    let cancelled = Task { try await Task.sleep(for: .seconds(3600)) }
                    cancelled.cancel()
                    _ = await cancelled.result
                default:
                    await withTaskGroup(of: Void.self) { inner in
                        for place in 0..<4 { inner.addTask { await counters[place].add(0) } }
                    }
                }
                await counters[dice.below(4)].add(1)
            }
        }
    }
    var sum = 0
    for counter in counters { sum += await counter.value }
    return sum
}

/// Readers of one value that leave at any time, while others publish: each of them must come to its end.
private func playReaders(_ count: Int, _ dice: Dice) async -> Int {
    let board = Board()
    let publisher = Task {
        while !Task.isCancelled {
            board.publish()
            await Task.yield()
        }
    }
    let ended = await withTaskGroup(of: Int.self) { group in
        var dice = dice
        for _ in 0..<count {
            let leaves = dice.below(2) == 0
            group.addTask {
                let reader = Task { await board.next() }
                if leaves {
                    await Task.yield()
                    reader.cancel()
                }
                _ = await reader.value
                return 1
            }
        }
        return await group.reduce(0, +)
    }
    publisher.cancel()
    return ended
}

/// Hands what is published to those who wait; whoever is cancelled waits no more.
private final class Board: Sendable {
    private struct State {
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var next = 0
    }
    private let state = Mutex(State())

    func publish() {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    func next() async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isLate = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isLate { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }
}

/// Many deadlines on both clocks, in any order, some of them given up.
private func playSleepers(_ count: Int, _ dice: Dice) async -> Int {
    await withTaskGroup(of: Int.self) { group in
        var dice = dice
        for _ in 0..<count {
            let microseconds = dice.below(3000)
            let kind = dice.below(3)
            group.addTask {
                switch kind {
                case 0: try? await Task.sleep(for: .microseconds(microseconds))
                case 1: try? await Task.sleep(for: .microseconds(microseconds), clock: .suspending)
                default:
                    let long = Task { try await Task.sleep(for: .seconds(3600)) }
                    try? await Task.sleep(nanoseconds: UInt64(microseconds))
                    long.cancel()
                    _ = await long.result
                }
                return 1
            }
        }
        return await group.reduce(0, +)
    }
}

/// As many jobs as asked for, from several tasks at once, each of them counted.
private func playCounted(_ count: Int) async -> Int {
    let seen = Counted()
    await withTaskGroup(of: Void.self) { group in
        for part in 0..<8 {
            group.addTask {
                for _ in 0..<(count * (part + 1) / 8 - count * part / 8) { Task.detached { seen.add() } }
            }
        }
    }
    await seen.wait(for: count)
    return seen.count
}

private final class Counted: Sendable {
    private let state = Mutex<(count: Int, goal: Int, waiting: CheckedContinuation<Void, Never>?)>((0, .max, nil))

    var count: Int { state.withLock { $0.count } }

    func add() {
        state.withLock { state in
            state.count += 1
            return state.count == state.goal ? state.waiting.take() : nil
        }?.resume()
    }

    func wait(for goal: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.count == goal { return true }
                (state.goal, state.waiting) = (goal, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}

/// Jobs that block their threads, more of them than threads, until one that comes after them lets them go.
private func playBlocked(_ count: Int) async -> Int {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return -1 }
    let (near, far) = (ends[0], ends[1])
    let freed = await withTaskGroup(of: Int.self) { group in
        for _ in 0..<count {
            group.addTask {
                var byte: UInt8 = 0
                return read(near, &byte, 1)
            }
        }
        group.addTask {
            let bytes = [UInt8](repeating: 1, count: count)
            return write(far, bytes, count) - count
        }
        return await group.reduce(0, +)
    }
    for end in ends { close(end) }
    return freed
}

/// Two tasks that wait for each other's word, again and again.
private func playHops(_ count: Int) async -> Int {
    let (words, ask) = AsyncStream<Int>.makeStream()
    let (answers, answer) = AsyncStream<Int>.makeStream()
    let other = Task {
        for await word in words { answer.yield(word + 1) }
        answer.finish()
    }
    var iterator = answers.makeAsyncIterator()
    var sum = 0
    for number in 0..<count {
        ask.yield(number)
        sum += (await iterator.next() ?? 0) - number
    }
    ask.finish()
    await other.value
    return sum
}
