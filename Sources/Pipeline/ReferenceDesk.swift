import Batches
import Folders
import Ledger
import Linux
import Operations
import Reports
import Sellout

/// Takes the reference files that operators drop, one after the other. Taking one twice changes nothing, so the spool alone
/// says what is still to do.
struct ReferenceDesk {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    func take(_ file: StoredFile) -> News {
        do {
            guard try isStillWanted(file) else {
                return .referenceTaken(file.batch, false, [])
            }
            let report = try report(on: file)
            let answer = Outbox.Answer(.report(on: file.name.printable, of: file.batch, ending: .json), report.jsonBytes)
            do throws(SystemFault) { try Outbox(root: workplace.root).publish([answer], for: .reference) } catch {
                return .referenceTaken(file.batch, false, .outbox(of: .reference, error))
            }
            try workplace.ledger.noteReference(
                file.batch, by: Deed(actor: "selloutd", reason: "\(file.name.printable): \(report.message)", at: .now()))
            if let move = Archive.Move(file), let fault = try workplace.root.archive.put([move]).values.first { throw fault }
            workplace.events.referenceTaken(file.name.printable, report.message)
            return .referenceTaken(file.batch, true, [.works(.reader)] + .outbox(of: .reference, nil))
        } catch let fault as LedgerFault {
            return .referenceTaken(file.batch, false, [Troubles.Condition(fault)])
        } catch let fault as Refused where fault.reason == .damage {
            return .referenceTaken(file.batch, false, [.fails(.damage, "\(fault)")])
        } catch let fault as Refused {
            return .referenceTaken(file.batch, false, [.fails(.reader, "\(fault)")])
        } catch {
            return .referenceTaken(file.batch, false, [.fails(.outbox(.reference), "\(error)")])
        }
    }

    /// It may have been taken and put away since it was seen. In the archive alone lies what the ledger did not know at the start.
    private func isStillWanted(_ file: StoredFile) throws -> Bool {
        if try workplace.root.spool.file(of: file.batch, from: file.inbox) != nil { return true }
        return try workplace.arrears.references(in: workplace.ledger).contains { $0.batch == file.batch }
    }

    private func report(on file: StoredFile) throws -> ReferenceReport {
        let content = try file.open()
        let hash = try ContentDigest(of: content, path: file.path).hexadecimal
        let name = file.name.printable
        let desk = OperatorDesk(
            ledger: workplace.ledger, terms: workplace.profiles.terms, actor: "selloutd", clock: { .now() })
        do {
            let taken = try desk.importReference(nil, from: ConfinedFile(content, named: name, through: workplace.reader))
            return ReferenceReport(
                filename: name, sha256: hash, receivedAt: file.receivedAt, kind: taken.kind, lines: taken.lines,
                linesRefused: taken.linesRefused, new: taken.change.new, changed: taken.change.changed, unchanged: taken.change.unchanged,
                number: taken.number, problems: taken.problems)
        } catch  where error.reason == .wrong {
            return ReferenceReport(
                filename: name, sha256: hash, receivedAt: file.receivedAt, kind: nil,
                refusal: FileRefusal(.parsingError, error.sentence))
        }
    }
}
