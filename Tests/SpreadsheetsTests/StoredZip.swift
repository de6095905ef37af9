/// Puts parts into a ZIP container without packing them.
struct StoredZip {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// A workbook of one sheet `S`, whose styles show dates with style 1.
    static func workbook(sheet: [UInt8], shared: [UInt8]? = nil, styles: [UInt8]? = nil, workbook: [UInt8]? = nil) -> [UInt8] {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let kinds = ["worksheet", "sharedStrings", "styles"]
        let relationships = kinds.map { "<Relationship Id='\($0)' Type='\(office)/\($0)' Target='\($0).xml'/>" }.joined()
        let book = "<workbook xmlns='\(main)' xmlns:r='\(office)'><sheets><sheet name='S' r:id='worksheet'/></sheets></workbook>"
        let plainStyles = "<styleSheet xmlns='\(main)'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"
        var zip = StoredZip()
        zip.add("xl/workbook.xml", workbook ?? Array(book.utf8))
        zip.add("xl/_rels/workbook.xml.rels", Array("<Relationships>\(relationships)</Relationships>".utf8))
        zip.add("xl/worksheet.xml", sheet)
        zip.add(
            "xl/sharedStrings.xml", shared ?? Array("<sst xmlns='\(main)'><si><t>zero</t></si><si><t>one</t></si><si><t/></si></sst>".utf8))
        zip.add("xl/styles.xml", styles ?? Array(plainStyles.utf8))
        return zip.finish()
    }

    mutating func add(_ name: String, _ part: [UInt8]) {
        let figures = little(StoredZip.checksum(part), 4) + little(UInt32(part.count), 4) + little(UInt32(part.count), 4)
        let lengths = little(UInt32(name.utf8.count), 2) + little(0, 2)
        let middle = little(20, 2) + [UInt8](repeating: 0, count: 8) + figures + lengths
        directory +=
            Array("PK\u{1}\u{2}".utf8) + little(20, 2) + middle + [UInt8](repeating: 0, count: 10) + little(UInt32(bytes.count), 4)
            + name.utf8
        bytes += Array("PK\u{3}\u{4}".utf8) + middle + name.utf8 + part
        count += 1
    }

    func finish() -> [UInt8] {
        let counts = little(UInt32(count), 2) + little(UInt32(count), 2)
        let place = little(UInt32(directory.count), 4) + little(UInt32(bytes.count), 4)
        return bytes + directory + Array("PK\u{5}\u{6}".utf8) + little(0, 4) + counts + place + little(0, 2)
    }

    private func little(_ value: UInt32, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt32($0 * 8)) } }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }
}
