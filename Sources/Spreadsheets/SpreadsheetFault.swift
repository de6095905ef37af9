/// Why a file cannot be read, in a sentence that the one who sent it understands.
public struct SpreadsheetFault: Error, Hashable, Sendable {
    public enum Code: String, Sendable, Codable {
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

    public let code: Code
    public let message: String

    public init(_ code: Code, _ message: String) {
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
    public var description: String { message }
}
