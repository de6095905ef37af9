import Foundation
import Glibc
import Testing

/// Files that come to nothing, each with a sentence for its sender, the original kept, and the daemon unharmed.
@Suite struct OddFilesTests {
    /// What is sent under which name, and the file error that its report names.
    struct Odd: Sendable, CustomTestStringConvertible {
        let name: String
        let content: [UInt8]
        let error: String
        var testDescription: String { name }

        init(_ name: String, _ content: [UInt8], _ error: String) {
            self.name = name
            self.content = content
            self.error = error
        }
    }

    private static let odd = [
        Odd("letter.pdf", Array("%PDF-1.7".utf8), "FILE_TYPE_NOT_ALLOWED"),
        Odd("no ending", Array(Samples.boxnox.utf8), "FILE_TYPE_NOT_ALLOWED"),
        Odd("zeros.csv", [UInt8](repeating: 0, count: 4096), "FILE_TYPE_NOT_ALLOWED"),
        Odd("torn.xlsx", Array("PK\u{3}\u{4}torn".utf8), "PARSING_ERROR"),
        Odd("words.csv", Array("dear all,\nplease find attached nothing\n".utf8), "VENDOR_DETECTION_FAILED"),
        Odd("orders.csv", Array(Samples.online(3).utf8), "WRONG_RESELLER"),
    ]

    @Test(arguments: odd)
    func `a file that cannot be taken fails with a sentence, and the next one is taken`(file: Odd) async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            let draft = playground.beside("draft")
            try Data(file.content).write(to: URL(fileURLWithPath: draft))
            #expect(unsafe rename(draft, playground.path("boxnox/inbox/" + file.name)) == 0)
            let report = try await playground.report(on: file.name)
            #expect(report.status == "failed")
            #expect(report.errors.map(\.error_type) == [file.error], "\(report.message)")
            #expect(report.message.hasSuffix("."), "\(report.message)")
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/next.csv")
            #expect(try await playground.report(on: "next.csv").status == "completed")
            try await playground.rest(batches: 2)
            #expect(playground.archived[report.batch_id]?.content == Data(file.content))
            try await daemon.stop()
        }
    }

    @Test func `sums that no ledger can hold fail their file, and the daemon goes on`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            let huge = Samples.boxnoxRows("2025;4", (1...3).map { "Shop \($0);7350154320008;1;900000000000000,00" })
            try playground.drop(huge, at: "boxnox/inbox/huge.csv")
            let report = try await playground.report(on: "huge.csv")
            #expect(report.status == "failed" || report.rows_failed == 3, "\(report.message)")
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/next.csv")
            #expect(try await playground.report(on: "next.csv").status == "completed")
            try await playground.rest(batches: 2)
            try await daemon.isReady()
        }
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
