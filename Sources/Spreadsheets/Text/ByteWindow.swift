/// Gives bytes in order, as many as there is room for or fewer; 0 only at the end.
protocol ByteSource: AnyObject {
    @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int
}

/// The bytes of a file from an offset on.
final class FileSource: ByteSource {
    private let file: FileBytes
    private var offset: Int
    private let end: Int

    init(_ file: FileBytes, from offset: Int, count: Int? = nil) {
        self.file = file
        self.offset = offset
        end = count.map { offset + $0 } ?? file.size
    }

    @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        let got = unsafe try file.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(max(0, end - offset))))
        offset += got
        return got
    }
}

/// A window that slides over a source's bytes. At least `slack` zero bytes always follow its last byte: a scan that stops at zero
/// and one that loads a few bytes ahead stay inside without counting.
@safe final class ByteWindow {
    static let slack = 64

    private let source: any ByteSource
    private let largest: Int
    private let fault: SpreadsheetFault
    private var capacity: Int
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    /// Whether the source has no more bytes behind the window's.
    private(set) var isLast = false

    /// - Parameters:
    ///   - largest: what the window may grow to when nothing can be dropped.
    ///   - fault: thrown when that is not enough.
    init(_ source: any ByteSource, capacity: Int = 256 << 10, largest: Int, fault: SpreadsheetFault) {
        self.source = source
        self.largest = largest
        self.fault = fault
        let capacity = min(capacity, largest)
        self.capacity = capacity
        unsafe base = UnsafeMutablePointer.allocate(capacity: capacity + ByteWindow.slack)
        unsafe base.initialize(repeating: 0, count: capacity + ByteWindow.slack)
    }

    deinit { unsafe base.deallocate() }

    /// Drops the first bytes and reads more behind the others. Pointers into the window are void after this.
    func slide(dropping dropped: Int) throws(SpreadsheetFault) {
        precondition(dropped >= 0 && dropped <= count)
        count -= dropped
        if dropped > 0 { unsafe base.update(from: base + dropped, count: count) }
        if count == capacity { try grow() }
        while count < capacity, !isLast {
            let room = unsafe UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count)
            let got = unsafe try source.read(into: room)
            isLast = got == 0
            count += got
            // A source may give a few bytes at a time. Where nothing could be dropped the same bytes are scanned again, so then the
            // window is filled: it must not grow by little steps with a scan for each.
            if dropped > 0, count >= capacity / 2 { break }
        }
        unsafe (base + count).update(repeating: 0, count: ByteWindow.slack)
    }

    /// Reads to the source's end: only there is a packed part's checksum compared.
    func drain() throws(SpreadsheetFault) {
        while !isLast { try slide(dropping: count) }
    }

    private func grow() throws(SpreadsheetFault) {
        guard capacity < largest else { throw fault }
        let wider = min(capacity * 2, largest)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: wider + ByteWindow.slack)
        unsafe moved.initialize(from: base, count: count)
        unsafe (moved + count).initialize(repeating: 0, count: wider + ByteWindow.slack - count)
        unsafe base.deallocate()
        unsafe base = moved
        capacity = wider
    }
}
