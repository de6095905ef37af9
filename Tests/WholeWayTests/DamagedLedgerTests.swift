import Foundation
import Glibc
import TestKit
import Testing

/// The ledger's file holds what nobody has written: the disk's fault, or somebody's.
@Suite struct DamagedLedgerTests {
    private let parts = ["ledger.db", "ledger.db-wal", "ledger.db-shm"]

    @Test func `damage while files come stops everything, blames no file, and with the good copy back all of them are booked`() async throws
    {
        try await Playground.with { playground in
            let first = try await playground.daemon()
            try playground.drop(Samples.online(2000), at: "online/inbox/a.csv")
            try await playground.rest(batches: 1)
            try await first.stopped()
            try save(playground)
            let daemon = try await playground.daemon()
            try damage(playground)
            try playground.drop(Samples.online(3000, mark: "B"), at: "online/inbox/b.csv")
            try await daemon.isNotReady(because: "is damaged")
            #expect(try await daemon.get("/status").body.contains("last good copy"))
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/c.csv")
            try await Task.sleep(for: .seconds(3))
            #expect(playground.exists("boxnox/inbox/c.csv") && playground.reports("online").count == 1)
            #expect(daemon.program.isRunning)
            try await daemon.stopped()

            // Started over the damage, it leaves with a sentence, and so does the command.
            for _ in 1...3 {
                let end = try await playground.start().program.end()
                #expect(end.status == 1 && end.signal == 0 && end.complaint.contains("is damaged"), "\(end)")
            }
            let asked = try await playground.ask(["status"])
            #expect(asked.status == 1 && asked.complaint.contains("is damaged"), "\(asked)")

            try restore(playground)
            try await playground.daemon()
            try await playground.rest(batches: 3)
            #expect(try await playground.batches().map(\.status) == ["completed", "completed", "completed"])
            #expect(try await playground.sales().count == 5002)
            #expect(try await !playground.ctl("audit").contains("died by its own fault"))
        }
    }

    private func save(_ playground: Playground) throws {
        for name in parts where playground.exists(".ledger/" + name) {
            try FileManager.default.copyItem(atPath: playground.path(".ledger/" + name), toPath: playground.beside(name))
        }
    }

    private func restore(_ playground: Playground) throws {
        for name in parts {
            try? FileManager.default.removeItem(atPath: playground.path(".ledger/" + name))
            if FileManager.default.fileExists(atPath: playground.beside(name)) {
                try FileManager.default.copyItem(atPath: playground.beside(name), toPath: playground.path(".ledger/" + name))
            }
        }
    }

    /// All pages but the first, in the file and in its log.
    private func damage(_ playground: Playground) throws {
        for (name, kept) in [("ledger.db", 4096), ("ledger.db-wal", 56)] {
            guard let file = FileHandle(forUpdatingAtPath: playground.path(".ledger/" + name)) else { continue }
            let size = Int(try file.seekToEnd())
            if size > kept {
                try file.seek(toOffset: UInt64(kept))
                try file.write(contentsOf: Data(repeating: 0xA5, count: size - kept))
            }
            try file.close()
        }
    }
}
