/// A value that a frame can hold: it writes its bytes, and is read from bytes that nobody has vouched for.
protocol Framed {
    func write(to bytes: inout ByteWriter)
    init(from bytes: inout ByteReader) throws(FrameFault)
}

/// A value that is described once, by its fields; writing it and reading it both follow from that.
protocol FramedRecord: Framed {
    /// Asks for each field once, in the order of the bytes, and makes the value of them. In writing, `field` hands back what it has
    /// just written, and the copy that is made of it goes nowhere.
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

/// Takes each field from the value and writes it. Safe because it lives within `write(to:)` only, and its pointers with it; they
/// spare a copy of every sale.
@safe private struct WrittenFields<Value>: Fields {
    let value: UnsafePointer<Value>
    let bytes: UnsafeMutablePointer<ByteWriter>

    @inline(__always) func callAsFunction<Part: Framed>(_ part: (Value) -> Part) -> Part {
        let part = unsafe part(value.pointee)
        unsafe part.write(to: &bytes.pointee)
        return part
    }

    /// Values of our own are right; the daemon checks them in reading.
    func check(_ holds: Bool, _ otherwise: String) {}
}

/// Reads each field. Safe because it lives within `init(from:)` only, and its pointer with it.
@safe private struct ReadFields<Value>: Fields {
    let bytes: UnsafeMutablePointer<ByteReader>

    @inline(__always) func callAsFunction<Part: Framed>(_ part: (Value) -> Part) throws(FrameFault) -> Part {
        try unsafe Part(from: &bytes.pointee)
    }

    func check(_ holds: Bool, _ otherwise: String) throws(FrameFault) {
        if !holds { throw FrameFault(otherwise) }
    }
}
