import Foundation
import Glibc
import Systemd
import Testing

/// Each in a process of its own: the environment says where the service manager listens.
@Suite struct NotifierTests {
    @Test func `every notification arrives as the manual spells it, on a socket in the file system`() async {
        await #expect(processExitsWith: .success) {
            let name = socketName(abstract: false)
            let manager = try NotifySocket(name)
            let notifier = Notifier()
            #expect(notifier.ready() == .sent)
            #expect(try manager.receive() == "READY=1")
            notifier.ready(status: "Watching 8 resellers.")
            #expect(try manager.receive() == "READY=1\nSTATUS=Watching 8 resellers.")
            notifier.status("2 files running")
            #expect(try manager.receive() == "STATUS=2 files running")
            notifier.heartbeat()
            #expect(try manager.receive() == "WATCHDOG=1")
            notifier.stopping(status: "Finishing 2 files.")
            #expect(try manager.receive() == "STOPPING=1\nSTATUS=Finishing 2 files.")
            notifier.extendTimeout(by: .seconds(30))
            #expect(try manager.receive() == "EXTEND_TIMEOUT_USEC=30000000")
            for (time, written) in [(Duration.seconds(Int64.min), "0"), (.seconds(Int64.max), "86400000000"), (.milliseconds(-1), "0")] {
                notifier.extendTimeout(by: time)
                #expect(try manager.receive() == "EXTEND_TIMEOUT_USEC=" + written)
            }
            unsafe unlink(name)
        }
    }

    @Test func `notifications arrive on an abstract socket`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            #expect(Notifier().ready() == .sent)
            #expect(try manager.receive() == "READY=1")
        }
    }

    @Test func `a reload bears the monotonic time of its beginning`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            var before = timespec()
            unsafe clock_gettime(CLOCK_MONOTONIC, &before)
            Notifier().reloading(status: "Reading profiles.")
            var after = timespec()
            unsafe clock_gettime(CLOCK_MONOTONIC, &after)
            let lines = try manager.receive().components(separatedBy: "\n")
            #expect(lines.count == 3)
            #expect(lines.first == "RELOADING=1")
            #expect(lines.last == "STATUS=Reading profiles.")
            let stamp = try #require(Int(lines[1].dropFirst("MONOTONIC_USEC=".count)))
            #expect(stamp >= before.tv_sec * 1_000_000 + before.tv_nsec / 1000)
            #expect(stamp <= after.tv_sec * 1_000_000 + after.tv_nsec / 1000)
        }
    }

    @Test func `a file name with line breaks stays one line, and no assignment comes out of it`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            Notifier().status("Reading a\nWATCHDOG=1\r\n\u{202E}\u{2028}\0\u{1B}[31mü.csv")
            #expect(try manager.receive() == #"STATUS=Reading a\nWATCHDOG=1\r\n\u{202E}\u{2028}\u{0000}\u{001B}[31mü.csv"#)
            #expect(manager.receiveIfAny() == nil)
        }
    }

    @Test func `a long status is cut between characters, short enough for the manager`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            Notifier().status(String(repeating: "€", count: 5000))
            let line = try manager.receive()
            #expect(line == "STATUS=" + String(repeating: "€", count: 166) + "…")
        }
    }

    @Test func `without a service manager every call is harmless`() async {
        await #expect(processExitsWith: .success) {
            unsafe unsetenv("NOTIFY_SOCKET")
            unsafe unsetenv("WATCHDOG_USEC")
            #expect(Notifier().ready() == .unsupervised)
            #expect(Notifier().watchdogInterval == nil)
        }
    }

    @Test func `a service manager that is gone is reported, and harmless`() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("NOTIFY_SOCKET", "@sellout-nobody-listens", 1)
            #expect(Notifier().ready() == .failed(errno: ECONNREFUSED))
        }
    }

    @Test func `the watchdog's interval is the one in the environment, if it is meant for this process`() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("WATCHDOG_USEC", "30000000", 1)
            unsafe setenv("WATCHDOG_PID", "\(getpid())", 1)
            #expect(Notifier().watchdogInterval == .seconds(30))
            unsafe setenv("WATCHDOG_PID", "1", 1)
            #expect(Notifier().watchdogInterval == nil)
        }
    }
}
