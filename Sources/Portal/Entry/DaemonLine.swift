import Batches
import Dispatch
import Linux
import Operations
import Sellout
import Synchronization
import Texts
import Web

/// What the daemon says over its socket: how things stand, and what lies in the archive, which this program does not reach.
package final class DaemonLine: Sendable {
    private let daemon: ListenAddress
    private let latest = Mutex<JSONValue?>(nil)
    // Touched by init and deinit alone.
    nonisolated(unsafe) private let rounds: any DispatchSourceTimer
    /// A file of 100 MiB is read again in seconds; who waits longer has a daemon that hangs.
    private static let patience = Duration.seconds(60)

    /// Asks for the status once a second; whoever wants it reads what came last.
    package init(socket path: String) {
        daemon = .unix(path: path)
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "portal.daemon"))
        unsafe rounds = timer
        timer.schedule(deadline: .now(), repeating: .seconds(1), leeway: .milliseconds(100))
        timer.setEventHandler { [weak self] in self?.round() }
        timer.activate()
    }

    deinit { unsafe rounds.cancel() }

    /// How things stood a second ago.
    package var live: LiveStatus { latest.withLock { $0 }.map { LiveStatus(json: $0) } ?? .silent }

    private func round() {
        let status = json("/status", within: .seconds(2))
        latest.withLock { $0 = status }
    }

    private func json(_ target: String, within time: Duration) -> JSONValue? {
        guard let reply = try? HTTPClient(daemon, deadline: time).get(target), reply.status == 200 else { return nil }
        return try? JSONValue(reading: reply.body)
    }

    /// Asks for something that a person waits for; what the daemon refuses it refuses in its own words.
    func tell(_ method: Request.Method, _ target: String, _ body: Response.Body) throws(Refused) -> JSONValue {
        let reply: HTTPReply
        do throws(HTTPClientFault) { reply = try HTTPClient(daemon, deadline: Self.patience).ask(method, target, body: body) } catch {
            throw Refused(.surroundings, "The daemon does not answer. \(error)")
        }
        guard let told = try? JSONValue(reading: reply.body) else { throw Refused(.surroundings, "The daemon's answer cannot be read.") }
        guard reply.status >= 300 else { return told }
        let mistakes = (told["faults"]?.items ?? []).map { "\($0["path"]?.text ?? ""): \($0["expected"]?.text ?? "")" }
        let sentence = told["error"]?.text ?? told["refusal"]?["message"]?.text ?? mistakes.joined(separator: "; ")
        let reason: Refused.Reason = reply.status == 404 ? .unknown : reply.status < 500 ? .wrong : .surroundings
        throw Refused(reason, sentence.isEmpty ? "The daemon refused it." : sentence)
    }

    /// Nil where the daemon cannot be asked.
    func keepsOriginal(of batch: Batch) -> Bool? {
        // The first piece is enough to know.
        let reply = try? HTTPClient(daemon, deadline: .seconds(5)).fetch(.get, "/originals/\(batch.id)") { _, _ in false }
        return reply.flatMap { $0.status == 200 ? true : $0.status == 404 ? false : nil }
    }

    /// The cells of the failed rows as the file has them; nil where nobody can say.
    func rows(of batch: Batch) -> JSONValue? { json("/rows/\(batch.id)", within: Self.patience) }

    /// The file as it was sent.
    func original(of batch: Batch) throws(Refused) -> Response {
        do {
            let file = try Descriptor(unnamedIn: "/tmp")
            var size: Int64 = 0
            var fault: (any Error)?
            let reply = try HTTPClient(daemon, deadline: Self.patience).fetch(.get, "/originals/\(batch.id)") { reply, piece in
                guard reply.status == 200 else { return true }
                do { try file.write(piece) } catch { fault = error }
                size += Int64(piece.byteCount)
                return fault == nil
            }
            if let fault { throw fault }
            guard reply.status == 200 else {
                throw Refused(.unknown, "The file of \(batch.filename) is not kept any more.")
            }
            let disposition = Header("Content-Disposition", "attachment; filename*=UTF-8''\(Link.escaped(batch.filename))")
            return Response(contentType: "application/octet-stream", headers: [disposition], body: .file(file, size: size))
        } catch let refused as Refused {
            throw refused
        } catch let fault as HTTPClientFault {
            throw Refused(.surroundings, "The daemon, which keeps the files, does not answer. \(fault)")
        } catch { throw Refused(any: error) }
    }
}
