/// A record of an old workbook: a kind and up to 8 KiB.
struct LegacyRecord {
    enum Kind: Int {
        case beginning = 0x0809
        case end = 0x000A
        case formula = 0x0006
        case dateMode = 0x0022
        case filePassword = 0x002F
        case continuation = 0x003C
        case codePage = 0x0042
        case boundSheet = 0x0085
        case multipleRK = 0x00BD
        case richText = 0x00D6
        case extendedFormat = 0x00E0
        case mergedCells = 0x00E5
        case sharedTexts = 0x00FC
        /// Which Excel has calculated the formulas.
        case calculation = 0x01C1
        case sharedLabel = 0x00FD
        case number = 0x0203
        case label = 0x0204
        case boolOrError = 0x0205
        case string = 0x0207
        case row = 0x0208
        case rk = 0x027E
        case format = 0x041E

        /// Some programs write formulas under the numbers that Excel 3 and 4 gave them; their fields are the same.
        init?(number: Int) { self.init(rawValue: number == 0x0206 || number == 0x0406 ? Kind.formula.rawValue : number) }

        var isCell: Bool {
            switch self {
            case .number, .rk, .multipleRK, .sharedLabel, .label, .richText, .boolOrError, .formula: true
            default: false
            }
        }
    }

    /// Nil for the many kinds that nobody here needs.
    let kind: Kind?
    let body: LittleEndian

    /// Of a formula: what its last result is, if it is no number.
    var resultKind: Int? { body.u16(12) == 0xFFFF ? body.u8(6) : nil }
    static let emptyText = 3
}

/// Reads records one after the other.
struct LegacyRecords {
    private let stream: CompoundStream
    private var block: [UInt8] = []
    private var at = 0
    /// Where the block begins in the stream.
    private var blockStart: Int
    /// How much is read at once: little behind a jump, since the next one may come soon.
    private var blockSize = longestBlock
    private static let longestBlock = 128 << 10

    init(_ stream: CompoundStream, at offset: Int) {
        self.stream = stream
        blockStart = offset
    }

    /// Where the next record begins in the stream.
    var offset: Int { blockStart + at }

    mutating func seek(_ offset: Int) {
        if offset >= blockStart, offset <= blockStart + block.count {
            at = offset - blockStart
        } else {
            (block, at, blockStart, blockSize) = ([], 0, offset, 4 << 10)
        }
    }

    /// Nil at the stream's end.
    mutating func next() throws(SpreadsheetFault) -> LegacyRecord? {
        guard try hold(4) else { return nil }
        let header = LittleEndian(block[at..<at + 4])
        guard let kind = header.u16(0), let length = header.u16(2) else { return nil }
        guard try hold(4 + length) else { throw .damaged("it ends inside a record, so it was cut off on the way") }
        let body = block[at + 4..<at + 4 + length]
        at += 4 + length
        return LegacyRecord(kind: LegacyRecord.Kind(number: kind), body: LittleEndian(body))
    }

    /// The next record if it continues the last one; any other stays to be read.
    mutating func nextContinuation() throws(SpreadsheetFault) -> LegacyRecord? {
        guard try hold(4), LittleEndian(block[at..<at + 4]).u16(0) == LegacyRecord.Kind.continuation.rawValue else { return nil }
        return try next()
    }

    private mutating func hold(_ count: Int) throws(SpreadsheetFault) -> Bool {
        if block.count - at >= count { return true }
        blockStart += at
        at = 0
        // Records still point into the old block, so a new one is made.
        block = try stream.bytes(at: blockStart, count: max(count, blockSize))
        blockSize = min(blockSize * 2, LegacyRecords.longestBlock)
        return block.count >= count
    }
}
