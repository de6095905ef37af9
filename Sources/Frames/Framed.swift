/// A value that a frame can hold. It writes its bytes, and it is read from bytes that nobody vouches for.
protocol Framed {
    func write(to bytes: inout ByteWriter)
    init(from bytes: inout ByteReader) throws(FrameFault)
}

extension Framed {
    /// With the number of its bytes before them.
    var frame: [UInt8] {
        var bytes = ByteWriter()
        write(to: &bytes)
        return bytes.frame()
    }

    /// `bytes` are all bytes of the value, without their number.
    init(whole bytes: [UInt8]) throws(FrameFault) {
        var reader = ByteReader(bytes)
        self = try Self(from: &reader)
        guard reader.left == 0 else { throw FrameFault("a frame is longer than its content") }
    }
}

/// An enum travels as the number of its case and what the case holds.
extension ByteWriter {
    mutating func put(kind: UInt8) { put(kind) }

    mutating func put(kind: UInt8, _ content: some Framed) {
        put(kind)
        content.write(to: &self)
    }
}

extension ByteReader {
    mutating func kind() throws(FrameFault) -> UInt8 { try number() }
}

/// A value whose fields are described once. Writing it and reading it both follow from that.
protocol FramedRecord: Framed {
    /// Asks for each field once, in the order of their bytes, and makes a value of them. In writing, `field` gives back what it has
    /// just written, and nobody keeps the value.
    init<Form: Fields<Self>>(_ field: Form) throws(Form.Fault)
}

/// The fields of a value, on their way into bytes or out of them.
protocol Fields<Value> {
    associatedtype Value
    /// `Never` in writing.
    associatedtype Fault: Error

    func callAsFunction<Part: Framed>(_ part: (Value) -> Part) throws(Fault) -> Part

    /// What has to hold of the fields that were read.
    func check(_ holds: Bool, _ otherwise: String) throws(Fault)
}

extension FramedRecord {
    @inline(__always) func write(to bytes: inout ByteWriter) {
        unsafe withUnsafePointer(to: self) { value in
            unsafe withUnsafeMutablePointer(to: &bytes) { bytes in
                _ = Self(unsafe WrittenFields(value: value, bytes: bytes))
            }
        }
    }

    @inline(__always) init(from bytes: inout ByteReader) throws(FrameFault) {
        self = try unsafe withUnsafeMutablePointer(to: &bytes) { bytes throws(FrameFault) in
            try Self(unsafe ReadFields(bytes: bytes))
        }
    }
}

/// Takes each field from the value and writes it. The pointers spare a copy of every sale. Safe because it lives within `write(to:)`
/// only, as they do.
@safe private struct WrittenFields<Value>: Fields {
    let value: UnsafePointer<Value>
    let bytes: UnsafeMutablePointer<ByteWriter>

    @inline(__always) func callAsFunction<Part: Framed>(_ part: (Value) -> Part) -> Part {
        let part = unsafe part(value.pointee)
        unsafe part.write(to: &bytes.pointee)
        return part
    }

    /// What we write is right. Whoever reads it checks it.
    func check(_ holds: Bool, _ otherwise: String) {}
}

/// Reads each field from the bytes. Safe because it lives within `init(from:)` only, as its pointer does.
@safe private struct ReadFields<Value>: Fields {
    let bytes: UnsafeMutablePointer<ByteReader>

    @inline(__always) func callAsFunction<Part: Framed>(_ part: (Value) -> Part) throws(FrameFault) -> Part {
        try unsafe Part(from: &bytes.pointee)
    }

    func check(_ holds: Bool, _ otherwise: String) throws(FrameFault) {
        if !holds { throw FrameFault(otherwise) }
    }
}
