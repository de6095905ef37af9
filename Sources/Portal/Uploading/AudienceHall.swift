import Synchronization

/// How many bodies of records are read at the same time: each may lie in memory whole.
final class AudienceHall: Sendable {
    private static let places = 32

    private let taken = Mutex(0)

    /// Somebody's place in it, until they let go of it.
    final class Place: Sendable {
        private let hall: AudienceHall

        fileprivate init(_ hall: AudienceHall) { self.hall = hall }

        deinit { hall.taken.withLock { $0 -= 1 } }
    }

    /// Nil where all places are taken.
    func enter() -> Place? {
        taken.withLock { taken in
            guard taken < Self.places else { return false }
            taken += 1
            return true
        } ? Place(self) : nil
    }
}
