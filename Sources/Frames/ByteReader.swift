/// Reads what `ByteWriter` wrote, as it would read input from the network: nothing is taken on trust.
package struct ByteReader {
    private let bytes: [UInt8]
    private var place = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var isAtEnd: Bool { place == bytes.count }

    @inline(__always) mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) throws(FrameFault) -> Value {
        let width = Value.bitWidth / 8
        guard bytes.count - place >= width else { throw FrameFault("a frame was cut off") }
        var value: Value = 0
        for index in 0..<width { value |= Value(truncatingIfNeeded: bytes[place + index]) << (8 * index) }
        place += width
        return value
    }

    mutating func flag() throws(FrameFault) -> Bool {
        let byte: UInt8 = try integer()
        guard byte < 2 else { throw FrameFault("a flag is neither true nor false") }
        return byte == 1
    }

    mutating func blob() throws(FrameFault) -> [UInt8] {
        let count = Int(try integer(UInt32.self))
        guard count <= bytes.count - place else { throw FrameFault("a text is longer than its frame") }
        defer { place += count }
        return Array(bytes[place..<place + count])
    }

    mutating func text() throws(FrameFault) -> String { String(decoding: try blob(), as: UTF8.self) }

    mutating func optional<Value>(_ read: (inout ByteReader) throws(FrameFault) -> Value) throws(FrameFault) -> Value? {
        try flag() ? try read(&self) : nil
    }

    /// Every element takes a byte at least, so a list cannot claim to be longer than its frame.
    mutating func list<Value>(_ read: (inout ByteReader) throws(FrameFault) -> Value) throws(FrameFault) -> [Value] {
        let count = Int(try integer(UInt32.self))
        guard count <= bytes.count - place else { throw FrameFault("a list is longer than its frame") }
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try read(&self)) }
        return values
    }

    mutating func choice<Value: RawRepresentable>(_: Value.Type = Value.self) throws(FrameFault) -> Value where Value.RawValue == String {
        let raw = try text()
        guard let value = Value(rawValue: raw) else { throw FrameFault("\(Value.self) has no \(raw.prefix(40))") }
        return value
    }

    mutating func end() throws(FrameFault) {
        guard isAtEnd else { throw FrameFault("a frame is longer than its content") }
    }
}
