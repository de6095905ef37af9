import Batches
import Foundation
import Ledger
import Pipeline
import TestKit
import Testing
import Texts
import Web

@testable import selloutd

/// What the daemon's own socket answers beside the status.
@Suite struct SocketTests {
    private func desk(_ playground: Playground) throws -> OriginalsDesk {
        OriginalsDesk(
            root: playground.root, ledger: try SQLiteLedger(onlyReading: playground.root + "/.ledger/ledger.db"),
            reader: PlainReader(try playground.readProfiles()))
    }

    private func json(_ response: Response) throws -> JSONValue {
        guard case .bytes(let bytes) = response.body else { return .null }
        return try JSONValue(reading: bytes)
    }

    @Test func `the cells of failed rows are read again from the original, with their headers and fields`() async throws {
        try await Playground.with(.inThisProcess) { playground in
            try await playground.open()
            let rows = [
                "Abanuc Online;7350154320008;2;202,48", "Abanuc Online;7350154329999;1;10,00", "Abanuc Online;7350154320008;x;5,00",
            ]
            try playground.drop(Samples.boxnoxRows("2025;4", rows), at: "boxnox/inbox/a.csv")
            let report = try await playground.report(on: "a.csv")
            try await playground.rest(batches: 1)
            let desk = try desk(playground)
            let found = try #require(try json(desk.rows(of: report.batch_id, most: nil))["rows"]?.items)
            #expect(found.compactMap { $0["row"]?.whole }.sorted() == [3, 4])
            let wrong = try #require(found.first { $0["row"]?.whole == 4 })
            guard case .object(let cells)? = wrong["cells"], case .object(let headers)? = wrong["headers"],
                case .object(let fields)? = wrong["fields"]
            else { throw POSIXError(.EIO) }
            #expect(cells.contains { $0.value == .text("x") } && cells.count == 9, "\(wrong)")
            let quantity = try #require(fields.first { $0.value == .text("quantity") }?.name)
            #expect(cells.first { $0.name == quantity }?.value == .text("x"))
            #expect(headers.count == 9 && headers.first { $0.name == quantity }?.value == .text("QTY"))
            #expect(try json(desk.rows(of: report.batch_id, most: "1"))["rows"]?.items?.count == 1)
        }
    }

    @Test func `an original is given out as it was sent, and what is not there is not`() async throws {
        try await Playground.with(.inThisProcess) { playground in
            try await playground.open()
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let report = try await playground.report(on: "a.csv")
            try await playground.rest(batches: 1)
            let desk = try desk(playground)
            let response = desk.original(of: report.batch_id)
            guard case .file(let file, let size) = response.body else { throw POSIXError(.EIO) }
            var bytes = [UInt8](repeating: 0, count: Int(size) + 1)
            #expect(try file.read(into: &bytes, at: 0) == Int(size))
            #expect(String(decoding: bytes.dropLast(), as: UTF8.self) == Samples.boxnox)
            for unknown in [BatchID().text, "", "../../etc/passwd", report.batch_id.uppercased(), String(report.batch_id.prefix(8))] {
                #expect(desk.original(of: unknown).status == 404 && desk.rows(of: unknown, most: nil).status == 404)
            }
            for limit in ["0", "-1", "1001", "x", ""] { #expect(desk.rows(of: report.batch_id, most: limit).status == 400) }
            #expect(try json(desk.rows(of: report.batch_id, most: nil)) == ["rows": .array([])])
            try FileManager.default.removeItem(atPath: playground.path(".archive"))
            #expect(desk.original(of: report.batch_id).status == 404)
        }
    }

    private func bring(_ text: String, as name: String, to desk: WorkbookDesk) throws -> Response {
        let request = Request(method: .post, path: "/glimpse", query: [Header("name", name)])
        guard case .delivery(let delivery) = desk.receive(request) else { throw POSIXError(.EIO) }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: 100) {
            let piece = Array(bytes[start..<min(start + 100, bytes.count)])
            #expect(unsafe delivery.take(piece.span.bytes))
        }
        return delivery.finish()
    }

    @Test func `an unknown workbook shows its first rows and a draft, which then reads its sales`() throws {
        let desk = WorkbookDesk(reader: PlainReader([]))
        let lines = (1...60).map { "Shop \($0 % 3);7350154320008;Soap;\($0);\($0),50;2025-04-01" }
        let response = try bring("Store;EAN;Product;Qty;Amount;Date\n" + lines.joined(separator: "\n") + "\n", as: "news.csv", to: desk)
        let look = try json(response)
        #expect(response.status == 200 && look["name"] == .text("news.csv"))
        let sheet = try #require(look["sheets"]?.items?.first)
        #expect(sheet["rows"]?.items?.count == 40)
        #expect(sheet["rows"]?.items?.first?["cells"]?["B"] == .text("EAN") && sheet["rows"]?.items?.first?["row"]?.whole == 1)
        let draft = try #require(look["draft"]?.text)
        let workbook = try #require(look["workbook"]?.text)
        for _ in 0..<2 {
            let sales = try json(desk.sales(of: workbook, by: Array(draft.utf8)))
            #expect(sales["count"]?.whole == 60 && sales["quantity"]?.whole == 1830, "\(sales)")
            #expect(sales["sales"]?.items?.first?["ean"] == .text("7350154320008"))
            #expect(sales["sales"]?.items?.first?["store"] == .text("Shop 1"))
        }
        let other = draft.replacingOccurrences(of: "\"Qty\"", with: "\"No such header\"")
        let misfit = desk.sales(of: workbook, by: Array(other.utf8))
        #expect(misfit.status == 422)
        let said = try json(misfit)
        #expect(said["refusal"]?["message"]?.text?.contains("No such header") == true, "\(said)")
    }

    @Test func `mistakes of a profile, unknown workbooks and files that are none are told apart`() throws {
        let desk = WorkbookDesk(reader: PlainReader([]))
        let workbook = try #require(try json(try bring("EAN;Qty\n1;2\n", as: "a.csv", to: desk))["workbook"]?.text)
        let faulty = desk.sales(of: workbook, by: Array("{ reseller: 5, nonsense: true }".utf8))
        #expect(faulty.status == 422)
        #expect(try json(faulty)["faults"]?.items?.contains { $0["path"] == .text("reseller") } == true)
        #expect(desk.sales(of: workbook, by: [0xFF]).status == 422)
        #expect(desk.sales(of: BatchID().text, by: []).status == 404)
        let none = try bring("PK\u{3}\u{4} no workbook", as: "a.xlsx", to: desk)
        #expect(none.status == 422)
        #expect(try json(none)["refusal"]?["type"] != nil)
        guard case .refuse(let refused) = desk.receive(Request(method: .post, path: "/glimpse")) else { throw POSIXError(.EIO) }
        #expect(refused.status == 400)
    }

    @Test func `the oldest workbook makes room for the newest, and one that is too large is not kept`() throws {
        let desk = WorkbookDesk(reader: PlainReader([]))
        let first = try #require(try json(try bring("EAN;Qty\n1;2\n", as: "a.csv", to: desk))["workbook"]?.text)
        for _ in 0..<8 { _ = try bring("EAN;Qty\n1;2\n", as: "a.csv", to: desk) }
        #expect(desk.sales(of: first, by: Array("{}".utf8)).status == 404)
        guard case .delivery(let delivery) = desk.receive(Request(method: .post, path: "/glimpse", query: [Header("name", "a.csv")])) else {
            throw POSIXError(.EIO)
        }
        let piece = [UInt8](repeating: 0, count: 1 << 20)
        var taken = 0
        while taken < 200, unsafe delivery.take(piece.span.bytes) { taken += 1 }
        #expect(taken == 100 && delivery.finish().status == 413)
    }
}
