import Foundation
import Glibc
import TestKit
import Testing

/// Start, stop, reload, and the processes that the daemon has under it.
@Suite struct DaemonsLifeTests {
    @Test func `a second daemon over the same root leaves with a sentence, and the first works on`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            let second = try playground.start()
            let end = try await second.program.end()
            #expect(end.status == 1 && end.signal == 0)
            #expect(end.complaint.split(separator: "\n").count == 1 && end.complaint.contains(playground.root), "\(end)")
            #expect(second.bell.count(of: "READY=1") == 0)
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            #expect(try await playground.report(on: "a.csv").status == "completed")
        }
    }

    @Test func `the service manager hears of readiness after the first sweep, of work, and of the end`() async throws {
        try await Playground.with { playground in
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let daemon = try await playground.daemon()
            try await playground.report(on: "a.csv")
            try await eventually("a status that names the file", seen: { "\(daemon.bell.lines)" }) {
                daemon.bell.lines.contains { $0.hasPrefix("STATUS=") && $0.contains("a.csv") }
            }
            try await daemon.stop()
            try await eventually("STOPPING=1") { daemon.bell.count(of: "STOPPING=1") == 1 }
            #expect(daemon.bell.count(of: "READY=1") == 1)
        }
    }

    @Test func `asked to stop, the daemon leaves the ledger as one file, and a copy of that file is all of it`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try playground.drop(Samples.online(3000), at: "online/inbox/a.csv")
            try await playground.rest(batches: 1)
            try await daemon.stopped()
            #expect(playground.names(in: ".ledger").filter { $0.hasPrefix("ledger.db") } == ["ledger.db"])
            #expect(!daemon.program.said.contains("ledger is closed"))
            let copy = try Data(contentsOf: URL(fileURLWithPath: playground.path(".ledger/ledger.db")))
            try FileManager.default.removeItem(atPath: playground.path(".ledger"))
            try playground.makeFolder(".ledger")
            try copy.write(to: URL(fileURLWithPath: playground.path(".ledger/ledger.db")))
            #expect(try await playground.sales().count == 3000)
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `asked to stop while a file is being read, the daemon leaves it pending, its try uncounted, and a restart finishes it`(
        signal: Int32
    )
        async throws
    {
        let file = Samples.online(60_000)
        try await Playground.with { playground in
            let first = try await playground.daemon()
            try playground.drop(file, at: "online/inbox/long.csv")
            let reader = try await playground.reader(of: first)
            // It will not end within the grace that running files are given.
            Glibc.kill(reader, SIGSTOP)
            first.program.send(signal)
            // What comes while it stops is left for the next.
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/late.csv")
            let end = try await first.program.end()
            #expect(end.status == 0 && end.signal == 0, "\(end)")
            #expect(first.bell.count(of: "STOPPING=1") == 1)
            try await eventually("the reader to end with its daemon") { Processes.parent(of: reader) == nil }
            #expect(try await playground.batches().map(\.status) == ["pending"])
            #expect(playground.exists("boxnox/inbox/late.csv"))
            try await playground.daemon()
            try await playground.rest(batches: 2)
            let shown = try await playground.ctl("audit", "--json")
            #expect(shown.contains("give back"), "\(shown)")
            #expect(try await playground.sales().count == 60_002)
        }
    }

    @Test func `while a reader hangs 23 other files end normally, and when it dies its own file fails with a sentence`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try playground.drop(Samples.online(60_000), at: "online/inbox/long.csv")
            let reader = try await playground.reader(of: daemon)
            Glibc.kill(reader, SIGSTOP)
            for number in 1...23 {
                let rows = ["Store \(number);7350154320008;1;202,48"]
                // A month each: a living document that leaves out what another one has brought to its month would wait.
                let month = "\(2023 + (number - 1) / 12);\((number - 1) % 12 + 1)"
                try playground.drop(Samples.boxnoxRows(month, rows), at: "boxnox/inbox/\(number).csv")
            }
            for number in 1...23 { #expect(try await playground.report(on: "\(number).csv").status == "completed") }
            #expect(playground.reports("online").isEmpty)
            Glibc.kill(reader, SIGKILL)
            let failed = try await playground.report(on: "long.csv", for: "online")
            #expect(failed.status == "failed" && failed.errors.map(\.error_type) == ["PARSING_ERROR"])
            #expect(failed.message.contains("signal 9"), "\(failed.message)")
            try await playground.ctl("retry", failed.batch_id)
            try await playground.report(on: "long.csv", for: "online") { $0.status == "completed" && $0.rows_processed == 60_000 }
        }
    }

    @Test func `a daemon that is killed takes its readers with it`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try playground.drop(Samples.online(60_000), at: "online/inbox/long.csv")
            let reader = try await playground.reader(of: daemon)
            Glibc.kill(reader, SIGSTOP)
            let readers = daemon.readers
            #expect(readers.contains(reader))
            try await daemon.kill()
            try await eventually("its readers to end", seen: { "\(readers)" }) { readers.allSatisfy { Processes.parent(of: $0) == nil } }
        }
    }

    @Test(arguments: [Scene.mistakenAtStart, .mistakenLater])
    func `a profile with a mistake refuses no file`(scene: Scene) async throws { try await scene.play() }

    @Test func `a reload takes a changed profile for the files that come after it, and names a mistaken one`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            let profile = playground.profiles + "/boxnox.json5"
            let text = try String(contentsOfFile: profile, encoding: .utf8)
            try Data(text.replacingOccurrences(of: "quantity: [\"QTY\"", with: "quantity: [\"PIECES\"").utf8).write(
                to: URL(fileURLWithPath: profile))
            try Data("{ reseller: 7 }".utf8).write(to: URL(fileURLWithPath: playground.profiles + "/mistaken.json5"))
            daemon.program.send(SIGHUP)
            try await eventually("the end of the reload") { daemon.bell.count(of: "READY=1") > 1 }
            #expect(try await daemon.get("/status").body.contains("mistaken.json5"))
            #expect(try await daemon.get("/readyz").status == 200)
            try playground.drop(Samples.boxnox.replacingOccurrences(of: "QTY", with: "PIECES"), at: "boxnox/inbox/a.csv")
            #expect(try await playground.report(on: "a.csv").status == "completed")
        }
    }
}

extension Playground {
    /// The process that has a file of the spool open.
    func reader(of daemon: Daemon) async throws -> pid_t {
        var found: pid_t?
        try await eventually("a reader at work", seen: { daemon.program.said }) {
            found = daemon.readers.first { Processes.openPaths(of: $0).contains { $0.contains("/.spool/") } }
            return found != nil
        }
        return found ?? 0
    }
}
