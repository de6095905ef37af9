/// What to look at when, the earliest first. An element may stand in it more than once; its owner knows which counts.
struct Agenda<Instant: Comparable & Sendable, Element: Sendable>: Sendable {
    private var heap: [(due: Instant, element: Element)] = []

    var earliest: Instant? { heap.first?.due }

    mutating func add(_ element: Element, due: Instant) {
        heap.append((due, element))
        var child = heap.count - 1
        while child > 0, case let parent = (child - 1) / 2, heap[child].due < heap[parent].due {
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the earliest element, where its time has come.
    mutating func next(at now: Instant) -> (due: Instant, element: Element)? {
        guard let first = heap.first, first.due <= now else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            let earlier = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }.min { heap[$0].due < heap[$1].due }
            guard let child = earlier, heap[child].due < heap[parent].due else { return first }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
