import Failpoints
import Foundation
import Glibc
import TestKit
import Testing

/// Whoever asks how things stand gets his answer at once, whatever the daemon is doing.
@Suite struct StatusTests {
    @Test(
        .enabled(if: !Programs.areRelease, "failpoints are compiled into debug builds alone"),
        arguments: [Failpoint.claimRenamed, .batchRegistered, .rowsStaged, .reportWritten, .archiveRenamed])
    func `while the daemon stands still amid a step, all four addresses answer`(point: Failpoint) async throws {
        try await Playground.with { playground in
            let condition = try playground.write("", beside: "hold")
            let daemon = try await playground.daemon(
                environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=hold", "SELLOUT_FAILPOINT_WHILE": condition])
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await eventually("the daemon to hold") {
                !playground.names(in: ".spool").isEmpty || !playground.names(in: ".archive").isEmpty
            }
            // Long enough to be standing there, and for the heartbeat to have looked.
            try await Task.sleep(for: .seconds(1))
            for path in ["/healthz", "/readyz", "/status", "/metrics"] {
                let answer = try await daemon.get(path, within: 5)
                #expect(answer.status == 200, "\(path): \(answer.body)")
            }
            try FileManager.default.removeItem(atPath: condition)
            #expect(try await playground.report(on: "a.csv").status == "completed")
            try await playground.rest(batches: 1)
        }
    }

    @Test(.enabled(if: !Programs.areRelease, "failpoints are compiled into debug builds alone"))
    func `while a start takes long it asks the service manager for more time, and the status says what it is doing`() async throws {
        try await Playground.with { playground in
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let killed = try playground.start(environment: ["SELLOUT_FAILPOINT": "claim.synced=die"])
            _ = try await killed.program.end()
            let condition = try playground.write("", beside: "hold")
            let daemon = try playground.start(
                environment: ["SELLOUT_FAILPOINT": "batch.registered=hold", "SELLOUT_FAILPOINT_WHILE": condition])
            try await eventually("a wish for more time", seen: { "\(daemon.bell.lines)" }) {
                daemon.bell.lines.contains("EXTEND_TIMEOUT_USEC=30000000")
            }
            #expect(daemon.bell.count(of: "READY=1") == 0)
            try FileManager.default.removeItem(atPath: condition)
            try await daemon.ready()
            try await playground.rest(batches: 1)
        }
    }
}
