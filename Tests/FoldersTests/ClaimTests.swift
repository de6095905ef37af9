import Batches
import Chances
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
            let claimed = try #require(try root.claim(Place(inbox, "a.csv"), as: batch).file)
            #expect(claimed.size == 7 && claimed.batch == batch)
            #expect(!playground.exists("\(inbox)/a.csv"))
            #expect(playground.text(at: playground.spooled(batch)) == "content")
            // It is in hand until the ledger knows it.
            #expect(try root.spool.files().isEmpty)
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
            #expect(try root.claim(place, steady: true).isBusy)
            #expect(playground.names(in: ".spool") == [])
            try uploader?.write("second half".utf8)
            uploader = nil
            let claimed = try #require(try root.claim(place).file)
            #expect(playground.text(at: playground.spooled(claimed.batch)) == "first half,second half")
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
            let removal = Removal(0, BatchID(), place, inbox, file, lease, root.spool)
            try removal.makeCrate()
            #expect(try removal.rename(unless: nil) == nil)
            #expect(try removal.finish(unless: nil)?.isBusy == true)
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
            let batch = BatchID()
            let removal = Removal(0, batch, place, try root.open(place.inbox), file, lease, root.spool)
            try removal.makeCrate()
            #expect(try removal.rename(unless: nil) == nil)
            try playground.drop("newer", at: "boxnox/inbox/a.csv")
            #expect(try removal.finish(unless: nil)?.file?.batch == batch)
            #expect(playground.text(at: "boxnox/inbox/a.csv") == "newer")
            #expect(playground.text(at: playground.spooled(batch)) == "x")
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
                let seen = Fingerprint(device: 1, inode: 1, size: 1, modified: .now(), changed: .now())
                let wish = Claim.Wish(try Place(.reseller("boxnox"), named: name), seen: seen)
                #expect(Claim(root: root).take([wish])[0].refusal == refusal)
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
            #expect(try root.claim(Place(replace, "a.csv")).isGone)
            #expect(try InboxScan(root: root).files(in: replace) == [])
            #expect(try !root.survey().inboxes.contains(replace))
            #expect(playground.exists("elsewhere/a.csv"))
        }
    }

    @Test func `a file or an inbox that has gone is gone`() async throws {
        try await Playground.with { playground, root in
            for reseller in ["boxnox", "nobody"] {
                let place = Place(.reseller(reseller), "a.csv")
                let outcome = try root.claim(place)
                #expect(outcome.isGone)
                let seen = Fingerprint(device: 1, inode: 1, size: 1, modified: .now(), changed: .now())
                #expect(Claim(root: root).take([Claim.Wish(place, seen: seen)])[0].isGone)
            }
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
                let batch = try #require(try root.claim(Place(.reseller("boxnox"), name)).file?.batch)
                #expect(try root.spool.file(of: batch, from: .reseller("boxnox"))?.name == name)
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
                var chance = Chance(seed: 3)
                while !Task.isCancelled {
                    do throws(SystemFault) { _ = try Descriptor(opening: inbox, flags: O_WRONLY | O_NONBLOCK) } catch {
                        if error.errno == EWOULDBLOCK { breaks += 1 }
                    }
                    try? await Task.sleep(for: .microseconds(Int.random(in: 0...3000, using: &chance)))
                }
                return breaks
            }
            for round in 0..<rounds {
                try playground.drop("\(round)", at: "boxnox/inbox/a.csv")
                var claimed: StoredFile?
                while claimed == nil {
                    let outcome = try root.claim(Place(.reseller("boxnox"), "a.csv"))
                    #expect(!outcome.isGone)
                    claimed = outcome.file
                    if claimed == nil { #expect(playground.text(at: "boxnox/inbox/a.csv") == "\(round)") }
                }
                let batch = try #require(claimed?.batch)
                #expect(playground.text(at: playground.spooled(batch)) == "\(round)")
            }
            uploader.cancel()
            _ = await uploader.value
            #expect(playground.names(in: ".spool").count == rounds)
        }
    }
}
