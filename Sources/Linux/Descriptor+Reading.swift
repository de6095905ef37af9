import Glibc

extension Descriptor {
    /// Fills `buffer` from `offset` on, as far as one call goes; 0 is the end. The descriptor's own position stays.
    package func read(into buffer: inout [UInt8], at offset: Int64, path: String = "") throws(SystemFault) -> Int {
        let got = retrying { unsafe buffer.withUnsafeMutableBytes { unsafe pread(number, $0.baseAddress, $0.count, off_t(offset)) } }
        guard got >= 0 else { throw SystemFault("read", path: path) }
        return got
    }

    /// Fills `buffer` from where the descriptor stands; nil where nothing is there yet.
    package func readAvailable(into buffer: inout [UInt8], path: String = "") throws(SystemFault) -> Int? {
        let got = retrying { unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, $0.count) } }
        guard got < 0 else { return got }
        let fault = SystemFault("read", path: path)
        guard fault.errno == EAGAIN else { throw fault }
        return nil
    }
}
