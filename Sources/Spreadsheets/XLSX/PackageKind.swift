/// What a ZIP container holds, judged by its parts.
struct PackageKind {
    /// The workbook's own part.
    let workbook: String
    let hasMacros: Bool

    init(_ archive: ZipArchive, limits: Limits) throws(SpreadsheetFault) {
        try PackageKind.refuseOthers(archive)
        let root = try Relationships(of: "", in: archive, limits: limits)
        let stated = root.first("officeDocument").flatMap { archive.entry($0) == nil ? nil : $0 }
        guard let workbook = stated ?? archive.entry("xl/workbook.xml")?.name ?? archive.entry("xl/workbook.bin")?.name else {
            throw .notASpreadsheet("a ZIP archive", "Unpack it and send the workbook that is inside.")
        }
        if let other = PackageKind.otherOffice(workbook) { throw .notASpreadsheet(other) }
        let type = try PackageKind.contentType(of: workbook, in: archive, limits: limits)
        if ZipEntry.key(workbook).hasSuffix(".bin") || type.contains("sheet.binary") {
            throw .unsupported("a binary workbook (.xlsb)")
        }
        self.workbook = workbook
        hasMacros =
            type.contains("macroenabled") || archive.directory.entries.contains { ZipEntry.key($0.name).hasSuffix("/vbaproject.bin") }
    }

    private static func refuseOthers(_ archive: ZipArchive) throws(SpreadsheetFault) {
        if let entry = archive.entry("mimetype"), entry.size < 200 {
            let window = try archive.contents(entry)
            let type = unsafe String(decoding: UnsafeBufferPointer(start: window.base, count: window.count), as: UTF8.self)
            if type.contains("opendocument.spreadsheet") { throw .unsupported("an OpenDocument spreadsheet (.ods)") }
            if type.contains("opendocument") { throw .notASpreadsheet("an OpenDocument text or drawing") }
        }
        if archive.directory.entries.contains(where: { ZipEntry.key($0.name).hasSuffix(".iwa") || ZipEntry.key($0.name) == "index.zip" }) {
            throw SpreadsheetFault(
                .unsupported, "The file was made by Apple's Numbers, Pages or Keynote. Export the table as xlsx and send that.")
        }
    }

    private static func otherOffice(_ part: String) -> String? {
        let key = ZipEntry.key(part)
        if key.hasPrefix("word/") { return "a Word document" }
        if key.hasPrefix("ppt/") { return "a PowerPoint presentation" }
        if key.hasPrefix("visio/") { return "a Visio drawing" }
        return nil
    }

    /// In lower case; empty where it is not stated.
    private static func contentType(of part: String, in archive: ZipArchive, limits: Limits) throws(SpreadsheetFault) -> String {
        guard let entry = archive.entry("[Content_Types].xml") else { return "" }
        var found = ""
        try MarkupElements.list(try archive.contents(entry), named: entry.name, limits: limits) { element in
            guard element.name == "Override", let name = element.attributes["PartName"], ZipEntry.key(name) == ZipEntry.key(part) else {
                return
            }
            found = element.attributes["ContentType"]?.lowercased() ?? ""
        }
        return found
    }
}
