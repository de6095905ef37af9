import Glibc
import Systemd
import Testing

/// Exit tests: the environment and the low descriptors are the whole process'.
@Suite struct ActivatedSocketTests {
    @Test func `sockets are taken over with their names, once, and the environment forgets them`() async {
        await #expect(processExitsWith: .success) {
            let first = try Handed(2)
            first.announce(names: "http:status")
            let sockets = try ActivatedSocket.taken()
            #expect(sockets.map(\.name) == ["http", "status"])
            #expect(sockets.map(\.descriptor) == [3, 4])
            for name in ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"] { #expect(unsafe getenv(name) == nil) }
            // Children get none of them.
            for socket in sockets { #expect(fcntl(socket.descriptor, F_GETFD) & FD_CLOEXEC != 0) }
            #expect(try ActivatedSocket.taken() == [])
        }
    }

    @Test func `sockets without names are taken over too`() async {
        await #expect(processExitsWith: .success) {
            let first = try Handed(1)
            first.announce(names: nil)
            #expect(try ActivatedSocket.taken().map(\.name) == ["unknown"])
        }
    }

    @Test func `without a service manager there are none, and another process' are not ours`() async {
        await #expect(processExitsWith: .success) {
            let before = try ActivatedSocket.taken()
            unsafe setenv("LISTEN_FDS", "1", 1)
            unsafe setenv("LISTEN_PID", "1", 1)
            let after = try ActivatedSocket.taken()
            #expect(before.isEmpty && after.isEmpty)
        }
    }

    @Test(arguments: ["x", "-1", "99999999999"]) func `a count that is none is a fault with a sentence`(count: String) async {
        await #expect(processExitsWith: .success) { [count] in
            unsafe setenv("LISTEN_FDS", count, 1)
            unsafe setenv("LISTEN_PID", "\(getpid())", 1)
            let fault = #expect(throws: HandOverFault.self) { try ActivatedSocket.taken() }
            #expect(fault?.description.hasPrefix("The service manager's sockets were not taken over:") == true)
        }
    }
}

/// Sockets where a service manager puts them: at 3 and following.
private struct Handed {
    let count: Int32

    init(_ count: Int32) throws {
        self.count = count
        for number in 3..<3 + count {
            let made = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            if made != number {
                #expect(dup2(made, number) == number)
                close(made)
            }
        }
    }

    func announce(names: String?) {
        unsafe setenv("LISTEN_FDS", "\(count)", 1)
        unsafe setenv("LISTEN_PID", "\(getpid())", 1)
        if let names { unsafe setenv("LISTEN_FDNAMES", names, 1) }
    }
}
