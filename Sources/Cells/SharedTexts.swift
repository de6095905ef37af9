/// A workbook's shared strings in one buffer: text `n` lies between `ends[n - 1]` and `ends[n]`.
/// Both arrays are shared by reference, so a copy costs nothing.
@frozen public struct SharedTexts: Sendable {
    public private(set) var bytes: [UInt8] = []
    public private(set) var ends: [Int32] = []

    @inlinable public init() {}

    @inlinable public var count: Int { ends.count }

    /// Makes the bytes since the last call one text. Nil texts cannot be made: an empty one has no bytes.
    public mutating func append(_ text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(Int32(clamping: bytes.count))
    }

    /// The same for the reader's buffer: without generics, and so without their price across modules.
    public mutating func append(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
        ends.append(Int32(clamping: bytes.count))
    }

    @inlinable public func isEmpty(_ index: Int) -> Bool { ends[index] == (index == 0 ? 0 : ends[index - 1]) }

    /// Whether there is an empty text among them.
    public var hasEmpty: Bool { ends.indices.contains { isEmpty($0) } }

    /// Makes room ahead, so that growing does not hold everything twice.
    public mutating func reserve(bytes count: Int) { bytes.reserveCapacity(count) }

    @inlinable public func withText<Result>(_ index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        guard index >= 0, index < ends.count else { return try body(Span()) }
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return try body(bytes.span.extracting(start..<Int(ends[index])))
    }
}
