import CSQLite

/// What SQLite answered when it did not do as told, and what that means to the ledger's callers.
struct SQLiteFault {
    let code: Int32
    let message: String
    /// The statement, its values left out: they are what strangers sent.
    let doing: String

    var ledgerFault: LedgerFault {
        switch code & 0xFF {
        case SQLITE_FULL:
            .surroundings("The ledger's disk is full. Make room on the file system of the ledger; work goes on by itself.")
        case SQLITE_IOERR:
            .surroundings(
                "The ledger could not be read or written (\(message), code \(code)). Check the disk and its mount; work goes on by itself.")
        case SQLITE_BUSY, SQLITE_LOCKED:
            .surroundings("Another program has kept the ledger locked for too long. Close what holds it open; work goes on by itself.")
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
            .surroundings("The ledger cannot be opened or written (\(message)). Check the owner and mode of its folder and files.")
        case SQLITE_NOMEM:
            .surroundings("There was no memory left for the ledger. Give the service more, or let it take fewer files at once.")
        // https://sqlite.org/lang_aggfunc.html: sum() throws "integer overflow" if all inputs are integers and the sum overflows.
        case SQLITE_ERROR where message.hasPrefix("integer overflow"):
            .refused("The sums of these sales are larger than any ledger can hold. Look for a wrong number in the amounts.")
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            .broken(
                "The ledger's file is damaged (\(message), code \(code)). Stop selloutd and put the last good copy of it back, or mend it "
                    + "with sqlite3's .recover; the originals of all files are kept.")
        default:
            .broken("The ledger refused a step (\(message), code \(code)): \(doing)")
        }
    }
}
