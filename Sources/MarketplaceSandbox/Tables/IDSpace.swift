/// Ids of a table: landmarks have theirs, all other rows are numbered in the order of their places.
struct IDSpace {
    private let first: Int
    private let landmarks: [(id: Int, place: Int)]

    /// - Parameter landmarks: in ascending order of their places.
    init(first: Int, landmarks: [(id: Int, place: Int)]) {
        self.first = first
        self.landmarks = landmarks
    }

    func id(of place: Int) -> Int {
        var before = 0
        for landmark in landmarks {
            if landmark.place == place { return landmark.id }
            if landmark.place < place { before += 1 }
        }
        return first + place - before
    }

    func place(of id: String, count: Int) -> Int? {
        guard let number = IDSpace.number(id) else { return nil }
        if let landmark = landmarks.first(where: { $0.id == number }) { return landmark.place }
        guard number >= first, number - first < count else { return nil }
        var place = number - first
        for landmark in landmarks where landmark.place <= place { place += 1 }
        return place < count ? place : nil
    }

    /// The number that an id writes in plain digits; ids have no leading zeros.
    static func number(_ id: String) -> Int? {
        id.utf8.first == UInt8(ascii: "0") ? nil : Digits.number(id.utf8)
    }
}
