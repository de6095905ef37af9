import Batches
import Dispatch
import Folders
import Ledger
import Linux
import Operations
import Reports
import Sellout
import Synchronization

/// Takes the reference files that operators drop, one after the other. Taking one twice changes nothing, so the spool alone
/// says what is still to do.
final class ReferenceDesk: Sendable {
    private let workplace: Workplace
    private let reading: any FileReading
    private let queue = DispatchQueue(label: "reference")
    private let inHand = Mutex<Set<BatchID>>([])
    /// Called after reference data has changed.
    private let changed: @Sendable () -> Void

    init(_ workplace: Workplace, reading: any FileReading, changed: @escaping @Sendable () -> Void) {
        self.workplace = workplace
        self.reading = reading
        self.changed = changed
    }

    func add(_ file: StoredFile) { add(file.batch) }

    func add(_ batch: BatchID) {
        guard inHand.withLock({ $0.insert(batch).inserted }) else { return }
        queue.async { [self] in
            take(batch)
            _ = inHand.withLock { $0.remove(batch) }
        }
    }

    /// Waits until what has begun is done.
    func finish() { queue.sync {} }

    private func take(_ batch: BatchID) {
        do {
            guard let file = try workplace.root.spool.file(of: batch) else { return }
            let report = try report(on: file)
            workplace.works(.reader)
            let outbox = Outbox(root: workplace.root)
            try outbox.publish(report.jsonBytes, as: file.name.report(of: batch, ending: .json), for: .reference)
            workplace.works(.outbox("reference"))
            if let month = ArchiveMonth(of: file.receivedAt) { try workplace.root.archive.put(batch, receivedIn: month) }
            workplace.events.referenceTaken(file.name.printable, report.message)
            changed()
        } catch let fault as Refused {
            workplace.note(fault, at: .reader)
        } catch {
            workplace.note(error, at: .outbox("reference"))
        }
    }

    private func report(on file: StoredFile) throws -> ReferenceReport {
        let content = try file.open()
        let hash = try ContentDigest(of: content, path: file.path).hexadecimal
        let name = file.name.printable
        let desk = OperatorDesk(
            ledger: workplace.ledger, terms: workplace.profiles.terms, actor: "selloutd", clock: { .now() })
        do {
            let taken = try desk.importReference(nil, from: file.path, reading: reading)
            return ReferenceReport(
                filename: name, sha256: hash, receivedAt: file.receivedAt, kind: taken.kind, lines: taken.lines,
                linesRefused: taken.linesRefused, new: taken.change.new, changed: taken.change.changed, unchanged: taken.change.unchanged,
                problems: taken.problems)
        } catch  where error.reason == .wrong {
            return ReferenceReport(
                filename: name, sha256: hash, receivedAt: file.receivedAt, kind: nil,
                refusal: FileRefusal(.parsingError, error.sentence))
        }
    }
}
