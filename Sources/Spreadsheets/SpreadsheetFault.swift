/// Why a file cannot be read, in a sentence that its sender understands.
package struct SpreadsheetFault: Error, Hashable, Sendable {
    package enum Code: String, Sendable {
        /// Something else than a spreadsheet, whatever its name says.
        case notASpreadsheet
        /// A spreadsheet in a format that is not read here.
        case unsupported
        case encrypted
        case limitExceeded
        /// Cut off, changed on the way, or written by a program that broke the format.
        case damaged
        /// The disk, not the file: reading failed.
        case unreadable
    }

    package let code: Code
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// - Parameter what: the other thing with its article, such as "a PDF document".
    static func notASpreadsheet(_ what: String, _ advice: String = "Send the workbook as xlsx.") -> SpreadsheetFault {
        SpreadsheetFault(.notASpreadsheet, "The file is \(what), not a spreadsheet. \(advice)")
    }

    /// - Parameter what: the format with its article, such as "a binary workbook (.xlsb)".
    static func unsupported(_ what: String) -> SpreadsheetFault {
        SpreadsheetFault(.unsupported, "The file is \(what), which is not read here. Save it as xlsx and send it again.")
    }

    /// Excel locks some workbooks with a password of its own and opens them without asking, so none need have been set.
    static let encrypted = SpreadsheetFault(
        .encrypted,
        "The file is locked (encrypted), even if Excel opens it without asking for a password. Open it in Excel, turn the protection off "
            + "(File > Info > Protect Workbook), save it as a plain .xlsx and send that.")

    static let declaresEntities = damaged("its XML has a document type with entities, which no spreadsheet program writes")

    static let noSheets = SpreadsheetFault(
        .damaged, "The workbook has no sheet with cells, so there is nothing to read. Send the workbook that holds the sales.")

    static func damaged(_ what: String) -> SpreadsheetFault {
        SpreadsheetFault(.damaged, "The file is damaged: \(what). Save it again and send it once more.")
    }

    static func limit(_ what: String) -> SpreadsheetFault {
        SpreadsheetFault(.limitExceeded, "The file goes beyond a limit: \(what).")
    }
}

extension SpreadsheetFault: CustomStringConvertible {
    package var description: String { message }
}
