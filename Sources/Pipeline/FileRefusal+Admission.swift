import Cells
import Sellout

extension FileRefusal {
    private static let endings = ["xlsx", "xlsm", "xls", "csv"]

    /// Nil where the file may be read, as far as its name and size tell.
    init?(name: String, size: Int64, largest: Int) {
        let ending = name.split(separator: ".").count > 1 ? name.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
        guard FileRefusal.endings.contains(ending) else {
            let what = ending.isEmpty ? "Files without an ending are" : "Files that end in .\(ending) are"
            self.init(.fileTypeNotAllowed, "\(what) not taken.", suggestion: "Please send an Excel workbook (.xlsx) or a CSV file.")
            return
        }
        guard size <= Int64(largest) else {
            self.init(
                .fileTooLarge, "The file has \(size >> 20) MiB; at most \(largest >> 20) MiB are taken.",
                suggestion: "Please split it, or ask operations to raise the limit.")
            return
        }
        return nil
    }

    /// The sentence names the first batch, its date and its state.
    init(duplicateOf first: BatchRecord) {
        self.init(
            .duplicateFile,
            "The same content was received on \(first.receivedAt.day) as \"\(first.filename)\" (batch \(first.id), \(first.state.rawValue)).",
            suggestion: "Nothing to do: its sales are not counted twice.")
    }
}
