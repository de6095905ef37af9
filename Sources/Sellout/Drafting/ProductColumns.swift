/// The columns left of a grid's figures that name the product, by their values; headers there are often left out.
struct ProductColumns {
    private(set) var columns: [Field: ColumnLook] = [:]
    private(set) var doubts: [Field: String] = [:]
    private let headers: [String]

    init(_ sheet: SheetLook, header: Int, body: [Int], before end: Int) {
        headers = sheet.rows[header]
        let looks = (0..<end).map { sheet.look($0, under: header, rows: body) }.filter { !$0.values.isEmpty && !$0.areTimes }
        columns[.ean] = looks.first { $0.areEANs }
        let others = looks.filter { !$0.areEANs && !HeaderTraits.isDescription($0.header) }
        columns[.code] = others.first { $0.areCodes }
        let texts = others.filter { $0.areTexts && !$0.areCodes }
        func rank(_ look: ColumnLook) -> Int {
            let named = HeaderWords.fields(of: look.header).contains { $0.field == .name }
            return (named ? 1000 : 0) + look.distinct * 10 + min(look.averageLength, 80) / 8
        }
        columns[.name] = texts.max { (rank($0), -$0.column) < (rank($1), -$1.column) }
        if texts.count > 1, let name = columns[.name] {
            let rivals = texts.filter { $0.column != name.column }.map { $0.name(in: headers) }.prefix(3)
            doubts[.name] = "\(rivals.map(DraftLine.quoted).joined(separator: ", ")) could name the product too"
        }
        // A code that repeats is a group's.
        if let code = columns[.code], code.distinct * 2 < code.values.count { columns[.code] = nil }
    }

    var isEmpty: Bool { columns.isEmpty }

    var score: Int { columns[.ean] != nil ? 40 : isEmpty ? -20 : 20 }

    var lines: [DraftLine] {
        var lines = [DraftLine("columns: {")]
        for field in Field.naming {
            guard let look = columns[field] else { continue }
            lines.append(
                DraftLine(
                    "  \(field.rawValue): \(DraftLine.quoted(look.name(in: headers))),",
                    unsure: doubts[field] ?? (look.header.isEmpty ? "told by its values; the column has no header" : nil)))
        }
        if isEmpty { lines.append(DraftLine("  name: \"? name\",", "not found")) }
        return lines + [DraftLine("},")]
    }
}
