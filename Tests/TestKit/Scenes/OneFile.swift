import Foundation
import Testing

extension Scene {
    static let oneFile = [dropped, reference, replacing, replacingWithFailedRow, tooLargeSums] + Odd.all.map(\.scene)

    package static let dropped = Scene("a dropped CSV becomes sales and a report with its figures, and its original is archived") {
        playground in
        let house = try await playground.open()
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/April report.csv")
        let report = try await playground.report(on: "April report.csv")
        #expect(report.status == "completed")
        #expect((report.rows_total, report.rows_processed, report.rows_failed) == (2, 2, 0))
        #expect(report.totals.quantity == -1)
        #expect(report.totals.sales_local == "197.38")
        #expect(report.totals.sales_eur == "197.38")
        let answer = "April report.csv.\(report.batch_id.prefix(8))"
        #expect(playground.names(in: "boxnox/outbox") == [answer + ".html", answer + ".json"])
        // The sample's reseller reads Spanish.
        let page = try playground.page(answer + ".html", of: "boxnox")
        #expect(page.contains("<html lang=\"es\">") && page.contains("2 ventas están registradas.") && page.contains("197,38\u{A0}€"))
        try await playground.rest(batches: 1)
        let sales = try await playground.sales()
        #expect(sales.map(\.local) == ["202.48", "-5.10"])
        #expect(sales.map(\.store) == ["Abanuc Online", "Abanuc Madrid"])
        #expect(playground.archived.mapValues { $0.content } == [report.batch_id: Data(Samples.boxnox.utf8)])
        #expect(playground.names(in: "boxnox/inbox") == ["replace"])
        try await house.stop()
    }

    package static let reference = Scene("files of the reference inbox are taken while running, and an answer to each lies in the outbox") {
        playground in
        try await playground.open()
        try playground.drop("reseller,code,ean\nboxnox,X-1,7350154320008\n", at: "reference/inbox/mappings.csv")
        try await eventually("an answer") { !playground.names(in: "reference/outbox").isEmpty }
        try playground.drop(Samples.boxnoxHeader + "2025;4;Retail;Shop;7350154320999;1;9,00;EDP;X-1\n", at: "boxnox/inbox/a.csv")
        try await playground.report(on: "a.csv") { $0.status == "completed" }
        #expect(try await playground.sales().map(\.ean) == ["7350154320008"])
    }

    package static let replacing = Scene("a replacing file swaps the reseller's sales for its own, and no other reseller's") { playground in
        try await playground.open()
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
        try playground.drop(Samples.online(3, mark: "OLD"), at: "online/inbox/old.csv")
        try await playground.rest(batches: 2)
        try playground.drop(Samples.online(4, mark: "NEW"), at: "online/inbox/replace/new.csv")
        let report = try await playground.report(on: "new.csv", for: "online")
        #expect(report.status == "completed" && report.upload_mode == "replace")
        #expect(report.message.contains("3") && report.message.contains("4"), "\(report.message)")
        let sales = try await playground.sales()
        #expect(sales.filter { $0.batch == report.batch_id }.count == 4)
        #expect(sales.count == 6)
    }

    package static let replacingWithFailedRow = Scene("a replacing file with a failed row replaces nothing and waits for approval") {
        playground in
        try await playground.open()
        try playground.drop(Samples.online(3, mark: "OLD"), at: "online/inbox/old.csv")
        try await playground.rest(batches: 1)
        let wrong = Samples.online(2, mark: "NEW") + "NEW-9,7350154320008,BBSC100,Soap Club,many,10.50,2025-03-11,SE,Malmö\n"
        try playground.drop(wrong, at: "online/inbox/replace/new.csv")
        let report = try await playground.report(on: "new.csv", for: "online")
        #expect(report.status == "staging_complete" && report.rows_failed == 1)
        #expect(try await playground.sales().count == 3)
        let approval = try await playground.ask(["approve", report.batch_id])
        let sales = try await playground.sales()
        #expect(approval.status == 1 ? sales.count == 3 : sales.count == 2, "\(approval)")
    }

    package static let tooLargeSums = Scene("sums that no ledger can hold fail their file, and the daemon goes on") { playground in
        let house = try await playground.open()
        let huge = Samples.boxnoxRows("2025;4", (1...3).map { "Shop \($0);7350154320008;1;900000000000000,00" })
        try playground.drop(huge, at: "boxnox/inbox/huge.csv")
        let report = try await playground.report(on: "huge.csv")
        #expect(report.status == "failed" || report.rows_failed == 3, "\(report.message)")
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/next.csv")
        #expect(try await playground.report(on: "next.csv").status == "completed")
        try await playground.rest(batches: 2)
        try await eventually("readiness") { try await house.reasonsNotReady().isEmpty }
    }
}

/// What is sent under which name, and the file error that its report names.
package struct Odd: Sendable, CustomStringConvertible {
    let name: String
    let content: [UInt8]
    let error: String

    init(_ name: String, _ content: [UInt8], _ error: String) {
        self.name = name
        self.content = content
        self.error = error
    }

    package var description: String { name }

    package static let all = [
        Odd("letter.pdf", Array("%PDF-1.7".utf8), "FILE_TYPE_NOT_ALLOWED"),
        Odd("stray.csv.sha256", Array("not agreed on\n".utf8), "FILE_TYPE_NOT_ALLOWED"),
        Odd("no ending", Array(Samples.boxnox.utf8), "FILE_TYPE_NOT_ALLOWED"),
        Odd("zeros.csv", [UInt8](repeating: 0, count: 4096), "FILE_TYPE_NOT_ALLOWED"),
        Odd("torn.xlsx", Array("PK\u{3}\u{4}torn".utf8), "PARSING_ERROR"),
        Odd("words.csv", Array("dear all,\nplease find attached nothing\n".utf8), "VENDOR_DETECTION_FAILED"),
        Odd("orders.csv", Array(Samples.online(3).utf8), "WRONG_RESELLER"),
    ]

    package var scene: Scene {
        Scene("\(name) cannot be taken and fails with a sentence, and the next one is taken") { playground in
            let house = try await playground.open()
            let draft = playground.beside("draft")
            try Data(content).write(to: URL(fileURLWithPath: draft))
            try FileManager.default.moveItem(atPath: draft, toPath: playground.path("boxnox/inbox/" + name))
            let report = try await playground.report(on: name)
            #expect(report.status == "failed")
            #expect(report.errors.map(\.error_type) == [error], "\(report.message)")
            #expect(report.message.hasSuffix("."), "\(report.message)")
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/next.csv")
            #expect(try await playground.report(on: "next.csv").status == "completed")
            try await playground.rest(batches: 2)
            #expect(playground.archived[report.batch_id]?.content == Data(content))
            try await house.stop()
        }
    }
}
