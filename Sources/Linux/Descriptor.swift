import CLinux
import Glibc

/// Owns one file descriptor and closes it.
package final class Descriptor: Sendable {
    package let number: Int32

    /// Takes over an open descriptor.
    package init(owning number: Int32) { self.number = number }

    /// Opens `path`, relative to `folder` where one is given; close-on-exec always.
    package init(opening path: String, in folder: Descriptor? = nil, flags: Int32, mode: mode_t = 0) throws(SystemFault) {
        let opened = retrying { unsafe linux_openat(folder?.number ?? AT_FDCWD, path, flags | O_CLOEXEC, mode) }
        guard opened >= 0 else { throw SystemFault("open", path: path) }
        number = opened
    }

    /// A file without a name, gone with its last descriptor.
    package init(unnamedIn folder: String) throws(SystemFault) {
        let opened = retrying { unsafe linux_open_unnamed(folder) }
        guard opened >= 0 else { throw SystemFault("open", path: folder) }
        number = opened
    }

    deinit { close(number) }

    /// Makes what was written, or renamed within this folder, survive a power cut.
    package func sync(path: String = "") throws(SystemFault) {
        guard retrying({ fsync(number) }) == 0 else { throw SystemFault("fsync", path: path) }
    }

    /// Tells the kernel to begin writing out what it holds of the file; `sync` then waits for less. Nothing depends on it.
    package func startWriting() { linux_start_writing(number) }

    package func write(_ bytes: some Collection<UInt8>, path: String = "") throws(SystemFault) {
        let all = Array(bytes)
        var done = 0
        while done < all.count {
            let written = retrying {
                unsafe all.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress.map { unsafe $0 + done }, all.count - done) }
            }
            guard written > 0 else { throw SystemFault("write", path: path) }
            done += written
        }
    }

    /// The same, without a copy.
    package func write(_ piece: RawSpan, path: String = "") throws(SystemFault) {
        var done = 0
        while done < piece.byteCount {
            let written = retrying {
                unsafe piece.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress.map { unsafe $0 + done }, $0.count - done) }
            }
            guard written > 0 else { throw SystemFault("write", path: path) }
            done += written
        }
    }
}

/// Repeats a call that a signal interrupted.
@inlinable package func retrying<Result: FixedWidthInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
