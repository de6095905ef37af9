import Failpoints
import Foundation
import Glibc
import TestKit
import Testing

/// Whatever the instant at which the process dies: one batch, one report, each sale once, an empty spool, the original kept.
@Suite(.enabled(if: !Programs.areRelease, "failpoints are compiled into debug builds alone"))
struct KilledAnywhereTests {
    /// Those that a file in its reseller's inbox passes.
    private static let plain = Failpoint.allCases.filter { ![.dropCleared, .recognised, .reassigned].contains($0) }

    @Test(arguments: plain)
    func `killed at any failpoint, the daemon loses nothing and doubles nothing`(point: Failpoint) async throws {
        try await Playground.with { playground in
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let first = try playground.start(environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=die"])
            #expect(try await first.program.end().signal == SIGKILL, "\(point.rawValue) was never passed")
            let second = try await playground.daemon()
            try await playground.rest(batches: 1)
            try await second.stop()
            try await playground.holdsOnce(Samples.boxnox, as: "a.csv", sales: ["202.48", "-5.10"])
        }
    }

    @Test(arguments: plain + [.dropCleared])
    func `an upload is as safe, and keeps its id`(point: Failpoint) async throws {
        try await Playground.with { playground in
            let id = try playground.upload(Samples.boxnox, as: "a.csv")
            let first = try playground.start(environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=die"])
            #expect(try await first.program.end().signal == SIGKILL, "\(point.rawValue) was never passed")
            let second = try await playground.daemon()
            try await playground.rest(batches: 1)
            try await second.stop()
            #expect(try await playground.batches().map(\.batch_id) == [id])
            try await playground.holdsOnce(Samples.boxnox, as: "a.csv", sales: ["202.48", "-5.10"])
            #expect(playground.names(in: ".uploads/handed").isEmpty)
        }
    }

    @Test(arguments: Failpoint.allCases.filter { $0 != .dropCleared })
    func `so is a file that must first be recognised`(point: Failpoint) async throws {
        try await Playground.with { playground in
            try playground.layOperations()
            try playground.drop(Samples.boxnox, at: "operations/inbox/a.csv")
            let first = try playground.start(environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=die"])
            #expect(try await first.program.end().signal == SIGKILL, "\(point.rawValue) was never passed")
            let second = try await playground.daemon()
            try await playground.rest(batches: 1)
            try await second.stop()
            try await playground.holdsOnce(Samples.boxnox, as: "a.csv", sales: ["202.48", "-5.10"])
            #expect(playground.names(in: "operations/outbox").isEmpty)
        }
    }

    @Test(arguments: ["rows.staged=die@2", "rows.staged=die@3", "rows.complete=die"])
    func `killed between the pieces of a long file, the daemon reads it again from its start`(order: String) async throws {
        let file = Samples.online(20_000)
        try await Playground.with { playground in
            try playground.drop(file, at: "online/inbox/orders.csv")
            let first = try playground.start(environment: ["SELLOUT_FAILPOINT": order])
            #expect(try await first.program.end().signal == SIGKILL)
            let second = try await playground.daemon()
            try await playground.rest(batches: 1)
            try await second.stop()
            try await playground.holdsOnce(file, as: "orders.csv", of: "online", sales: Array(repeating: "10.50", count: 20_000))
        }
    }

    @Test func `killed again and again, each time at another place and with another file, the daemon accounts for every file`() async throws
    {
        // Fewer than the deaths in a row after which a file that was being read each time is left alone.
        let places: [Failpoint] = [.claimOriginNoted, .batchRegistered, .tryBegun, .rowsStaged, .settled, .reportRenamed, .archiveRenamed]
        try await Playground.with { playground in
            for (number, point) in places.enumerated() {
                try playground.drop(Samples.online(3, mark: "F\(number)"), at: "online/inbox/\(number).csv")
                let daemon = try playground.start(environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=die"])
                #expect(try await daemon.program.end().signal == SIGKILL, "\(point.rawValue) was never passed")
            }
            let last = try await playground.daemon()
            try await playground.rest(batches: places.count)
            try await last.stop()
            let batches = try await playground.batches()
            #expect(batches.allSatisfy { $0.status == "completed" }, "\(batches)")
            #expect(playground.reports("online").count == places.count)
            #expect(try await playground.sales().count == 3 * places.count)
        }
    }

    @Test(arguments: [Failpoint.claimRenamed, .batchRegistered, .tryBegun, .rowsStaged, .settled, .reportRenamed, .archiveRenamed])
    func `a file that replaces is as safe as one that adds`(point: Failpoint) async throws {
        try await Playground.with { playground in
            let before = try await playground.daemon()
            try playground.drop(Samples.online(5, mark: "OLD"), at: "online/inbox/old.csv")
            try await playground.rest(batches: 1)
            try await before.stop()
            try playground.drop(Samples.online(6, mark: "NEW"), at: "online/inbox/replace/new.csv")
            let killed = try playground.start(environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=die"])
            #expect(try await killed.program.end().signal == SIGKILL)
            try await playground.daemon()
            try await playground.rest(batches: 2)
            #expect(try await playground.sales().count == 6)
            #expect(playground.reports("online").first { $0.filename == "new.csv" }?.upload_mode == "replace")
        }
    }

    @Test(arguments: [Failpoint.claimOriginNoted, .claimRenamed, .claimSynced, .batchRegistered, .tryBegun, .settled, .archiveRenamed])
    func `a file and its control file are not parted, and the control file vouches for no second file`(point: Failpoint) async throws {
        try await Playground.with { playground in
            try playground.agree(on: "ok", with: "boxnox")
            try playground.drop("", at: "boxnox/inbox/a.csv.ok")
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let first = try playground.start(environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=die"])
            #expect(try await first.program.end().signal == SIGKILL, "\(point.rawValue) was never passed")
            let second = try await playground.daemon()
            try await playground.rest(batches: 1)
            try await second.stop()
            try await playground.holdsOnce(Samples.boxnox, as: "a.csv", sales: ["202.48", "-5.10"])
        }
    }
}

extension Playground {
    /// The one file that has come was taken exactly once.
    func holdsOnce(_ content: String, as name: String, of reseller: String = "boxnox", sales: [String]) async throws {
        let batches = try await batches()
        #expect(batches.map(\.status) == ["completed"], "\(batches)")
        let id = try #require(batches.first?.batch_id)
        #expect(try await self.sales().map(\.local) == sales)
        #expect(names(in: "\(reseller)/outbox") == ["html", "json"].map { "\(name).\(id.prefix(8)).\($0)" })
        #expect(reports(reseller).map(\.status) == ["completed"])
        #expect(names(in: ".spool").isEmpty)
        #expect(archived.count == 1 && archived[id]?.name == name && archived[id]?.content == Data(content.utf8))
        #expect(names(in: "\(reseller)/inbox") == ["replace"])
    }
}
