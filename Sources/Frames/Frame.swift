import Cells
import Sellout

/// What the reader process tells the daemon.
package enum Frame: Sendable {
    case recognised(Detection)
    case harvested(Harvested)
    /// Cells as they are, for `cells` and for reference files.
    case rows(RawRows)
    case sheet(SheetSummary)
    /// The file was read to its end.
    case finished(Findings)
    case refused(FileRefusal)

    /// No frame is longer: a reader that claims so has gone wrong.
    package static let longest = 32 << 20

    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .recognised(let detection):
            writer.put(UInt8(2))
            writer.put(detection)
        case .harvested(let harvested):
            writer.put(UInt8(3))
            writer.put(harvested)
        case .rows(let rows):
            writer.put(UInt8(4))
            writer.put(rows)
        case .sheet(let sheet):
            writer.put(UInt8(5))
            writer.put(sheet)
        case .finished(let findings):
            writer.put(UInt8(6))
            writer.put(findings)
        case .refused(let refusal):
            writer.put(UInt8(7))
            writer.put(refusal)
        }
        return writer.framed()
    }

    /// `bytes` without the length before them.
    package init(_ bytes: [UInt8]) throws(FrameFault) {
        var reader = ByteReader(bytes)
        switch try reader.integer(UInt8.self) {
        case 2: self = .recognised(try reader.detection())
        case 3: self = .harvested(try reader.harvested())
        case 4: self = .rows(try reader.rawRows())
        case 5: self = .sheet(try reader.sheetSummary())
        case 6: self = .finished(try reader.findings())
        case 7: self = .refused(try reader.refusal())
        default: throw FrameFault("a frame is of no known kind")
        }
        try reader.end()
    }
}
