extension UInt8: Framed {}
extension Int16: Framed {}
extension Int32: Framed {}
extension Int64: Framed {}

extension Framed where Self: FixedWidthInteger & BitwiseCopyable {
    @inline(__always) func write(to bytes: inout ByteWriter) { bytes.put(self) }
    @inline(__always) init(from bytes: inout ByteReader) throws(FrameFault) { self = try bytes.number() }
}

/// A number of things, or a place among them. None is negative, and no file has so many cells.
extension Int: Framed {
    func write(to bytes: inout ByteWriter) { bytes.put(Int64(self)) }

    init(from bytes: inout ByteReader) throws(FrameFault) {
        let number: Int64 = try bytes.number()
        guard (0...1 << 40).contains(number) else { throw FrameFault("a count is impossible") }
        self = Int(number)
    }
}

extension Bool: Framed {
    @inline(__always) func write(to bytes: inout ByteWriter) { bytes.put(self ? 1 : 0 as UInt8) }

    @inline(__always) init(from bytes: inout ByteReader) throws(FrameFault) {
        let byte: UInt8 = try bytes.number()
        guard byte < 2 else { throw FrameFault("a flag is neither true nor false") }
        self = byte == 1
    }
}

extension String: Framed {
    func write(to bytes: inout ByteWriter) { bytes.put(counted: utf8) }
    init(from bytes: inout ByteReader) throws(FrameFault) { self.init(decoding: try bytes.counted(), as: UTF8.self) }
}

/// Bytes that travel as they are.
struct Blob: Framed {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func write(to bytes: inout ByteWriter) { bytes.put(counted: self.bytes) }
    init(from bytes: inout ByteReader) throws(FrameFault) { self.init(Array(try bytes.counted())) }
}

extension Optional: Framed where Wrapped: Framed {
    @inline(__always) func write(to bytes: inout ByteWriter) {
        (self != nil).write(to: &bytes)
        self?.write(to: &bytes)
    }

    @inline(__always) init(from bytes: inout ByteReader) throws(FrameFault) {
        self = try Bool(from: &bytes) ? try Wrapped(from: &bytes) : nil
    }
}

extension Array: Framed where Element: Framed {
    /// Memory is taken at once for so many elements, and for more of them only as they are read.
    private static var trusted: Int { 4096 }

    func write(to bytes: inout ByteWriter) {
        bytes.put(UInt32(clamping: count))
        for element in self { element.write(to: &bytes) }
    }

    init(from bytes: inout ByteReader) throws(FrameFault) {
        let count = try bytes.listLength()
        self.init()
        reserveCapacity(Swift.min(count, Array.trusted))
        for _ in 0..<count { append(try Element(from: &bytes)) }
    }
}

/// A choice travels by its name.
extension Framed where Self: RawRepresentable, RawValue == String {
    func write(to bytes: inout ByteWriter) { rawValue.write(to: &bytes) }

    init(from bytes: inout ByteReader) throws(FrameFault) {
        let name = try String(from: &bytes)
        guard let choice = Self(rawValue: name) else { throw FrameFault("\(Self.self) has no \(name.prefix(40))") }
        self = choice
    }
}
