import Foundation
import Reports
import Sellout
import Testing

@testable import selloutctl

/// `check`: what it says beside the report, and how it ends.
@Suite struct CheckTests {
    private func terminal(_ refusal: FileRefusal? = nil, missingLedger: String? = nil) throws -> Terminal {
        let terminal = try Terminal()
        terminal.wiring.check = { _, path, _ in
            var batch = try Samples.batch("0badcafe", refusal == nil ? .completed : .failed, filename: path)
            batch.refusal = refusal
            return Rehearsed(report: Report(batch, vendorName: "BOXNOX"), missingLedger: missingLedger)
        }
        return terminal
    }

    @Test func `a file that would be refused ends with 1, after its page or its report`() throws {
        let terminal = try terminal(FileRefusal(.duplicateFile, "The same content was received."))
        let page = try terminal.run("check", "f.csv")
        #expect(page.status == 1 && page.complaint == "selloutctl: The file would be refused: DUPLICATE_FILE.\n")
        #expect(page.output.contains("Refused     DUPLICATE_FILE"))
        let json = try terminal.run("check", "f.csv", "--json")
        let report = try #require(try json.json as? [String: Any])
        #expect(json.status == 1 && report["status"] as? String == "failed")
    }

    @Test func `without a ledger it says what was not looked at, on the page and in JSON`() throws {
        let terminal = try terminal(missingLedger: "There is no ledger at /x yet.")
        let page = try terminal.run("check", "f.csv")
        #expect(page.status == 0)
        #expect(page.lines.first?.hasPrefix("Duplicates, mappings, stores, prices and rates were not looked at") == true)
        #expect(page.lines.first?.hasSuffix("There is no ledger at /x yet.") == true)
        let json = try #require(try terminal.run("check", "f.csv", "--json").json as? [String: Any])
        #expect((json["not_looked_at"] as? String)?.hasPrefix("Duplicates, mappings") == true)
    }

    @Test func `with a ledger nothing was left out`() throws {
        let terminal = try terminal()
        #expect(try terminal.run("check", "f.csv").lines.first?.hasPrefix("Batch ") == true)
        let json = try #require(try terminal.run("check", "f.csv", "--json").json as? [String: Any])
        #expect(json["not_looked_at"] == nil && json["report_version"] as? Int == 1)
    }

    @Test func `a real check in a root without a ledger, or without anything, rehearses all the same`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/check-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("a,b\n".utf8).write(to: URL(fileURLWithPath: folder + "/f.pdf"))
        let terminal = try Terminal()
        terminal.wiring = .connected
        terminal.environment = ["SELLOUT_ROOT": folder, "SELLOUT_PROFILES": TestSamples.profiles]
        let end = try terminal.run("check", folder + "/f.pdf", "--reseller", "boxnox")
        #expect(end.status == 1 && end.complaint.contains("FILE_TYPE_NOT_ALLOWED"))
        #expect(end.output.contains("There is no ledger at \(folder)/.ledger/ledger.db yet"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["f.pdf"])
    }
}

/// The project's sample profiles.
private enum TestSamples {
    static let profiles =
        (0..<4).reduce(URL(fileURLWithPath: #filePath)) { path, _ in path.deletingLastPathComponent() }.path + "/samples/resellers"
}
