import Cells

/// Reads the shared texts of a container into one buffer.
struct SharedTextsPart: MarkupScan {
    let limits: Limits
    private(set) var prefix: [UInt8] = []
    private var hasRoot = false
    private var texts = SharedTexts()
    private var text: [UInt8] = []

    init(limits: Limits) { self.limits = limits }

    static func read(_ archive: ZipArchive, _ name: String, limits: Limits) throws(SpreadsheetFault) -> SharedTexts {
        guard let entry = archive.entry(name) else { throw .damaged("its part \(name) is missing") }
        let source = try MarkupEncoding.utf8(try archive.open(entry))
        let window = ByteWindow(
            source, largest: limits.rowBytes, fault: .limit("one shared text is longer than \(limits.rowBytes) bytes", .shorten))
        var part = SharedTextsPart(limits: limits)
        part.texts.reserve(bytes: min(entry.size, limits.heldTextBytes))
        try part.run(over: window, endsTooEarly: .damaged("its shared texts end too early"))
        return part.texts
    }

    /// Takes one more text; false at the part's end.
    mutating func next(_ cursor: inout MarkupCursor) throws(ScanStop) -> Bool {
        let tag = try cursor.nextTag()
        guard hasRoot else {
            hasRoot = true
            prefix = cursor.prefix(of: tag.name)
            return !tag.isEmpty
        }
        if tag.isEnd { return false }
        guard tag.element == .sharedItem else {
            try cursor.skip(tag, depth: limits.xmlDepth)
            return true
        }
        text.removeAll(keepingCapacity: true)
        try cursor.appendRichText(of: tag, to: &text, limits: limits)
        guard CellText.finish(&text, from: 0) else { throw .fault(.damaged("a shared text in it is not UTF-8")) }
        guard texts.count < limits.sharedTexts else { throw .fault(.limit("it has more than \(limits.sharedTexts) shared texts", .split)) }
        guard text.count <= limits.heldTextBytes - texts.bytes.count else {
            throw .fault(.limit("its shared texts are longer than \(limits.heldTextBytes) bytes together", .split))
        }
        texts.append(text)
        return true
    }
}
