import Foundation
import Glibc
import Linux
import Testing

@testable import Folders

@Suite struct RootTests {
    @Test func `senders are the folders that have an inbox, and no others`() async throws {
        try await Playground.with(["galilu", "boxnox"]) { playground, root in
            try playground.makeFolder("no inbox")
            try playground.makeFolder("elsewhere")
            try playground.makeFolder("elsewhere/inbox")
            try playground.makeFolder("bad\nname")
            try playground.makeFolder("bad\nname/inbox")
            try playground.linkSymbolically("linked", to: "elsewhere")
            try playground.drop("x", at: "plain")
            #expect(try root.resellers() == ["boxnox", "elsewhere", "galilu"])
            try playground.removeFolder("boxnox/inbox/replace")
            #expect(
                try root.inboxes() == [
                    .reseller("boxnox"), .reseller("elsewhere"), .reseller("galilu"), .reseller("galilu", .replace), .reference,
                ])
        }
    }

    @Test func `a second daemon is told who works under the root`() async throws {
        try await Playground.with { playground, root in
            let lock = try root.lock()
            let second = try Root(path: playground.path)
            #expect(throws: RootTaken(root: playground.path, pid: getpid())) { try second.lock() }
            #expect(RootTaken(root: "/r", pid: 7).description.contains("process id 7"))
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `the lock is free again when the daemon that held it is gone`() async throws {
        try await Playground.with { _, root in
            do { _ = try root.lock() }
            #expect(throws: Never.self) { try root.lock() }
        }
    }

    @Test func `a lock that a dead daemon has left to a child that is just starting is waited for`() async throws {
        try await Playground.with { playground, root in
            let dead = Process()
            dead.executableURL = URL(fileURLWithPath: "/bin/true")
            try dead.run()
            dead.waitUntilExit()
            let path = playground.path(".ledger/lock")
            try "\(dead.processIdentifier)\n".write(toFile: path, atomically: false, encoding: .utf8)
            let heir = unsafe open(path, O_RDWR | O_CLOEXEC)
            #expect(flock(heir, LOCK_EX | LOCK_NB) == 0)
            // A thread of its own, since the tests' shared ones may all be busy.
            Thread.detachNewThread {
                usleep(200_000)
                close(heir)
            }
            #expect(throws: Never.self) { try root.lock() }
        }
    }

    @Test func `our own folders are nobody else's, and laying out again keeps what is there`() async throws {
        try await Playground.with { playground, root in
            for name in [".spool", ".archive", ".ledger"] {
                var found = stat()
                try #require(unsafe stat(playground.path(name), &found) == 0)
                #expect(found.st_mode & 0o7777 == 0o700)
            }
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            try RootLayout(path: playground.path).make(resellers: ["boxnox", "cdlc"])
            #expect(playground.text(at: "boxnox/inbox/a.csv") == "x")
            #expect(try root.resellers() == ["boxnox", "cdlc"])
        }
    }

    @Test func `a root that was replaced by another folder is noticed`() async throws {
        try await Playground.with { playground, root in
            #expect(root.isInPlace)
            let aside = playground.path + ".aside"
            #expect(unsafe rename(playground.path, aside) == 0)
            #expect(!root.isInPlace)
            #expect(unsafe mkdir(playground.path, 0o755) == 0)
            #expect(!root.isInPlace)
            #expect(unsafe rmdir(playground.path) == 0)
            #expect(unsafe rename(aside, playground.path) == 0)
            #expect(root.isInPlace)
        }
    }
}
