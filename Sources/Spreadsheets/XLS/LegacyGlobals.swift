import Cells

/// What an old workbook says before its sheets: their names, how numbers are shown, and its shared texts.
struct LegacyGlobals {
    struct Entry {
        let sheet: Sheet
        let offset: Int
    }

    private(set) var isUnicode = true
    private var codePage = 1252
    private(set) var dates = DateSystem(startsIn1904: false)
    private(set) var sheets: [Entry] = []
    private(set) var shared = SharedTexts()
    /// Whether Excel itself has calculated the formulas.
    private(set) var isCalculated = false
    /// By format number.
    private var showsDate: [Int: Bool] = [:]
    /// The format number of each style.
    private var formats: [Int] = []
    private let limits: Limits

    init(_ stream: CompoundStream, limits: Limits) throws(SpreadsheetFault) {
        self.limits = limits
        var records = LegacyRecords(stream, at: 0)
        guard let first = try records.next(), first.kind == .beginning, let version = first.body.u16(0),
            version == 0x0600 || version == 0x0500
        else { throw .damaged("its workbook does not begin like one") }
        isUnicode = version == 0x0600
        var position = 0
        while let record = try records.next() {
            switch record.kind {
            case .end:
                if sheets.isEmpty { throw .noSheets }
                return
            case .filePassword: throw .encrypted
            case .codePage: codePage = record.body.u16(0) ?? codePage
            case .calculation: isCalculated = true
            case .dateMode: dates = DateSystem(startsIn1904: record.body.u16(0) == 1)
            case .boundSheet:
                try take(sheet: record.body, position: position)
                position += 1
            case .format: take(format: record.body)
            case .extendedFormat: formats.append(record.body.u16(2) ?? 0)
            case .sharedTexts: try readShared(record.body, &records)
            default: break
            }
        }
        throw .damaged("it ends before its sheets begin, so it was cut off on the way")
    }

    /// Where the first sheet behind that place begins; past all bytes where there is none.
    func start(ofSheetBehind offset: Int) -> Int { sheets.lazy.map(\.offset).filter { $0 > offset }.min() ?? .max }

    func isDate(_ style: Int) -> Bool {
        guard formats.indices.contains(style) else { return false }
        return showsDate[formats[style]] ?? DateFormat.isDate(builtIn: formats[style])
    }

    /// A text with its length in front, as this workbook's version writes it.
    func text(_ body: LittleEndian, at offset: Int, isShort: Bool) throws(SpreadsheetFault) -> [UInt8] {
        guard let count = isShort ? body.u8(offset) : body.u16(offset) else { throw LegacyText.cutOff }
        var bytes: [UInt8] = []
        let start = offset + (isShort ? 1 : 2)
        if isUnicode {
            var text = LegacyText(body, at: start)
            try text.unicode(count: count, to: &bytes)
        } else {
            guard let raw = body.slice(start, count) else { throw LegacyText.cutOff }
            LegacyText.append(CodePage.units(raw, page: codePage), to: &bytes)
        }
        return bytes
    }

    private mutating func take(sheet body: LittleEndian, position: Int) throws(SpreadsheetFault) {
        guard let offset = body.u32(0), let visibility = body.u8(4), let kind = body.u8(5) else { throw LegacyText.cutOff }
        // Charts, macros and modules have tabs too.
        guard kind == 0 else { return }
        guard sheets.count < limits.sheets else { throw .limit("it has more than \(limits.sheets) sheets", .split) }
        let name = String(decoding: try text(body, at: 6, isShort: true), as: UTF8.self)
        guard !sheets.contains(where: { $0.offset == offset }) else { throw .damaged("two of its tabs are one and the same sheet") }
        sheets.append(Entry(sheet: Sheet(name: name, isHidden: visibility & 3 != 0, position: position), offset: offset))
    }

    /// A format that cannot be read shows no dates, and the others stay as they are.
    private mutating func take(format body: LittleEndian) {
        guard let number = body.u16(0) else { return }
        let code = try? text(body, at: 2, isShort: !isUnicode)
        showsDate[number] = code.map { DateFormat.isDate(code: String(decoding: $0, as: UTF8.self)) } ?? false
    }

    /// The table may announce more texts than it holds. As in Excel this harms only cells that name one of those.
    private mutating func readShared(_ body: LittleEndian, _ records: inout LegacyRecords) throws(SpreadsheetFault) {
        guard let count = body.u32(4) else { throw LegacyText.cutOff }
        var text = LegacyText(body, at: 8, continuedIn: records)
        var bytes: [UInt8] = []
        while shared.count < count, try text.hasMore() {
            guard shared.count < limits.sharedTexts else { throw .limit("it has more than \(limits.sharedTexts) shared texts", .split) }
            bytes.removeAll(keepingCapacity: true)
            try text.unicode(count: try text.u16(), to: &bytes)
            guard bytes.count <= limits.heldTextBytes - shared.bytes.count else {
                throw .limit("its shared texts are longer than \(limits.heldTextBytes) bytes together", .split)
            }
            shared.append(bytes)
        }
    }
}
