import Batches
import Glibc
import Linux
import Testing

@testable import Folders

@Suite struct ClaimTests {
    @Test(arguments: [Inbox.reseller("boxnox"), .reseller("boxnox", .replace), .reference])
    func `a claimed file is in the spool under its batch and knows whence it came`(inbox: Inbox) async throws {
        try await Playground.with { playground, root in
            try playground.drop("content", at: "\(inbox)/a.csv")
            let batch = BatchID()
            let claimed = try #require(try Claim(root: root).take(Place(inbox, "a.csv"), as: batch).file)
            #expect(claimed.size == 7 && claimed.batch == batch)
            #expect(!playground.exists("\(inbox)/a.csv"))
            #expect(playground.text(at: ".spool/\(batch)/a.csv") == "content")
            // Another process, after a crash, finds the same.
            let found = try #require(try Root(path: playground.path).spool.files().first)
            #expect(found.batch == batch && found.inbox == inbox && found.name == "a.csv" && found.size == 7)
            #expect(found.receivedAt == claimed.receivedAt)
        }
    }

    @Test func `a file that its writer holds open is left alone until it is closed, however long it pauses`() async throws {
        try await Playground.with { playground, root in
            let place = Place(.reseller("boxnox"), "slow.csv")
            var uploader: Descriptor? = try playground.uploader(at: "boxnox/inbox/slow.csv")
            try uploader?.write("first half,".utf8)
            let steady = try InboxScan(root: root).look(at: place)?.fingerprint
            #expect(try Claim(root: root).take(place, steady: steady) == .busy)
            #expect(playground.names(in: ".spool") == [])
            try uploader?.write("second half".utf8)
            uploader = nil
            let claimed = try #require(try Claim(root: root).take(place).file)
            #expect(playground.text(at: ".spool/\(claimed.batch)/slow.csv") == "first half,second half")
        }
    }

    @Test func `a lease is seen to break when a writer comes, and lets it go on afterwards`() async throws {
        try await Playground.with { playground, root in
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            let path = playground.path("boxnox/inbox/a.csv")
            let file = try Descriptor(opening: path, flags: O_RDONLY)
            do {
                guard case .granted(let lease) = Lease.ask(for: file) else { throw SystemFault("lease") }
                #expect(!lease.isBeingBroken)
                #expect(throws: SystemFault("open", path: path, errno: EWOULDBLOCK)) {
                    try Descriptor(opening: path, flags: O_WRONLY | O_NONBLOCK)
                }
                #expect(lease.isBeingBroken)
            }
            #expect(throws: Never.self) { try Descriptor(opening: path, flags: O_WRONLY | O_NONBLOCK) }
        }
    }

    @Test(arguments: ["writer", "hard link", "new file"])
    func `a file that somebody comes back to while it is being moved goes back under its name`(meanwhile: String) async throws {
        try await Playground.with { playground, root in
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            let place = Place(.reseller("boxnox"), "a.csv")
            let path = playground.path("boxnox/inbox/a.csv")
            let inbox = try root.open(place.inbox)
            let file = try Descriptor(opening: path, flags: O_RDONLY)
            guard case .granted(let lease) = Lease.ask(for: file) else { throw SystemFault("lease") }
            // Sees the file under its old name; what it does comes just after the rename.
            switch meanwhile {
            case "writer":
                #expect(throws: SystemFault("open", path: path, errno: EWOULDBLOCK)) {
                    try Descriptor(opening: path, flags: O_WRONLY | O_NONBLOCK)
                }
            case "hard link": try playground.linkHard("boxnox/second", to: "boxnox/inbox/a.csv")
            default: try playground.drop("newer", at: "boxnox/inbox/a.csv")
            }
            let crate = try SpoolCrate(BatchID(), for: place, in: root.spool)
            let removal = try #require(try Removal(of: file, at: place, in: inbox, under: lease, into: crate))
            let outcome = try removal.finish()
            #expect(outcome == .busy)
            #expect(playground.text(at: "boxnox/inbox/a.csv") == (meanwhile == "new file" ? "newer" : "x"))
            #expect(playground.names(in: ".spool") == [])
        }
    }

    @Test func `a file that cannot go back, because its name is taken again, stays in the spool`() async throws {
        try await Playground.with { playground, root in
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            let place = Place(.reseller("boxnox"), "a.csv")
            let path = playground.path("boxnox/inbox/a.csv")
            let file = try Descriptor(opening: path, flags: O_RDONLY)
            guard case .granted(let lease) = Lease.ask(for: file) else { throw SystemFault("lease") }
            _ = try? Descriptor(opening: path, flags: O_WRONLY | O_NONBLOCK)
            let crate = try SpoolCrate(BatchID(), for: place, in: root.spool)
            let removal = try #require(try Removal(of: file, at: place, in: root.open(place.inbox), under: lease, into: crate))
            try playground.drop("newer", at: "boxnox/inbox/a.csv")
            let outcome = try removal.finish()
            #expect(outcome.file?.batch == crate.batch)
            #expect(playground.text(at: "boxnox/inbox/a.csv") == "newer")
            #expect(playground.text(at: ".spool/\(crate.batch)/a.csv") == "x")
        }
    }

    @Test func `links, pipes and folders are refused and stay`() async throws {
        try await Playground.with { playground, root in
            try playground.drop("secret", at: "target")
            try playground.linkSymbolically("boxnox/inbox/symbolic", to: "target")
            try playground.linkHard("boxnox/inbox/hard", to: "target")
            try playground.makePipe("boxnox/inbox/pipe")
            try playground.makeFolder("boxnox/inbox/folder")
            let expected: [(String, Refusal)] = [("symbolic", .symbolicLink), ("hard", .hardLink), ("pipe", .special), ("folder", .folder)]
            for (name, refusal) in expected {
                #expect(try Claim(root: root).take(Place(.reseller("boxnox"), named: name)) == .refused(refusal))
                #expect(playground.exists("boxnox/inbox/\(name)"))
            }
            #expect(playground.names(in: ".spool") == [])
        }
    }

    @Test func `a link in place of a folder leads nowhere`() async throws {
        try await Playground.with { playground, root in
            try playground.makeFolder("elsewhere")
            try playground.drop("secret", at: "elsewhere/a.csv")
            try playground.removeFolder("boxnox/inbox/replace")
            try playground.linkSymbolically("boxnox/inbox/replace", to: "elsewhere")
            let replace = Inbox.reseller("boxnox", .replace)
            #expect(try Claim(root: root).take(Place(replace, "a.csv")) == .gone)
            #expect(try InboxScan(root: root).files(in: replace) == [])
            #expect(try !root.inboxes().contains(replace))
            #expect(playground.exists("elsewhere/a.csv"))
        }
    }

    @Test func `a file or an inbox that has gone is gone`() async throws {
        try await Playground.with { playground, root in
            let fromBoxnox = try Claim(root: root).take(Place(.reseller("boxnox"), "a.csv"))
            #expect(fromBoxnox == .gone)
            let fromNobody = try Claim(root: root).take(Place(.reseller("nobody"), "a.csv"))
            #expect(fromNobody == .gone)
            #expect(playground.names(in: ".spool") == [])
        }
    }

    @Test func `hostile names go through the spool byte for byte`() async throws {
        let names: [[UInt8]] = [
            Array("new\nline.csv".utf8), [0xFF, 0xFE, 0x2E, 0x63], Array(repeating: 0x61, count: 255), Array("-rf *;$(x)'\"".utf8),
            [0x01, 0x7F],
        ]
        try await Playground.with { playground, root in
            for bytes in names {
                let name = try #require(FileName(bytes))
                let inbox = try root.open(.reseller("boxnox"))
                try inbox.open(name, flags: O_WRONLY | O_CREAT, mode: 0o660).write("x".utf8)
                let batch = try #require(try Claim(root: root).take(Place(.reseller("boxnox"), name)).file?.batch)
                #expect(try root.spool.file(of: batch)?.name == name)
            }
            #expect(try InboxScan(root: root).files(in: .reseller("boxnox")) == [])
        }
    }

    @Test func `a writer that comes back while files are claimed loses none of them`() async throws {
        try await Playground.with { playground, root in
            let rounds = 200
            let inbox = playground.path("boxnox/inbox/a.csv")
            let uploader = Task.detached { () -> Int in
                var breaks = 0
                while !Task.isCancelled {
                    do throws(SystemFault) { _ = try Descriptor(opening: inbox, flags: O_WRONLY | O_NONBLOCK) } catch {
                        if error.errno == EWOULDBLOCK { breaks += 1 }
                    }
                    try? await Task.sleep(for: .microseconds(Int.random(in: 0...3000)))
                }
                return breaks
            }
            for round in 0..<rounds {
                try playground.drop("\(round)", at: "boxnox/inbox/a.csv")
                var claimed: ClaimedFile?
                while claimed == nil {
                    let outcome = try Claim(root: root).take(Place(.reseller("boxnox"), "a.csv"))
                    #expect(outcome != .gone)
                    claimed = outcome.file
                    if claimed == nil { #expect(playground.text(at: "boxnox/inbox/a.csv") == "\(round)") }
                }
                let batch = try #require(claimed?.batch)
                #expect(playground.text(at: ".spool/\(batch)/a.csv") == "\(round)")
            }
            uploader.cancel()
            _ = await uploader.value
            #expect(try root.spool.files().count == rounds)
            #expect(playground.names(in: ".spool").count == rounds)
        }
    }
}
