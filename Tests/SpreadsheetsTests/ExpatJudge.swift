import CExpat
import Cells
import Foundation

/// Reads a sheet's XML with Expat and its own idea of what cells mean, slowly and from the whole text. Shared texts are those of `StoredZip.workbook`.
final class ExpatJudge {
    /// The cells, or why there are none: it is not XML, or the XML is not a proper sheet.
    enum Verdict: Equatable {
        case cells([ExpectedCell])
        case noXML
        case noSheet
    }

    private var cells: [Int: ExpectedCell] = [:]
    private var rows: [[ExpectedCell]] = []
    private var path: [String] = []
    private var prefix = ""
    private var isWrong = false
    private var isOver = false
    private var lastRow = 0
    private var rowNumber = 0
    private var rowIsStated = false
    private var column = 0
    private var attributes: [String: String] = [:]
    private var value = ""
    /// Of two values in one cell the first counts.
    private var takesValue = false
    /// Of two inline texts in one cell the first counts, and before any value.
    private var takesText = false
    private var text = ""
    private var hasFormula = false
    private var hasValue = false
    private var hasInlineText = false

    static func judge(_ sheet: [UInt8]) -> Verdict {
        guard let parser = unsafe XML_ParserCreate(nil) else { return .noXML }
        defer { unsafe XML_ParserFree(parser) }
        let judge = ExpatJudge()
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(judge).toOpaque())
        unsafe judge.listen(to: parser)
        let status = withExtendedLifetime(judge) {
            unsafe sheet.withUnsafeBytes {
                unsafe XML_Parse(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), 1)
            }
        }
        guard status == XML_STATUS_OK else { return .noXML }
        return judge.isWrong ? .noSheet : .cells(judge.rows.flatMap { $0 })
    }

    @unsafe private func listen(to parser: XML_Parser) {
        unsafe XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let data = unsafe data, let name = unsafe name else { return }
                var values: [String: String] = [:]
                var index = 0
                while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
                    values[unsafe String(cString: key)] = unsafe String(cString: value)
                    index += 2
                }
                unsafe Unmanaged<ExpatJudge>.fromOpaque(data).takeUnretainedValue().open(String(cString: name), values)
            },
            { data, _ in
                guard let data = unsafe data else { return }
                unsafe Unmanaged<ExpatJudge>.fromOpaque(data).takeUnretainedValue().close()
            })
        unsafe XML_SetCharacterDataHandler(parser) { data, characters, count in
            guard let data = unsafe data, let characters = unsafe characters else { return }
            let bytes = unsafe UnsafeRawBufferPointer(start: characters, count: Int(count))
            unsafe Unmanaged<ExpatJudge>.fromOpaque(data).takeUnretainedValue().read(String(decoding: bytes, as: UTF8.self))
        }
        unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            guard let data = unsafe data else { return }
            unsafe Unmanaged<ExpatJudge>.fromOpaque(data).takeUnretainedValue().isWrong = true
        }
    }

    private func open(_ name: String, _ values: [String: String]) {
        if path.isEmpty { prefix = name.firstIndex(of: ":").map { String(name[...$0]) } ?? "" }
        let isOurs = name.hasPrefix(prefix) && !(prefix.isEmpty && name.contains(":"))
        path.append(isOurs ? String(name.dropFirst(prefix.count)) : "foreign")
        if path.count > 60 { isWrong = true }
        guard !isOver else { return }
        switch path {
        case ["worksheet"]: break
        case ["worksheet", "sheetData", "row"]: openRow(values)
        case ["worksheet", "sheetData", "row", "c"]: openCell(values)
        case ["worksheet", "sheetData", "row", "c", "v"]:
            takesValue = value.isEmpty && !hasInlineText
            hasValue = true
        case ["worksheet", "sheetData", "row", "c", "f"]: hasFormula = true
        case ["worksheet", "sheetData", "row", "c", "is"]:
            takesText = !hasInlineText
            hasInlineText = true
        default: if path.count == 1 { isWrong = true }
        }
    }

    private func openRow(_ values: [String: String]) {
        (cells, column) = ([:], 0)
        rowNumber = lastRow + 1
        rowIsStated = values["r"] != nil
        if let stated = values["r"]?.trimmingCharacters(in: .whitespacesAndNewlines) {
            if stated.utf8.allSatisfy({ $0 &- 48 < 10 }), stated.count <= 9, let number = Int(stated), number > 0 {
                rowNumber = number
            } else {
                isWrong = true
            }
        }
    }

    private func openCell(_ values: [String: String]) {
        (attributes, value, text) = (values, "", "")
        (hasFormula, hasValue, hasInlineText) = (false, false, false)
        if let place = values["r"] {
            guard let found = place.wholeMatch(of: /\$*([A-Za-z][A-Za-z$]*)([0-9][0-9$]*)/) else { return isWrong = true }
            column = found.1.replacing("$", with: "").uppercased().utf8.reduce(0) { min($0 * 26 + Int($1) - 64, 1_000_000) }
            let row = Int(found.2.replacing("$", with: "")) ?? 0
            if row == 0 || row > 999_999_999 { isWrong = true }
            if !rowIsStated { (rowNumber, rowIsStated) = (row, true) }
        } else {
            column += 1
        }
        if column > 16_384 || !["n", "s", "str", "inlineStr", "b", "e", "d"].contains(values["t"] ?? "n") { isWrong = true }
    }

    private func read(_ characters: String) {
        guard !isOver, path.starts(with: ["worksheet", "sheetData", "row", "c"]) else { return }
        let inner = path.dropFirst(4)
        if inner == ["v"], takesValue { value += characters }
        if inner.first == "is", takesText, inner.last == "t", inner.dropFirst().dropLast().allSatisfy({ $0 == "r" }) { text += characters }
    }

    private func close() {
        defer { path.removeLast() }
        guard !isOver else { return }
        switch path {
        case ["worksheet", "sheetData", "row", "c"]: closeCell()
        case ["worksheet", "sheetData", "row"]:
            if rowNumber > 1_048_576 { isWrong = true }
            lastRow = rowNumber
            rows.append(
                cells.sorted { $0.key < $1.key }.map(\.value).map {
                    ExpectedCell(sheet: 0, row: rowNumber, column: $0.column, value: $0.value)
                })
        case ["worksheet", "sheetData"]: isOver = true
        default: break
        }
    }

    private func closeCell() {
        let kind = attributes["t"] ?? "n"
        let written = kind == "inlineStr" && hasInlineText ? text : value
        let bare = written.trimmingCharacters(in: CharacterSet(charactersIn: " \t\r\n"))
        var found: ExpectedCell.Value?
        switch kind {
        case "n": found = bare.isEmpty ? nil : number(bare) ?? .text(finished(written))
        case "s":
            guard !bare.isEmpty else { break }
            guard let index = Double(bare), index.rounded() == index, (0..<3).contains(index), number(bare) != nil else {
                return isWrong = true
            }
            found = index == 2 ? nil : .text(Array(index == 0 ? "zero".utf8 : "one".utf8))
        case "b":
            found =
                bare.isEmpty
                ? nil
                : ["1", "true"].contains(bare) ? .bool(true) : ["0", "false"].contains(bare) ? .bool(false) : .text(finished(written))
        case "e": found = written.isEmpty ? nil : .error(String(decoding: finished(written), as: UTF8.self))
        default: found = written.isEmpty ? nil : .text(finished(written))
        }
        let canBeEmpty = kind == "str" && hasValue || kind == "inlineStr" && (hasValue || hasInlineText)
        if found == nil, hasFormula, kind == "s" ? bare.isEmpty : !canBeEmpty { found = .uncalculated }
        if let found { cells[column] = ExpectedCell(sheet: 0, row: rowNumber, column: column, value: found) }
    }

    private func number(_ text: String) -> ExpectedCell.Value? {
        guard text.wholeMatch(of: /[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/) != nil, let double = Double(text) else { return nil }
        let style = attributes["s"] ?? "0"
        guard style.trimmingCharacters(in: .whitespacesAndNewlines).wholeMatch(of: /0*1/) != nil, double.magnitude < 3_000_000 else {
            return .number(double)
        }
        let day = double.rounded(.down)
        guard day <= 2_958_465, day >= -600_000 else { return .number(double) }
        let start = (0..<60).contains(day) ? -25_568.0 : -25_569.0
        return .date(
            CivilTime(milliseconds: Int64(start + day) * 86_400_000 + Int64(((double - day) * 86_400_000).rounded(.toNearestOrEven)))
                .description)
    }

    private func finished(_ text: String) -> [UInt8] {
        var units: [UInt16] = []
        var rest = Substring(text).utf16
        while let unit = rest.first {
            let head = String(rest.prefix(7)) ?? ""
            if let found = head.wholeMatch(of: /_x([0-9A-Fa-f]{4})_/), let value = UInt16(found.1, radix: 16) {
                units.append(value)
                rest = rest.dropFirst(7)
            } else {
                units.append(unit)
                rest = rest.dropFirst()
            }
        }
        return Array(String(decoding: units, as: UTF16.self).precomposedStringWithCanonicalMapping.utf8)
    }
}
