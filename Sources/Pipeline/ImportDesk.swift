import Batches
import Folders
import Ledger
import Linux
import Operations
import Reports
import Sellout

/// Takes the files that are no batches, one after the other: reference data, workbooks for retail fit, and records of an audience. Taking one twice changes
/// nothing, so the spool alone says what is still to do.
struct ImportDesk {
    let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    /// What is to be answered, and what remains to be done when it has been.
    struct Taken {
        let report: [UInt8]
        let message: String
        var told: () throws -> Void = {}
    }

    func take(_ file: StoredFile) -> News {
        let sender = file.inbox.sender
        do {
            guard try isStillWanted(file) else {
                return .referenceTaken(file.batch, false, [])
            }
            let taken = try take(content: file)
            let answer = Outbox.Answer(.report(on: file.name.printable, of: file.batch, ending: .json), taken.report)
            do throws(SystemFault) { try Outbox(root: workplace.root).publish([answer], for: sender) } catch {
                return .referenceTaken(file.batch, false, .outbox(of: sender, error))
            }
            try taken.told()
            try workplace.ledger.noteReference(
                file.batch, by: Deed(actor: "selloutd", reason: "\(file.name.printable): \(taken.message)", at: .now()))
            try putAway(file)
            workplace.events.referenceTaken(file.name.printable, taken.message)
            return .referenceTaken(file.batch, true, [.works(.reader)] + .outbox(of: sender, nil))
        } catch let fault as LedgerFault {
            return .referenceTaken(file.batch, false, [Troubles.Condition(fault)])
        } catch let fault as Refused where fault.reason == .damage {
            return .referenceTaken(file.batch, false, [.fails(.damage, "\(fault)")])
        } catch let fault as Refused {
            return .referenceTaken(file.batch, false, [.fails(.reader, "\(fault)")])
        } catch {
            return .referenceTaken(file.batch, false, [.fails(.outbox(sender), "\(error)")])
        }
    }

    /// It may have been taken and put away since it was seen. In the archive alone lies what the ledger did not know at the start.
    private func isStillWanted(_ file: StoredFile) throws -> Bool {
        if try workplace.root.spool.file(of: file.batch, from: file.inbox) != nil { return true }
        return try workplace.arrears.references(in: workplace.ledger).contains { $0.batch == file.batch }
    }

    private func take(content file: StoredFile) throws -> Taken {
        let content = try file.open()
        let hash = try ContentDigest(of: content, path: file.path).hexadecimal
        let view = ConfinedFile(content, named: file.name.printable, through: workplace.reader)
        let desk = OperatorDesk(
            ledger: workplace.ledger, terms: workplace.profiles.terms, actor: "selloutd", clock: { .now() })
        return switch file.inbox.sender {
        case .retail: try retail(file, view, hash, desk)
        case .audience: try audience(file, content, view, hash, desk)
        default: try reference(file, view, hash, desk)
        }
    }

    /// What must be forgettable is kept in one place, the ledger: the file of an audience goes for good.
    private func putAway(_ file: StoredFile) throws {
        guard let move = Archive.Move(file) else { return }
        let archive = workplace.root.archive
        if let fault = try archive.put([move]).values.first { throw fault }
        if file.inbox.sender == .audience { try archive.remove(file.batch, receivedAt: file.receivedAt) }
    }

    private func reference(_ file: StoredFile, _ view: ConfinedFile, _ hash: String, _ desk: OperatorDesk) throws -> Taken {
        let report: ReferenceReport
        do throws(Refused) {
            let taken = try desk.importReference(nil, from: view)
            report = ReferenceReport(
                filename: view.name, sha256: hash, receivedAt: file.receivedAt, kind: taken.kind, lines: taken.lines,
                linesRefused: taken.linesRefused, new: taken.change.new, changed: taken.change.changed, unchanged: taken.change.unchanged,
                number: taken.number, problems: taken.problems)
        } catch {
            guard error.reason == .wrong else { throw error }
            report = ReferenceReport(
                filename: view.name, sha256: hash, receivedAt: file.receivedAt, kind: nil,
                refusal: FileRefusal(.parsingError, error.sentence))
        }
        return Taken(report: report.jsonBytes, message: report.message)
    }

    private func retail(_ file: StoredFile, _ view: ConfinedFile, _ hash: String, _ desk: OperatorDesk) throws -> Taken {
        let ledger = workplace.ledger
        let upload = try ledger.enter(
            retailUpload: file.batch, filename: view.name, uploader: file.upload?.uploader, at: file.receivedAt)
        let report: RetailReport
        do throws(Refused) {
            let taken = try desk.importRetail(from: view, brand: try desk.brand(ofUploader: upload.uploader))
            report = RetailReport(taken, on: view.name, hash, upload)
        } catch {
            guard error.reason == .wrong else { throw error }
            report = RetailReport(
                filename: view.name, sha256: hash, upload: upload.id, receivedAt: upload.createdAt, message: error.sentence)
        }
        return Taken(report: report.jsonBytes, message: report.message) {
            try ledger.end(
                retailUpload: file.batch, records: report.records, failure: report.records == nil ? report.message : nil, at: .now())
        }
    }
}

extension RetailReport {
    fileprivate init(_ taken: RetailImport, on filename: String, _ hash: String, _ upload: RetailUpload) {
        switch taken {
        case .taken(let records, let change, let warnings):
            self.init(
                filename: filename, sha256: hash, upload: upload.id, receivedAt: upload.createdAt, message: taken.sentence,
                records: records,
                new: change.new, changed: change.changed, unchanged: change.unchanged, warnings: warnings)
        case .faulty(let faults):
            self.init(
                filename: filename, sha256: hash, upload: upload.id, receivedAt: upload.createdAt, message: taken.sentence, faults: faults)
        }
    }
}
