import Foundation
import Glibc
import TestKit
import Testing
import Web

/// The daemon's own socket, as the program that serves people asks it.
@Suite struct SocketTests {
    private func ask(_ playground: Playground, _ target: String) throws -> HTTPReply {
        try HTTPClient(.unix(path: playground.path(".run/selloutd.sock")), deadline: .seconds(30)).get(target)
    }

    @Test func `status, originals and raw rows are answered there, and only there`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try playground.drop(Samples.boxnoxRows("2025;4", ["Abanuc Online;7350154320008;x;202,48"]), at: "boxnox/inbox/a.csv")
            let report = try await playground.report(on: "a.csv")
            try await playground.rest(batches: 1)
            #expect(try ask(playground, "/healthz").status == 200)
            #expect(try ask(playground, "/status").status == 200)
            let original = try ask(playground, "/originals/\(report.batch_id)")
            #expect(original.status == 200 && playground.archived[report.batch_id]?.content == Data(original.body))
            let rows = try ask(playground, "/rows/\(report.batch_id)?limit=10")
            let text = String(decoding: rows.body, as: UTF8.self)
            #expect(rows.status == 200 && text.contains("\"QTY\"") && text.contains("\"x\""), "\(text)")
            #expect(try await daemon.get("/originals/\(report.batch_id)").status == 404)
            let socket = try FileManager.default.attributesOfItem(atPath: playground.path(".run"))
            #expect(socket[.posixPermissions] as? Int == 0o750)
        }
    }

    @Test func `a workbook is looked into in the cage, and a draft of its profile reads it`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            let client = HTTPClient(.unix(path: playground.path(".run/selloutd.sock")), deadline: .seconds(60))
            let book = "Store;EAN;Product;Qty;Amount;Date\n" + (1...500).map { "Shop;7350154320008;Soap;\($0);5,00;2025-04-01\n" }.joined()
            let look = try client.ask(.post, "/glimpse?name=news.csv", body: .bytes(Array(book.utf8)))
            let seen = try #require(JSONSerialization.jsonObject(with: Data(look.body)) as? [String: Any])
            #expect(look.status == 200, "\(seen)")
            let workbook = try #require(seen["workbook"] as? String)
            let draft = try #require(seen["draft"] as? String)
            let sales = try client.ask(.post, "/workbooks/\(workbook)/sales", body: .bytes(Array(draft.utf8)))
            let read = try #require(JSONSerialization.jsonObject(with: Data(sales.body)) as? [String: Any])
            #expect(read["count"] as? Int == 500 && read["quantity"] as? Int == 125_250, "\(read)")
            // A bomb of a body is cut off, and the daemon goes on.
            let large = try client.ask(.post, "/glimpse?name=a.csv", body: .bytes([UInt8](repeating: 44, count: (100 << 20) + 1)))
            #expect(large.status == 413)
            #expect(try ask(playground, "/healthz").status == 200)
        }
    }

    @Test func `a socket that a killed daemon has left is no hindrance`() async throws {
        try await Playground.with { playground in
            try await playground.daemon().kill()
            #expect(playground.exists(".run/selloutd.sock"))
            try await playground.daemon()
            #expect(try ask(playground, "/readyz").status == 200)
        }
    }
}
