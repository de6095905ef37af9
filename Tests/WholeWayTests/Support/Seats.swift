/// So many tests at once run programs: more would only wait for each other's share of the machine.
actor Seats {
    static let shared = Seats(3)

    private var free: Int
    private var line: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { line.append($0) }
    }

    func leave() {
        if line.isEmpty { free += 1 } else { line.removeFirst().resume() }
    }
}

/// Runs `body` as soon as there is a seat.
func seated(_ body: () async throws -> Void) async throws {
    await Seats.shared.take()
    do {
        try await body()
    } catch {
        await Seats.shared.leave()
        throw error
    }
    await Seats.shared.leave()
}
