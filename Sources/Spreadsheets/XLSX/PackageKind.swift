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
            throw PackageKind.other(archive)
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
            if let known = PackageKind.mediaTypes.first(where: { type.contains($0.type) }) { throw .notASpreadsheet(known.what) }
        }
        if archive.directory.entries.contains(where: { ZipEntry.key($0.name).hasSuffix(".iwa") || ZipEntry.key($0.name) == "index.zip" }) {
            throw SpreadsheetFault(
                .unsupported, "The file was made by Apple's Numbers, Pages or Keynote. Export the table as xlsx and send that.")
        }
    }

    /// What a container without a workbook is, as far as its parts tell.
    private static func other(_ archive: ZipArchive) -> SpreadsheetFault {
        let names = archive.directory.entries.map { ZipEntry.key($0.name) }
        if let known = names.lazy.compactMap(otherOffice).first { return .notASpreadsheet(known) }
        if names.contains(where: { $0.hasSuffix(".fdseq") }) { return .notASpreadsheet("an XPS document") }
        if names.contains("androidmanifest.xml") { return .notASpreadsheet("an Android app (APK)") }
        if names.contains("meta-inf/manifest.mf") { return .notASpreadsheet("a Java archive (JAR)") }
        if names.contains("[content_types].xml") { return .notASpreadsheet("an Office file without a workbook in it") }
        guard names.contains(where: { name in PackageKind.sheetEndings.contains { name.hasSuffix($0) } }) else {
            return .notASpreadsheet("a ZIP archive without a workbook in it", "Send the workbook itself, as xlsx.")
        }
        return .notASpreadsheet("a ZIP archive", "Unpack it and send the workbook that is inside.")
    }

    private static let sheetEndings = [".xlsx", ".xlsm", ".xls", ".xlsb", ".csv", ".ods"]

    private static let mediaTypes = [
        (type: "opendocument.text", what: "an OpenDocument text (.odt)"),
        (type: "opendocument.presentation", what: "an OpenDocument presentation (.odp)"),
        (type: "opendocument.graphics", what: "an OpenDocument drawing (.odg)"),
        (type: "opendocument", what: "an OpenDocument file of another kind"),
        (type: "epub", what: "an e-book (EPUB)"),
    ]

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
