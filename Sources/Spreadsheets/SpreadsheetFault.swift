/// Why a file cannot be read, in a sentence that the one who sent it understands.
package struct SpreadsheetFault: Error, Hashable, Sendable {
    package enum Code: String, Sendable, Codable {
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

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

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
