/// Writes values one behind the other, little-endian, texts and lists with their length before them.
package struct ByteWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    @inline(__always) mutating func put(_ value: some FixedWidthInteger) {
        var rest = value.littleEndian
        for _ in 0..<(value.bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func put(_ value: Bool) { bytes.append(value ? 1 : 0) }

    mutating func put(_ text: String) {
        put(UInt32(clamping: text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func put(_ blob: [UInt8]) {
        put(UInt32(clamping: blob.count))
        bytes.append(contentsOf: blob)
    }

    mutating func put<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
        put(value != nil)
        if let value { write(&self, value) }
    }

    mutating func put<Value>(all values: [Value], _ write: (inout ByteWriter, Value) -> Void) {
        put(UInt32(clamping: values.count))
        for value in values { write(&self, value) }
    }

    /// The bytes as a frame: their number before them.
    package func framed() -> [UInt8] {
        var whole = ByteWriter()
        whole.bytes.reserveCapacity(bytes.count + 4)
        whole.put(bytes)
        return whole.bytes
    }
}
