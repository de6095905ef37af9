import CLinux
import Glibc
import Linux

extension Descriptor {
    /// Sends all bytes through a socket, and a descriptor with the first of them.
    func send(_ bytes: [UInt8], with file: Descriptor? = nil) throws(SystemFault) {
        var done = 0
        while done < bytes.count {
            let sent = retrying {
                unsafe bytes.withUnsafeBytes {
                    unsafe linux_send_with_descriptor(
                        number, $0.baseAddress.map { unsafe $0 + done }, bytes.count - done, done == 0 ? file?.number ?? -1 : -1)
                }
            }
            guard sent > 0 else { throw SystemFault("send to the reader") }
            done += sent
        }
    }

    /// Receives exactly `count` bytes, and a descriptor if one came with them; nil where the other side is gone.
    func receive(_ count: Int) throws(SystemFault) -> (bytes: [UInt8], file: Descriptor?)? {
        var bytes = [UInt8](repeating: 0, count: count)
        var file: Descriptor?
        var done = 0
        while done < count {
            var arrived: Int32 = -1
            let received = retrying {
                unsafe bytes.withUnsafeMutableBytes {
                    unsafe linux_receive_with_descriptor(number, $0.baseAddress.map { unsafe $0 + done }, count - done, &arrived)
                }
            }
            if arrived >= 0 { file = Descriptor(owning: arrived) }
            if received < 0 { throw SystemFault("receive orders") }
            if received == 0 { return nil }
            done += received
        }
        return (bytes, file)
    }
}
