import CXlsxwriter
import Linux

/// Why a workbook could not be written.
package enum WorkbookFault: Error, Hashable, Sendable {
    /// No room for its temporary files, or no right to make them.
    case surroundings(String)
    /// A sheet's name, a row or a column that no workbook may have.
    case refused(String)

    init(_ fault: SystemFault) { self = .surroundings("\(fault)") }

    /// Nil where the library has no complaint.
    init?(_ code: lxw_error, doing what: String) {
        guard code != LXW_NO_ERROR else { return nil }
        let words = unsafe lxw_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code.rawValue)"
        let sentence = "\(what): \(words)"
        self =
            code.rawValue <= LXW_ERROR_ZIP_CLOSE.rawValue
            ? .surroundings("\(sentence) Make room for temporary files.") : .refused(sentence)
    }
}

extension WorkbookFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .surroundings(let sentence), .refused(let sentence): sentence
        }
    }
}
