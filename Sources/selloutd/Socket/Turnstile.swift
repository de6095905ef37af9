import Synchronization
import Web

/// Lets so many through at once and turns the others away: what reads a workbook takes its time, and the socket's threads are few.
final class Turnstile: Sendable {
    private let room: Mutex<Int>

    init(_ most: Int) { room = Mutex(most) }

    func pass(_ body: () -> Response) -> Response {
        let mayEnter = room.withLock { room in
            guard room > 0 else { return false }
            room -= 1
            return true
        }
        guard mayEnter else {
            return .refusal(503, "Other files are being looked into just now.", headers: [Header("Retry-After", "1")])
        }
        defer { room.withLock { $0 += 1 } }
        return body()
    }
}
