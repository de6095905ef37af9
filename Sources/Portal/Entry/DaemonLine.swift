import Batches
import Dispatch
import Operations
import Sellout
import Synchronization
import Texts
import Web

/// What the daemon says over its socket: how things stand, and what lies in the archive.
package final class DaemonLine: Sendable {
    private let socket: String
    private let latest = Mutex<JSONValue?>(nil)
    // Touched by init and deinit alone.
    nonisolated(unsafe) private let rounds: any DispatchSourceTimer

    /// Asks for the status once a second; whoever wants it reads what came last.
    package init(socket: String) {
        self.socket = socket
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "portal.daemon"))
        unsafe rounds = timer
        timer.schedule(deadline: .now(), repeating: .seconds(1), leeway: .milliseconds(100))
        timer.setEventHandler { [weak self] in self?.round() }
        timer.activate()
    }

    deinit { unsafe rounds.cancel() }

    /// The status of a second ago; nil while the daemon is down.
    package var status: JSONValue? { latest.withLock { $0 } }

    private func round() {
        let status = json("/status", within: .seconds(2))
        latest.withLock { $0 = status }
    }

    private func json(_ path: String, within time: Duration) -> JSONValue? { nil }

    package var live: LiveStatus { status.map { LiveStatus(json: $0) } ?? .silent }

    /// Nil where the daemon cannot be asked.
    func keepsOriginal(of batch: Batch) -> Bool? { nil }
    func rows(of batch: Batch) -> JSONValue? { nil }
    func original(of batch: Batch) throws(Refused) -> Response { throw Refused(.surroundings, "The daemon does not answer.") }
}
