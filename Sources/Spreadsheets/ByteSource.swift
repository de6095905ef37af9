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
