import Marketplace

/// One user who reads a journal: what it holds of this user's, and what of others'.
struct JournalReader: Sendable {
    /// The profile's name, which distinguishes the lines of older versions.
    let profile: String
    /// Address and marketplace; nil when they were not written down.
    let place: String?
    let user: String?

    init(_ profile: Profile) {
        self.profile = profile.name
        place = profile.owner.place
        user = profile.user
    }

    /// Whoever sends `intent`.
    init(_ intent: JournalRecord.Intent) {
        profile = intent.profile
        place = intent.place
        user = intent.user
    }

    func sender(of intent: JournalRecord.Intent) -> JournalEntry.Sender {
        if let place, let other = intent.place, !Profile.isSamePlace(place, other) {
            return .elsewhere(place: other, user: intent.user)
        }
        if let user, let other = intent.user { return user == other ? .own : .user(other) }
        return intent.isTakenOver || intent.profile == profile ? .own : .profile(intent.profile)
    }

    func sent(_ intent: JournalRecord.Intent) -> Bool { sender(of: intent).isOwn }

    /// The records of this user's writes. An outcome without its intent cannot be assigned to a user and is left out.
    func own(_ records: [JournalRecord]) -> [JournalRecord] {
        let others = Set(
            records.compactMap { record in
                if case .intended(let intent) = record.event, !sent(intent) { record.id } else { nil }
            })
        return others.isEmpty ? records : records.filter { !others.contains($0.id) }
    }
}
