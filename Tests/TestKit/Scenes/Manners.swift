import Foundation
import Glibc
import Linux
import Testing

/// Files whose senders are not done with them, and senders who send the same thing again and again.
extension Scene {
    static let manners = [slowWriter, twentyEqual, workingNames] + misleadingNames.map(misleading)

    package static let slowWriter = Scene(
        "a file that its writer keeps open is not touched, however long the writer pauses, and is taken whole when it is closed"
    ) { playground in
        try await playground.open(settle: 0.1)
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

    package static let twentyEqual = Scene("the same file dropped twenty times at once is accepted once, and twenty answers say so") {
        playground in
        let house = try await playground.open(settle: 0)
        for number in 1...20 { try playground.dropInside(Samples.boxnox, at: ".\(number)", in: "boxnox/inbox") }
        for number in 1...20 {
            let inbox = playground.path("boxnox/inbox")
            #expect(unsafe rename("\(inbox)/.\(number)", "\(inbox)/report (\(number)).csv") == 0)
        }
        try await playground.rest(batches: 20)
        try await house.stop()
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

    package static let workingNames = Scene("working names stay untouched until their owner renames them") { playground in
        try await playground.open()
        let names = ["a.csv.part", ".a.csv", "~$a.csv", "a.csv.filepart", "a.TMP"]
        for name in names { try playground.dropInside(Samples.boxnox, at: name, in: "boxnox/inbox") }
        try playground.drop(Samples.online(1), at: "online/inbox/b.csv")
        try await playground.report(on: "b.csv", for: "online")
        #expect(playground.names(in: "boxnox/inbox") == (names + ["replace"]).sorted())
        #expect(unsafe rename(playground.path("boxnox/inbox/a.csv.part"), playground.path("boxnox/inbox/a.csv")) == 0)
        try await playground.report(on: "a.csv") { $0.status == "completed" }
    }

    package static let misleadingNames = [
        "\u{202E}fdp.csv", "line\nbreak.csv", "Müller ½.csv", String(repeating: "ä", count: 120) + ".csv", "-rf *.csv", "a;b|c.csv",
    ]

    package static func misleading(_ name: String) -> Scene {
        Scene("a name chosen to mislead is taken like any other, and its report can be found and read: \(name.debugDescription)") {
            playground in
            try await playground.open()
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
