/// What to look at when: the earliest first, and of the same instant what was added first. An element may stand in it more
/// than once; its owner knows which counts.
struct Agenda<Instant: Comparable & Sendable, Element: Sendable>: Sendable {
    private typealias Line = (due: Instant, number: UInt64, element: Element)

    /// A binary heap.
    private var lines: [Line] = []
    private var added: UInt64 = 0

    var earliest: Instant? { lines.first?.due }

    mutating func add(_ element: Element, due: Instant) {
        added &+= 1
        lines.append((due, added, element))
        var child = lines.count - 1
        while child > 0, case let parent = (child - 1) / 2, precedes(child, parent) {
            lines.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the earliest element, where its time has come.
    mutating func next(at now: Instant) -> (due: Instant, element: Element)? {
        guard let first = lines.first, first.due <= now else { return nil }
        let last = lines.removeLast()
        guard !lines.isEmpty else { return (first.due, first.element) }
        lines[0] = last
        var parent = 0
        while case let left = 2 * parent + 1, left < lines.count {
            let child = left + 1 < lines.count && precedes(left + 1, left) ? left + 1 : left
            guard precedes(child, parent) else { break }
            lines.swapAt(child, parent)
            parent = child
        }
        return (first.due, first.element)
    }

    private func precedes(_ one: Int, _ other: Int) -> Bool {
        (lines[one].due, lines[one].number) < (lines[other].due, lines[other].number)
    }
}
