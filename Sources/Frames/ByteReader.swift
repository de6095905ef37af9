/// A frame that cannot be: cut off, too long, or with values that no reader of ours writes. Its sender has gone wrong.
package struct FrameFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Reads what `ByteWriter` wrote, as it would read input from the network: nothing is taken on trust.
struct ByteReader: ~Copyable {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many bytes have not been read.
    var left: Int { bytes.count - place }

    @inline(__always) mutating func number<Number: FixedWidthInteger & BitwiseCopyable>() throws(FrameFault) -> Number {
        let width = MemoryLayout<Number>.size
        guard left >= width else { throw FrameFault("a frame was cut off") }
        defer { place += width }
        return Number(littleEndian: unsafe bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Number.self))
    }

    /// Bytes with their number before them.
    mutating func counted() throws(FrameFault) -> ArraySlice<UInt8> {
        let count = Int(try number() as UInt32)
        guard count <= left else { throw FrameFault("a text is longer than its frame") }
        defer { place += count }
        return bytes[place..<place + count]
    }

    /// A list's length. Each element takes a byte at least, so a list cannot be longer than its frame.
    mutating func listLength() throws(FrameFault) -> Int {
        let count = Int(try number() as UInt32)
        guard count <= left else { throw FrameFault("a list is longer than its frame") }
        return count
    }
}
