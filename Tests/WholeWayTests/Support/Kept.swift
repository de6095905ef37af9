import Synchronization

/// What must be put away in the end.
final class Kept<Thing: Sendable>: Sendable {
    private let things = Mutex<[Thing]>([])

    var all: [Thing] { things.withLock { $0 } }

    func keep(_ thing: Thing) { things.withLock { $0.append(thing) } }
}
