import Foundation
import Glibc
import TestKit
import Testing

/// One reseller who drops very many files.
@Suite struct FairnessTests {
    @Test
    func `while twenty thousand files of one reseller are taken, another's is answered, and the daemon is ready and stops when asked`()
        async throws
    {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            let inbox = playground.path("online/inbox")
            let flood = 20_000
            for number in 0..<flood {
                let file = unsafe open("\(inbox)/.\(number)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o660)
                try #require(file >= 0)
                let text = Array(Samples.online(1, mark: "F\(number)").utf8)
                #expect(unsafe write(file, text, text.count) == text.count)
                close(file)
            }
            for number in 0..<flood { #expect(unsafe rename("\(inbox)/.\(number)", "\(inbox)/\(number).csv") == 0) }
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let report = try await playground.report(on: "a.csv")
            #expect(report.status == "completed")
            let left = playground.names(in: "online/inbox").count
            #expect(left > flood / 2, "only \(left) files of the flood were left: it was no flood")
            #expect(try await daemon.get("/readyz").status == 200)
            #expect(try await daemon.get("/healthz").status == 200)
            try await daemon.stop()
            // What was claimed has been read and answered, or waits; nothing is lost.
            let batches = try await playground.ask(["status", "--json"])
            #expect(batches.status == 0)
            let waiting = playground.names(in: ".spool").count
            let answered = playground.reports("online").count
            #expect(playground.names(in: "online/inbox").count - 1 + waiting + answered >= flood)
        }
    }
}
