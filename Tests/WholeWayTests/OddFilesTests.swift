import Foundation
import Glibc
import TestKit
import Testing

/// Files that come to nothing, each with a sentence for its sender, the original kept, and the daemon unharmed.
@Suite struct OddFilesTests {
    @Test(arguments: Odd.all)
    func `a file that cannot be taken fails with a sentence, and the next one is taken`(file: Odd) async throws {
        try await file.scene.play()
    }

    @Test func `sums that no ledger can hold fail their file, and the daemon goes on`() async throws {
        try await Scene.tooLargeSums.play()
    }

    @Test func `a file that takes longer than the time limit fails with TIMEOUT, and the next one is taken`() async throws {
        try await Playground.with { playground in
            let config = try playground.write("{ time_limit_seconds: 2 }", beside: "selloutd.json5")
            let daemon = try await playground.daemon(config: config)
            _ = try await playground.dropForStoppedReader(Samples.online(2), at: "online/inbox/long.csv", under: daemon)
            let report = try await playground.report(on: "long.csv", for: "online")
            #expect(report.status == "failed" && report.errors.map(\.error_type) == ["TIMEOUT"])
            try playground.drop(Samples.online(2, mark: "B"), at: "online/inbox/next.csv")
            #expect(try await playground.report(on: "next.csv", for: "online").status == "completed")
        }
    }

    @Test func `links, pipes and folders in an inbox are left alone, named in the status, and hold nobody up`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            let secret = try playground.write(Samples.boxnox, beside: "secret.csv")
            #expect(unsafe symlink(secret, playground.path("boxnox/inbox/link.csv")) == 0)
            #expect(unsafe link(secret, playground.path("boxnox/inbox/hard.csv")) == 0)
            #expect(unsafe mkfifo(playground.path("boxnox/inbox/pipe.csv"), 0o660) == 0)
            try playground.makeFolder("boxnox/inbox/folder.csv")
            try playground.drop(Samples.online(2), at: "online/inbox/next.csv")
            #expect(try await playground.report(on: "next.csv", for: "online").status == "completed")
            #expect(try await playground.batches().count == 1)
            #expect(playground.names(in: "boxnox/inbox").count == 5)
            // They are shown with the next look at everything; the pipe, as everything without bytes, half a minute later.
            daemon.program.send(SIGHUP)
            try await eventually("the status to name them", seen: { (try? await daemon.get("/status").body) ?? "" }) {
                let status = try await daemon.get("/status").body
                return ["link.csv", "hard.csv"].allSatisfy { status.contains($0) }
            }
            #expect(try await daemon.get("/readyz").status == 200)
        }
    }
}

extension Playground {
    /// Drops a file whose reader will never end by itself: the spare is stopped before it gets the file.
    func dropForStoppedReader(_ text: String, at inside: String, under daemon: Daemon) async throws -> pid_t {
        var spare: pid_t?
        try await eventually("a spare reader", seen: { daemon.program.said }) {
            spare = daemon.readers.first
            return spare != nil
        }
        let reader = try #require(spare)
        Glibc.kill(reader, SIGSTOP)
        try drop(text, at: inside)
        try await eventually("the file to be begun", seen: { daemon.program.said }) {
            try await batches().contains { $0.status == "processing" }
        }
        return reader
    }
}
