/// A window that slides over a source's bytes. Behind the last byte there are always `slack` zero bytes, so a scan that stops at
/// zero, and one that loads a few bytes ahead, stay inside without counting.
@safe final class ByteWindow {
    static let slack = 64

    private let source: any ByteSource
    private let largest: Int
    private let fault: SpreadsheetFault
    private var capacity: Int
    private(set) var base: UnsafeMutablePointer<UInt8>
    /// Bytes in the window.
    private(set) var count = 0
    /// No byte follows those in the window.
    private(set) var isLast = false
    /// Bytes that have left the window.
    private(set) var passed = 0

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
        passed += dropped
        if dropped > 0 { unsafe base.update(from: base + dropped, count: count) }
        if count == capacity { try grow() }
        while count < capacity, !isLast {
            let room = unsafe UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count)
            let got = unsafe try source.read(into: room)
            isLast = got == 0
            count += got
            // One block at a time is enough, but a source may give crumbs.
            if count >= capacity / 2 { break }
        }
        unsafe (base + count).update(repeating: 0, count: ByteWindow.slack)
    }

    /// Reads to the source's end, where a packed part's checksum is verified.
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
