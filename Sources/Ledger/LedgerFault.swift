import CSQLite
import Sellout

/// What the ledger could not do, and whose fault it is.
package enum LedgerFault: Error, Sendable {
    /// Disk full, file locked, not writable: to be tried again when that has changed.
    case surroundings(String)
    /// The batch's state forbids it.
    case forbidden(ForbiddenStep)
    case unknownBatch(String)
    /// Refused for another reason, in one sentence.
    case refused(String)
    /// The ledger's own file holds what nothing of ours has written. Nobody's file is to blame, and trying again mends nothing.
    case damage(String)
    /// A broken promise of the program's own: a statement that cannot be.
    case broken(String)

    /// Somebody has taken the batch's next step meanwhile, or deleted it: nothing is left to do for whoever was at it.
    package var isOvertaken: Bool {
        switch self {
        case .forbidden, .unknownBatch: true
        case .surroundings, .refused, .damage, .broken: false
        }
    }

    static let sumsTooLarge = LedgerFault.refused(
        "The sums of these sales are larger than any ledger can hold. Look for a wrong number in the amounts.")

    /// A value in the ledger's own file that nothing of ours has written.
    static func damaged(_ what: String) -> LedgerFault {
        .damage(
            "The ledger's file is damaged: \(what), which cannot be right. Mend it, or stop selloutd and put the last good copy of it "
                + "back; the originals of all files are kept.")
    }
}

extension LedgerFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .surroundings(let text), .refused(let text), .damage(let text), .broken(let text): text
        case .forbidden(let step): step.description
        case .unknownBatch(let id): "There is no batch \(id)."
        }
    }
}

extension LedgerFault {
    /// What SQLite answered when it did not do as told. `doing` is the statement, its values left out: they are what strangers
    /// sent.
    init(code: Int32, message: String, doing: String) {
        switch code & 0xFF {
        case SQLITE_FULL:
            self = .surroundings("The ledger's disk is full. Make room on the file system of the ledger; work goes on by itself.")
        case SQLITE_IOERR:
            self = .surroundings(
                "The ledger could not be read or written (\(message), code \(code)). Check the disk and its mount; work goes on by itself.")
        case SQLITE_BUSY, SQLITE_LOCKED:
            self = .surroundings(
                "Another program has kept the ledger locked for too long. Close what holds it open; work goes on by itself.")
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
            self = .surroundings(
                "The ledger cannot be opened or written (\(message)). Check the owner and mode of its folder and files.")
        case SQLITE_NOMEM:
            self = .surroundings(
                "There was no memory left for the ledger. Give the service more, or let it take fewer files at once.")
        // https://sqlite.org/lang_aggfunc.html: sum() throws "integer overflow" if all inputs are integers and the sum overflows.
        case SQLITE_ERROR where message.hasPrefix("integer overflow"):
            self = .sumsTooLarge
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            self = .damage(
                "The ledger's file is damaged (\(message), code \(code)). Stop selloutd and put the last good copy of it back, or mend it "
                    + "with sqlite3's .recover; the originals of all files are kept.")
        default:
            self = .broken("The ledger refused a step (\(message), code \(code)): \(doing)")
        }
    }
}
