import Foundation
import Glibc
import Linux
import Testing

/// Files whose senders are not done with them, and senders who send the same thing again and again.
@Suite struct InboxMannersTests {
    @Test func `a file that its writer keeps open is not touched, however long the writer pauses, and is taken whole when it is closed`()
        async throws
    {
        try await Playground.with { playground in
            try await playground.daemon(settle: 0.1)
            let rows = Samples.boxnox.split(separator: "\n").map { $0 + "\n" }
            var writer: Descriptor? = try Descriptor(
                opening: playground.path("boxnox/inbox/slow.csv"), flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o660)
            for (number, row) in rows.enumerated() {
                try writer?.write(Array(row.utf8))
                // Others' files come and go meanwhile, each proof that the daemon has looked after the settle time.
                for more in 0..<3 {
                    try playground.drop(Samples.online(1, mark: "\(number)\(more)"), at: "online/inbox/\(number)-\(more).csv")
                    try await playground.report(on: "\(number)-\(more).csv", for: "online")
                }
                #expect(playground.exists("boxnox/inbox/slow.csv"))
            }
            #expect(try await playground.batches().allSatisfy { $0.reseller == "online" })
            writer = nil
            let report = try await playground.report(on: "slow.csv")
            #expect(report.rows_total == 2 && report.status == "completed")
        }
    }

    @Test func `a file that its client looks at again and again within the settle time is still there under its name`() async throws {
        let settle = Duration.seconds(1)
        try await Playground.with { playground in
            try await playground.daemon(settle: settle / .seconds(1))
            let file = playground.path("boxnox/inbox/a.csv")
            let uploaded = ContinuousClock.now
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            var last = uploaded
            var steps = 0
            while last < uploaded + settle * 4 {
                let found = playground.clientComesBack(to: file, step: steps)
                // A test that was itself held up for so long proves nothing either way.
                if !found, last.duration(to: .now) > settle * 0.8 { return }
                try #require(found, "step \(steps): the file is gone \(last.duration(to: .now)) after the client's last visit")
                last = .now
                steps += 1
                try await Task.sleep(for: .milliseconds(150))
            }
            #expect(steps > 3)
            #expect(try await playground.report(on: "a.csv").status == "completed")
        }
    }

    @Test func `the same file dropped twenty times at once is accepted once, and twenty answers say so`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon(settle: 0)
            for number in 1...20 { try playground.dropInside(Samples.boxnox, at: ".\(number)", in: "boxnox/inbox") }
            for number in 1...20 {
                let inbox = playground.path("boxnox/inbox")
                #expect(unsafe rename("\(inbox)/.\(number)", "\(inbox)/report (\(number)).csv") == 0)
            }
            try await playground.rest(batches: 20)
            try await daemon.stop()
            let reports = playground.reports("boxnox")
            #expect(reports.count == 20)
            let accepted = try #require(reports.first { $0.status == "completed" })
            let refused = reports.filter { $0.status == "failed" }
            #expect(refused.count == 19)
            #expect(refused.allSatisfy { $0.errors.map(\.error_type) == ["DUPLICATE_FILE"] })
            #expect(refused.allSatisfy { $0.message.contains(accepted.batch_id) && $0.message.contains(accepted.filename) })
            #expect(try await playground.sales().count == 2)
            #expect(playground.archived.count == 20)
        }
    }

    @Test func `working names stay untouched until their owner renames them`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            let names = ["a.csv.part", ".a.csv", "~$a.csv", "a.csv.filepart", "a.TMP"]
            for name in names { try playground.dropInside(Samples.boxnox, at: name, in: "boxnox/inbox") }
            try playground.drop(Samples.online(1), at: "online/inbox/b.csv")
            try await playground.report(on: "b.csv", for: "online")
            #expect(playground.names(in: "boxnox/inbox") == (names + ["replace"]).sorted())
            #expect(unsafe rename(playground.path("boxnox/inbox/a.csv.part"), playground.path("boxnox/inbox/a.csv")) == 0)
            try await playground.report(on: "a.csv") { $0.status == "completed" }
        }
    }

    @Test(arguments: [
        "\u{202E}fdp.csv", "line\nbreak.csv", "Müller ½.csv", String(repeating: "ä", count: 120) + ".csv", "-rf *.csv", "a;b|c.csv",
    ])
    func `a name chosen to mislead is taken like any other, and its report can be found and read`(name: String) async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/" + name)
            try await playground.rest(batches: 1)
            let reports = playground.reports("boxnox")
            #expect(reports.map(\.status) == ["completed"])
            #expect(
                !playground.names(in: "boxnox/outbox").contains {
                    $0.unicodeScalars.contains { $0.properties.isBidiControl || $0.value < 32 }
                })
            #expect(playground.archived.values.map(\.name) == [name])
        }
    }
}

extension Playground {
    /// What upload clients do to a name that they have just written; false where it is gone.
    fileprivate func clientComesBack(to file: String, step: Int) -> Bool {
        var found = stat()
        guard unsafe stat(file, &found) == 0 else { return false }
        switch step % 4 {
        case 0: return unsafe chmod(file, step % 8 == 0 ? 0o640 : 0o660) == 0
        case 1:
            let time = timespec(tv_sec: 1_600_000_000 + step, tv_nsec: 0)
            return unsafe utimensat(AT_FDCWD, file, [time, time], 0) == 0
        case 2: return unsafe rename(file, file + ".tmp") == 0 && rename(file + ".tmp", file) == 0
        default: return true
        }
    }
}
