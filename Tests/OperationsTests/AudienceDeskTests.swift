import Audience
import Batches
import Foundation
import Ledger
import Operations
import Sellout
import Testing
import Texts

@testable import selloutctl

/// Files of audience records, and what operators do with batches.
@Suite struct AudienceDeskTests {
    private let ledger: SQLiteLedger
    private let desk: OperatorDesk

    init() throws {
        ledger = try SQLiteLedger(inMemory: ())
        desk = OperatorDesk(ledger: ledger, terms: Samples.terms, actor: "anna", clock: { Samples.moment })
    }

    private func take(_ lines: [[String]], more: [[String]] = []) throws -> AudienceImport {
        var sheets = [(name: "People", lines: lines)]
        if !more.isEmpty { sheets.append((name: "Notes", lines: more)) }
        return try desk.importAudience(from: LinesReading(name: "Autumn fair.csv", sheets: sheets))
    }

    private func take(json: String, pieces size: Int = 7) throws -> AudienceImport {
        var rest = Array(json.utf8)[...]
        return try desk.importAudience(json: "people.json") {
            defer { rest = rest.dropFirst(size) }
            return rest.isEmpty ? nil : Array(rest.prefix(size))
        }
    }

    private func report(_ taken: AudienceImport) -> JSONValue {
        taken.report(filename: "f", sha256: "00", receivedAt: Samples.moment).json
    }

    private func records(_ batch: AudienceBatch?) throws -> [String] {
        var lines: [String] = []
        try desk.records(of: #require(batch)) { lines += String(decoding: $0.lines, as: UTF8.self).split(separator: "\n").map(String.init) }
        return lines
    }

    @Test func `a table becomes a batch that is nobody's, and its report names it`() throws {
        let taken = try take([["email", "city"], ["a@b.example", "Århus"], ["c@d.example", ""]], more: [["a note"]])
        let batch = try #require(taken.batch)
        #expect(
            batch.owner == nil && batch.name == "Autumn fair" && batch.source == "Autumn fair.csv" && batch.fields == ["email", "city"])
        #expect(try records(batch) == [#"{"email":"a@b.example","city":"Århus"}"#, #"{"email":"c@d.example"}"#])
        let report = report(taken)
        #expect(report["status"] == .text("completed") && report["upload_id"] == .text(batch.uploadID))
        #expect(report["rows_received"] == .number(2) && report["sheets_not_read"] == .array([.text("Notes")]))
    }

    @Test func `one row that is no record keeps the file out, and the report says where and nothing of what stands there`() throws {
        let taken = try take([["email", "name"], ["a@b.example", "Ana"], ["", "Fjord"]])
        #expect(try taken.batch == nil && ledger.audienceBatches(AudienceFilter()).isEmpty)
        let report = report(taken)
        #expect(report["status"] == .text("failed") && report["upload_id"] == .null && report["rows_failed"] == .number(1))
        #expect(report["errors"]?.items?.first?["row_number"] == .number(3))
        let text = String(decoding: JSONText.bytes(of: report), as: UTF8.self)
        #expect(!text.contains("Fjord") && !text.contains("Ana"))
    }

    @Test(arguments: [
        (#"[{"email":"a"},{"domain":"b"}]"#, "people"), ("\u{FEFF}[{\"email\":\"a\"},{\"domain\":\"b\"}]", "people"),
        (#"{"records":[{"email":"a"},{"domain":"b"}],"upload_name":"dropped"}"#, "dropped"),
    ])
    func `a JSON file is what a program would post, or the list alone`(json: String, name: String) throws {
        let taken = try take(json: json)
        #expect(taken.batch?.name == name && taken.batch?.rows == 2)
        #expect(try records(taken.batch) == [#"{"email":"a"}"#, #"{"domain":"b"}"#])
    }

    @Test func `a fault in a JSON file is told with its position`() throws {
        let taken = try take(json: #"[{"email":"a"},{"email":7}]"#)
        #expect(taken.batch == nil && taken.refusal == "records[1].email: must be a text.")
        #expect(report(taken)["errors"]?.items?.first?["place"] == .text("records[1].email"))
        #expect(try take(json: "").refusal == "This is not JSON: it is empty at byte 0.")
        #expect(try take(json: #"[{"email":"#).batch == nil)
    }

    @Test func `operators list batches, show one, write it out, forget a person and delete`() throws {
        let terminal = try Terminal(ledger)
        let batch = try #require(try take([["email", "note"], ["teal@private.example", "=1+1"], ["b@c.example", "x,y"]]).batch)
        #expect(try terminal.run("audience").output.contains(batch.uploadID))
        #expect(try terminal.run("audience", "show", batch.uploadID).output.contains("records  2\n"))
        let csv = try terminal.run("audience", "export", batch.uploadID, "--csv")
        #expect(csv.status == 0 && csv.output == "email,note\nteal@private.example,\"'=1+1\"\nb@c.example,\"x,y\"\n")
        let forgotten = try terminal.run("audience", "forget", "TEAL@private.example")
        #expect(forgotten.status == 0 && forgotten.output == "1 record is gone for good, from 1 batch.\n")
        #expect(try records(batch) == [#"{"email":"b@c.example","note":"x,y"}"#])
        #expect(try terminal.run("audience", "forget", "teal@private.example").output == "No record holds that.\n")
        #expect(try !ledger.audit(AuditFilter()).contains { $0.reason.lowercased().contains("teal") })
        #expect(try terminal.run("audience", "delete", batch.uploadID).status == 0)
        #expect(try terminal.run("audience", "delete", batch.uploadID).status == 1)
        #expect(try terminal.run("audience", "show", batch.uploadID).complaint.contains("no audience batch"))
    }

    @Test(arguments: [
        ["audience", "remove"], ["audience", "show"], ["audience", "forget"], ["audience", "export", "upl_1_a"],
        ["audience", "list", "--csv"], ["audience", "list", "more"],
    ])
    func `what is called wrongly does nothing and ends with 2`(words: [String]) throws {
        #expect(try Terminal(ledger).run(words).status == 2)
    }
}
