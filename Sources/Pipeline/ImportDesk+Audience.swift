import Folders
import Linux
import Operations

/// Files of audience records: CSV and workbooks through the confined reader, JSON as programs post it.
extension ImportDesk {
    func audience(
        _ file: StoredFile, _ content: Descriptor, _ view: ConfinedFile, _ hash: String, _ desk: OperatorDesk
    ) throws -> Taken {
        let taken: AudienceImport
        if view.name.lowercased().hasSuffix(".json") {
            var offset: Int64 = 0
            taken = try desk.importAudience(json: view.name, of: file.batch) {
                var piece = [UInt8](repeating: 0, count: 1 << 16)
                let got = try content.read(into: &piece, at: offset, path: file.path)
                offset += Int64(got)
                return got > 0 ? Array(piece[..<got]) : nil
            }
        } else {
            taken = try desk.importAudience(from: view, of: file.batch)
        }
        let report = taken.report(filename: view.name, sha256: hash, receivedAt: file.receivedAt)
        return Taken(report: report.jsonBytes, message: report.message)
    }
}
