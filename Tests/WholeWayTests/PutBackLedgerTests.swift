import Foundation
import Glibc
import TestKit
import Testing

/// Last night's ledger is put back with the real programs, as an operator does it.
@Suite struct PutBackLedgerTests {
    @Test func `a copy of last night's one file is put back, and the next start takes again what has come since, each once`() async throws {
        try await Playground.with { playground in
            let ledger = playground.path(".ledger/ledger.db")
            let first = try await playground.daemon()
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await playground.rest(batches: 1)
            try await first.stopped()
            try FileManager.default.copyItem(atPath: ledger, toPath: playground.beside("night.db"))

            let second = try await playground.daemon()
            for number in 0..<40 { try playground.drop(Samples.online(3, mark: "M\(number)"), at: "online/inbox/\(number).csv") }
            try await playground.rest(batches: 41)
            #expect(try await playground.sales().count == 122)
            #expect(try await playground.ctl("verify").contains("41 originals"))
            try await second.stopped()
            try FileManager.default.removeItem(atPath: ledger)
            try FileManager.default.copyItem(atPath: playground.beside("night.db"), toPath: ledger)
            let asked = try await playground.ask(["verify", "--json"])
            #expect(asked.status == 1 && asked.output.components(separatedBy: "\"received_at\"").count == 41, "\(asked)")

            // Killed amid taking them again, it goes on with the rest.
            let third = try await playground.daemon()
            try await third.kill()
            let last = try await playground.daemon()
            try await playground.rest(batches: 41)
            #expect(try await playground.sales().count == 122)
            #expect(playground.archived.count == 41)
            try await eventually("ledger and archive to agree") { try await playground.ask(["verify"]).status == 0 }
            try await last.isReady()
        }
    }
}
