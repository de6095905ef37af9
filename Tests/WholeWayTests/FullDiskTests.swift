import Failpoints
import Foundation
import Glibc
import TestKit
import Testing

/// Surroundings that fail for a time: nothing is lost, the status says what is wrong, and work goes on by itself.
@Suite struct FullDiskTests {
    private static let surrounded: [Failpoint] = [
        .claimFolderMade, .claimOriginNoted, .claimRenamed, .claimSynced, .reportWritten, .reportFileSynced, .reportRenamed, .reportSynced,
        .archiveFolderMade, .archiveRenamed, .archiveSynced,
    ]

    @Test(.enabled(if: !Programs.areRelease, "failpoints are compiled into debug builds alone"), arguments: surrounded)
    func `while a step meets a full disk nothing is lost, readiness says why, and then it goes on by itself`(point: Failpoint) async throws
    {
        try await Playground.with { playground in
            let condition = try playground.write("", beside: "disk-is-full")
            let daemon = try playground.start(
                environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=\(ENOSPC)", "SELLOUT_FAILPOINT_WHILE": condition])
            try await daemon.ready()
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await daemon.isNotReady(because: "No space left on device")
            #expect(try await daemon.get("/status").body.contains("No space left on device"))
            try FileManager.default.removeItem(atPath: condition)
            try await playground.rest(batches: 1)
            try await daemon.isReady()
            try await daemon.stop()
            try await playground.holdsOnce(Samples.boxnox, as: "a.csv", sales: ["202.48", "-5.10"])
        }
    }

    @Test(.enabled(if: Mount.arePermitted, "mounts are not permitted here"))
    func `on a full disk nothing is lost, and when there is room work goes on by itself`() async throws {
        try await Playground.with { playground in
            try #require(Mount.memory(at: playground.root, megabytes: 3))
            defer { Mount.remove(playground.root) }
            try await playground.lay()
            let daemon = try await playground.daemon()
            try playground.dropInside(Samples.boxnox, at: ".a.csv", in: "boxnox/inbox")
            let ballast = playground.path("ballast")
            Mount.fill(ballast)
            guard unsafe rename(playground.path("boxnox/inbox/.a.csv"), playground.path("boxnox/inbox/a.csv")) == 0 else {
                throw POSIXError(.EIO)
            }
            try await daemon.isNotReady(because: "disk is full")
            #expect(playground.reports("boxnox").isEmpty)
            try FileManager.default.removeItem(atPath: ballast)
            try await playground.rest(batches: 1)
            try await daemon.isReady()
            try await daemon.stop()
            try await playground.holdsOnce(Samples.boxnox, as: "a.csv", sales: ["202.48", "-5.10"])
        }
    }

    @Test(.enabled(if: Mount.arePermitted, "mounts are not permitted here"))
    func `while an outbox is read-only its reports are owed, other resellers are served, and then it goes on by itself`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try #require(Mount.readOnly(playground.path("boxnox/outbox")))
            defer { Mount.remove(playground.path("boxnox/outbox")) }
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await eventually("the status to name it") { try await daemon.get("/status").body.contains("Read-only file system") }
            try playground.drop(Samples.online(2), at: "online/inbox/b.csv")
            #expect(try await playground.report(on: "b.csv", for: "online").status == "completed")
            // It is one reseller's trouble, and nobody else's.
            #expect(try await daemon.get("/readyz").status == 200)
            #expect(playground.reports("boxnox").isEmpty)
            Mount.remove(playground.path("boxnox/outbox"))
            try await playground.rest(batches: 2)
            try await daemon.isReady()
            #expect(try await playground.report(on: "a.csv").status == "completed")
        }
    }
}
