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
    /// The sentence up to the place, which stands between it and the rest.
    private let beginning: String
    /// Empty for a sentence that takes no place.
    private let rest: String
    private var row: Int?
    private var sheet: String?

    init(_ code: Code, _ message: String) { self.init(code, message, rest: "") }

    private init(_ code: Code, _ beginning: String, rest: String) {
        self.code = code
        self.beginning = beginning
        self.rest = rest
    }

    package var message: String {
        if rest.isEmpty { return beginning }
        return switch (row, sheet) {
        case (let row?, let sheet?): "\(beginning), in row \(row) of the sheet \(sheet)\(rest)"
        case (let row?, nil): "\(beginning), in row \(row)\(rest)"
        case (nil, let sheet?): "\(beginning), in the sheet \(sheet)\(rest)"
        case (nil, nil): beginning + rest
        }
    }

    /// The same fault with its place, as far as that is not known yet.
    func at(row: Int? = nil, sheet: String? = nil) -> SpreadsheetFault {
        var placed = self
        placed.row = self.row ?? row
        placed.sheet = self.sheet ?? sheet
        return placed
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
        SpreadsheetFault(.damaged, "The file is damaged: \(what)", rest: ". Save it again and send it once more.")
    }

    static func limit(_ what: String, _ advice: Advice = .saveAnew) -> SpreadsheetFault {
        SpreadsheetFault(.limitExceeded, "The file goes beyond a limit: \(what)", rest: ". \(advice.rawValue)")
    }

    /// What helps against a limit.
    enum Advice: String {
        /// For honest files that have grown too large.
        case split = "Split the report into several files, or delete what is not needed, and send it again."
        case shorten = "Shorten the texts that are this long and send it again."
        /// For what no spreadsheet program writes by itself.
        case saveAnew = "Open it in Excel, save it as a new xlsx and send that."
    }
}

extension SpreadsheetFault: CustomStringConvertible {
    package var description: String { message }
}
