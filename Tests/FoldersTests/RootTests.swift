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
            try playground.makeFolder("lost+found")
            try playground.makeFolder("lost+found/inbox")
            #expect(
                try root.survey().inboxes.filter { $0.mode == .append }.map(\.sender.description) == [
                    "boxnox", "elsewhere", "galilu", "reference",
                ])
            try playground.removeFolder("boxnox/inbox/replace")
            #expect(
                try root.survey().inboxes == [
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
            #expect(try root.survey().inboxes.map(\.description).contains("cdlc/inbox"))
        }
    }

    @Test func `a folder that somebody has laid out for two users keeps its mode`() async throws {
        try await Playground.with { playground, root in
            let shared = [".ledger": 0o2770, ".run": 0o2750, ".uploads": 0o2770] as KeyValuePairs<String, mode_t>
            try root.makeRunFolder()
            for (name, mode) in shared { try #require(unsafe chmod(playground.path(name), mode) == 0) }
            try Root(path: playground.path).makeRunFolder()
            for (name, mode) in shared {
                var found = stat()
                try #require(unsafe stat(playground.path(name), &found) == 0)
                #expect(found.st_mode & 0o7777 == mode, "\(name)")
            }
        }
    }

    @Test func `a folder with a name too long to be noted is named as its own trouble`() async throws {
        try await Playground.with { playground, root in
            let long = String(repeating: "n", count: FileName.longestSender + 1)
            try playground.makeFolder(long)
            try playground.makeFolder(long + "/inbox")
            let survey = try root.survey()
            #expect(survey.troubles.keys.map { $0 } == [playground.path(long)])
            #expect(survey.inboxes.contains(.reseller("boxnox")))
        }
    }
}
