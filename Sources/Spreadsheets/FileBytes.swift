import Glibc

/// A regular file through a descriptor that someone else opened and will close. Nothing else is ever opened.
struct FileBytes: Sendable {
    let descriptor: Int32
    let size: Int

    init(descriptor: Int32) throws(SpreadsheetFault) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw SpreadsheetFault(.unreadable, "This is not a file that can be read: a folder, a pipe or something else.")
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    /// Reads up to `count` bytes at `offset`; fewer only at the end of the file.
    func bytes(at offset: Int, count: Int) throws(SpreadsheetFault) -> [UInt8] {
        let wanted = max(0, min(count, size - max(0, offset)))
        guard offset >= 0, wanted > 0 else { return [] }
        var buffer = [UInt8](repeating: 0, count: wanted)
        var failure: SpreadsheetFault?
        let got = unsafe buffer.withUnsafeMutableBytes { target in
            do throws(SpreadsheetFault) { return unsafe try read(at: offset, into: target) } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        buffer.removeLast(wanted - got)
        return buffer
    }

    /// Fills the buffer from `offset`, as far as the file goes.
    @unsafe func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            let got = unsafe pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw SpreadsheetFault(.unreadable, "Reading the file failed (error \(errno)).") }
            if got == 0 { break }
            done += got
        }
        return done
    }
}
