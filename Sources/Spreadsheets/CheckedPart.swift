import CISAL

/// A part's unpacked bytes, counted and summed on the way: a part that is not exactly what its directory says is never read to its end.
final class CheckedPart: ByteSource {
    private let source: any ByteSource
    private let entry: ZipEntry
    private var count = 0
    private var checksum: UInt32 = 0

    init(_ source: any ByteSource, entry: ZipEntry) {
        self.source = source
        self.entry = entry
    }

    @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        let got = unsafe try source.read(into: buffer)
        if got == 0 {
            guard unsafe buffer.isEmpty || count == entry.size && checksum == entry.checksum else {
                throw .damaged("the part \(entry.name) is not what it was when the file was made (its checksum is wrong)")
            }
            return 0
        }
        count += got
        guard count <= entry.size else { throw .damaged("the part \(entry.name) is longer than its ZIP directory says") }
        unsafe checksum = crc32_gzip_refl(checksum, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(got))
        return got
    }
}
