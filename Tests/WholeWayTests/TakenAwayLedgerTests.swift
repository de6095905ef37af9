import Foundation
import Glibc
import TestKit
import Testing

/// The ledger's file is deleted or swapped while the daemon runs.
@Suite struct TakenAwayLedgerTests {
    @Test func `a ledger that is taken away is noticed before anything is claimed or answered, and back in its place it goes on`()
        async throws
    {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await playground.rest(batches: 1)
            let ledger = playground.path(".ledger/ledger.db")
            try FileManager.default.moveItem(atPath: ledger, toPath: ledger + ".aside")
            try await daemon.isNotReady(because: "is gone")
            try playground.drop(Samples.online(2), at: "online/inbox/b.csv")
            try await Task.sleep(for: .seconds(2))
            #expect(playground.exists("online/inbox/b.csv") && playground.reports("online").isEmpty)
            // Somebody puts another file there.
            try FileManager.default.copyItem(atPath: ledger + ".aside", toPath: ledger)
            try await daemon.isNotReady(because: "is another file")
            #expect(playground.exists("online/inbox/b.csv") && playground.reports("online").isEmpty)
            try FileManager.default.removeItem(atPath: ledger)
            try FileManager.default.moveItem(atPath: ledger + ".aside", toPath: ledger)
            try await playground.rest(batches: 2)
            try await daemon.isReady()
            #expect(try await playground.sales().count == 4)
        }
    }

    @Test(.enabled(if: !Programs.areRelease, "failpoints are compiled into debug builds alone"))
    func `a ledger that is deleted while a file is read is told of no file as completed`() async throws {
        try await Playground.with { playground in
            let condition = try playground.write("", beside: "hold")
            let daemon = try playground.start(
                environment: ["SELLOUT_FAILPOINT": "rows.complete=hold", "SELLOUT_FAILPOINT_WHILE": condition])
            try await daemon.ready()
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await eventually("the file to be read") { try await playground.batches().map(\.status) == ["processing"] }
            for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
                try? FileManager.default.moveItem(atPath: playground.path(".ledger/" + name), toPath: playground.beside(name))
            }
            try FileManager.default.removeItem(atPath: condition)
            try await daemon.isNotReady(because: "is gone")
            try await Task.sleep(for: .seconds(1))
            #expect(playground.reports("boxnox").isEmpty && !playground.names(in: ".spool").isEmpty)
            try await daemon.stopped()
            for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
                try? FileManager.default.removeItem(atPath: playground.path(".ledger/" + name))
                try? FileManager.default.moveItem(atPath: playground.beside(name), toPath: playground.path(".ledger/" + name))
            }
            try await playground.daemon()
            try await playground.rest(batches: 1)
            try await playground.holdsOnce(Samples.boxnox, as: "a.csv", sales: ["202.48", "-5.10"])
        }
    }

    @Test func `over another program's database the daemon does not start, and says so`() async throws {
        try await Playground.with { playground in
            for name in playground.names(in: ".ledger") { _ = unsafe unlink(playground.path(".ledger/" + name)) }
            var header = Data("SQLite format 3\0".utf8) + Data([16, 0, 1, 1, 0, 64, 32, 32, 0, 0, 0, 1, 0, 0, 0, 1])
            header += Data(repeating: 0, count: 12) + Data([0, 0, 0, 4]) + Data(repeating: 0, count: 8) + Data([0, 0, 0, 1])
            header += Data(repeating: 0, count: 8) + Data("GPKG".utf8) + Data(repeating: 0, count: 28) + Data([13, 0, 0, 0, 0, 16, 0, 0])
            header += Data(repeating: 0, count: 4096 - header.count)
            try header.write(to: URL(fileURLWithPath: playground.path(".ledger/ledger.db")))
            let end = try await playground.start().program.end()
            #expect(end.status == 1 && end.complaint.contains("another program"), "\(end)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: playground.path(".ledger/ledger.db"))) == header)
        }
    }
}
