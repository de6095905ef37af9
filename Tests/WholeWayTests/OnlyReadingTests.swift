import Foundation
import Glibc
import TestKit
import Testing

/// Operators who may read the ledger's files and not write them.
@Suite(.enabled(if: Nobody.canRun, "needs root, setpriv(1), and programs that everybody may run"))
struct OnlyReadingTests {
    @Test func `who may only read sees everything beside a daemon, and is told what is missing where none runs`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await playground.rest(batches: 1)
            try openToAll(playground)
            for words in [["status"], ["batches"], ["sales", "--csv"], ["audit"]] {
                let end = try await ask(playground, words)
                #expect(end.status == 0, "\(words): \(end)")
            }
            #expect(try await ask(playground, ["batches"]).output.contains("a.csv"))
            let refused = try await ask(playground, ["map", "boxnox", "X-1", "7350154320008"])
            #expect(refused.status == 1 && refused.complaint.contains("Permission denied"), "\(refused)")
            try await daemon.stopped()
            let alone = try await ask(playground, ["batches"])
            #expect(alone.status == 1 && alone.complaint.contains("ledger.db-shm"), "\(alone)")
            #expect(try await playground.batches().count == 1)
        }
    }

    private func openToAll(_ playground: Playground) throws {
        for (name, mode) in [("", 0o755), ("/ledger.db", 0o644), ("/ledger.db-wal", 0o644), ("/ledger.db-shm", 0o644)] {
            guard unsafe chmod(playground.path(".ledger" + name), mode_t(mode)) == 0 else { throw POSIXError(.EIO) }
        }
        guard unsafe chmod(playground.folder, 0o755) == 0 else { throw POSIXError(.EIO) }
    }

    private func ask(_ playground: Playground, _ words: [String]) async throws -> CommandEnd {
        try await Program(
            "selloutctl", ["--root", playground.root, "--profiles", playground.profiles] + words, behind: Nobody.words,
            keepingOutputIn: playground.folder
        ).end()
    }
}
