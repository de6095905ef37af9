import Sellout

/// What the reader process tells the daemon.
package enum Frame: Sendable {
    case recognised(Detection)
    case harvested(Harvested)
    /// How far into the file the reading has come, in percent: for who looks on, and for nothing else.
    case progress(Int)
    /// Cells as they are, for `cells` and for reference files.
    case rows(RawRows)
    case sheet(SheetSummary)
    /// What the columns of a sheet are called that holds sales.
    case header(SheetHeader)
    /// A first profile for a file that nobody knows.
    case draft(String)
    /// The file was read to its end.
    case finished(Findings)
    case refused(FileRefusal)

    /// No frame is longer: a reader that claims so has gone wrong.
    package static let longest = 32 << 20

    /// With the number of its bytes before them.
    package func encoded() -> [UInt8] { frame }

    /// `bytes` without their number.
    package init(_ bytes: [UInt8]) throws(FrameFault) { self = try Self(whole: bytes) }
}

extension Frame: Framed {
    func write(to bytes: inout ByteWriter) {
        switch self {
        case .recognised(let detection): bytes.put(kind: 1, detection)
        case .harvested(let harvested): bytes.put(kind: 2, harvested)
        case .rows(let rows): bytes.put(kind: 3, rows)
        case .sheet(let sheet): bytes.put(kind: 4, sheet)
        case .finished(let findings): bytes.put(kind: 5, findings)
        case .refused(let refusal): bytes.put(kind: 6, refusal)
        case .progress(let percent): bytes.put(kind: 7, UInt8(clamping: percent))
        case .header(let header): bytes.put(kind: 8, header)
        case .draft(let text): bytes.put(kind: 9, text)
        }
    }

    init(from bytes: inout ByteReader) throws(FrameFault) {
        switch try bytes.kind() {
        case 1: self = .recognised(try Detection(from: &bytes))
        case 2: self = .harvested(try Harvested(from: &bytes))
        case 3: self = .rows(try RawRows(from: &bytes))
        case 4: self = .sheet(try SheetSummary(from: &bytes))
        case 5: self = .finished(try Findings(from: &bytes))
        case 6: self = .refused(try FileRefusal(from: &bytes))
        case 7: self = .progress(min(99, Int(try UInt8(from: &bytes))))
        case 8: self = .header(try SheetHeader(from: &bytes))
        case 9: self = .draft(try String(from: &bytes))
        default: throw FrameFault("a frame is of no known kind")
        }
    }
}
