/// A workbook's shared strings in one buffer: text `n` lies between `ends[n - 1]` and `ends[n]`.
/// Both arrays are shared by reference, so a copy costs nothing.
@frozen package struct SharedTexts: Sendable {
    package private(set) var bytes: [UInt8] = []
    package private(set) var ends: [Int32] = []

    @inlinable package init() {}

    @inlinable package var count: Int { ends.count }

    /// Makes the bytes since the last call one text. Nil texts cannot be made: an empty one has no bytes.
    package mutating func append(_ text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(Int32(clamping: bytes.count))
    }

    /// The same for the reader's buffer: without generics, and so without their price across modules.
    package mutating func append(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
        ends.append(Int32(clamping: bytes.count))
    }

    @inlinable package func isEmpty(_ index: Int) -> Bool { ends[index] == (index == 0 ? 0 : ends[index - 1]) }

    /// Whether there is an empty text among them.
    package var hasEmpty: Bool { ends.indices.contains { isEmpty($0) } }

    /// Makes room ahead, so that growing does not hold everything twice.
    package mutating func reserve(bytes count: Int) { bytes.reserveCapacity(count) }

    @inlinable package func withText<Result>(_ index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        guard index >= 0, index < ends.count else { return try body(Span()) }
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return try body(bytes.span.extracting(start..<Int(ends[index])))
    }
}
