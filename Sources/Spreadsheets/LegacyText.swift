/// Texts of old workbooks, which may run on over several records.
struct LegacyText {
    private var segment: LittleEndian
    private var at: Int
    private var records: LegacyRecords?

    init(_ segment: LittleEndian, at: Int = 0, continuedIn records: LegacyRecords? = nil) {
        self.segment = segment
        self.at = at
        self.records = records
    }

    static let cutOff = SpreadsheetFault.damaged("a text in it ends too early")

    mutating func u8() throws(SpreadsheetFault) -> Int {
        if at >= segment.bytes.count { try nextSegment() }
        guard let value = segment.u8(at) else { throw LegacyText.cutOff }
        at += 1
        return value
    }

    mutating func u16() throws(SpreadsheetFault) -> Int { try u8() | (try u8()) << 8 }

    mutating func u32() throws(SpreadsheetFault) -> Int { try u16() | (try u16()) << 16 }

    mutating func skip(_ count: Int) throws(SpreadsheetFault) {
        var rest = count
        while rest > segment.bytes.count - at {
            rest -= segment.bytes.count - at
            try nextSegment()
        }
        at += rest
    }

    /// A BIFF8 text: options, the sizes of what follows the characters, and the characters.
    mutating func unicode(count: Int, to bytes: inout [UInt8]) throws(SpreadsheetFault) {
        // A text without characters may have no options either, at a record's end.
        guard count > 0 || at < segment.bytes.count else { return }
        let options = try u8()
        let runs = options & 8 != 0 ? try u16() : 0
        let phonetic = options & 4 != 0 ? try u32() : 0
        try characters(count, isWide: options & 1 != 0, to: &bytes)
        try skip(runs * 4 + phonetic)
    }

    private mutating func characters(_ count: Int, isWide: Bool, to bytes: inout [UInt8]) throws(SpreadsheetFault) {
        var units: [UInt16] = []
        units.reserveCapacity(count)
        var isWide = isWide
        while units.count < count {
            if at >= segment.bytes.count {
                // Where a text runs on, it says again how wide its characters are.
                try nextSegment()
                isWide = try u8() & 1 != 0
            }
            guard let unit = isWide ? segment.u16(at) : segment.u8(at) else { throw LegacyText.cutOff }
            units.append(UInt16(unit))
            at += isWide ? 2 : 1
        }
        LegacyText.append(units, to: &bytes)
    }

    static func append(_ units: [UInt16], to bytes: inout [UInt8]) {
        let start = bytes.count
        if units.allSatisfy({ $0 < 0x80 }) {
            for unit in units { bytes.append(UInt8(truncatingIfNeeded: unit)) }
        } else {
            bytes.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
            if let changed = Normalization.changed(bytes.span.extracting(start..<bytes.count)) {
                bytes.replaceSubrange(start..., with: changed)
            }
        }
    }

    private mutating func nextSegment() throws(SpreadsheetFault) {
        guard let next = try records?.nextContinuation() else { throw LegacyText.cutOff }
        segment = next.body
        at = 0
    }
}
