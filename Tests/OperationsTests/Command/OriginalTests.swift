import Foundation
import Glibc
import Sellout
import Testing

@testable import selloutctl

/// `original`: the file as it was sent, and nothing else's harm.
@Suite struct OriginalTests {
    private let ledger = MemoryLedger()
    private let terminal: Terminal
    private let content = "a;b\n\u{1B}[2J;1\n"

    init() throws { terminal = try Terminal(ledger) }

    /// A batch whose file lies in this folder of the root.
    private func lay(in folder: String, sha256: String? = nil) throws -> Batch {
        var batch = try Samples.batch("0badcafe", .completed)
        batch.sha256 = sha256
        let entered = batch
        ledger.change { $0.batches = [entered] }
        let crate = "\(terminal.root)/\(folder)/"
        try FileManager.default.createDirectory(atPath: crate, withIntermediateDirectories: true)
        try Data(content.utf8).write(to: URL(fileURLWithPath: crate + "march.csv"))
        return batch
    }

    private let archived = ".archive/2025/04/0badcafe-0000-4000-8000-000000000000"

    @Test(arguments: [
        ".archive/2025/04/0badcafe-0000-4000-8000-000000000000", ".spool/0badcafe-0000-4000-8000-000000000000.append.boxnox",
    ])
    func `it is written out byte for byte, from the archive and from the spool`(folder: String) throws {
        _ = try lay(in: folder)
        if !folder.hasPrefix(".spool") {
            try FileManager.default.createDirectory(atPath: terminal.root + "/.spool", withIntermediateDirectories: true)
        }
        let end = try terminal.run("original", "0bad")
        #expect(end.status == 0 && end.output == content && end.complaint.isEmpty)
        let path = terminal.root + "/out.csv"
        #expect(try terminal.run("original", "0bad", "--to", path).output == "march.csv: \(content.utf8.count) bytes written to \(path).\n")
        #expect(FileManager.default.contents(atPath: path) == Data(content.utf8))
    }

    @Test func `nothing is written over a file, and nothing through a link`() throws {
        _ = try lay(in: archived)
        try FileManager.default.createDirectory(atPath: terminal.root + "/.spool", withIntermediateDirectories: true)
        let (there, link, aim) = (terminal.root + "/there", terminal.root + "/link", terminal.root + "/aim")
        try Data("mine".utf8).write(to: URL(fileURLWithPath: there))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: aim)
        for path in [there, link] {
            let end = try terminal.run("original", "0bad", "--to", path)
            #expect(end.status == 1 && end.complaint == "selloutctl: \(path) is there already, and nothing is written over it.\n")
        }
        #expect(FileManager.default.contents(atPath: there) == Data("mine".utf8))
        #expect(!FileManager.default.fileExists(atPath: aim))
    }

    @Test func `a link in the archive is no original`() throws {
        _ = try lay(in: archived)
        try FileManager.default.createDirectory(atPath: terminal.root + "/.spool", withIntermediateDirectories: true)
        let file = "\(terminal.root)/\(archived)/march.csv"
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/etc/hostname")
        let end = try terminal.run("original", "0bad")
        #expect(end.status == 1 && end.output.isEmpty && end.complaint.contains("is neither in the spool nor in the archive"))
    }

    @Test func `where it is gone it says so, and makes no folder`() throws {
        let batch = try Samples.batch("0badcafe", .completed)
        ledger.change { $0.batches = [batch] }
        let end = try terminal.run("original", "0bad")
        #expect(end.status == 1 && end.complaint.contains("(march.csv) is neither in the spool nor in the archive"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: terminal.root).filter { $0.hasPrefix(".") } == [".ledger"])
    }

    @Test func `another content than the one that was read is told, and is not left under the new name`() throws {
        _ = try lay(in: archived, sha256: String(repeating: "ab", count: 32))
        try FileManager.default.createDirectory(atPath: terminal.root + "/.spool", withIntermediateDirectories: true)
        let path = terminal.root + "/out.csv"
        let end = try terminal.run("original", "0bad", "--to", path)
        #expect(end.status == 1 && end.complaint.contains("is not the file that batch 0badcafe was read from"))
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
