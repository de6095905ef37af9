import Batches
import Foundation
import Ledger
import Sellout
import Testing

@testable import selloutctl

/// Listings in pages, and from a moment on.
@Suite struct PagingTests {
    private let ledger = MemoryLedger()
    private let terminal: Terminal

    init() throws {
        terminal = try Terminal(ledger)
        let batches = try (0..<5).map { try Samples.batch("aaaaaa0\($0)", .failed) }
        ledger.change { $0.batches = batches }
    }

    private func ids(_ words: String...) throws -> [String] {
        let end = try terminal.run(words)
        let list = try #require(try end.json as? [[String: Any]])
        return list.compactMap { ($0["batch_id"] as? String).map { String($0.prefix(8)) } }
    }

    @Test func `a page says that more follow, and how to see them; the last one does not`() throws {
        let first = try terminal.run("batches", "--limit", "2")
        #expect(first.lines.count == 4 && first.lines.last == "… and more; the next begin with --offset 2.")
        let last = try terminal.run("batches", "--limit", "2", "--offset", "3")
        #expect(last.lines.count == 3 && last.lines[1].hasPrefix("aaaaaa03"))
        #expect(try ids("batches", "--json", "--limit", "2", "--offset", "1") == ["aaaaaa01", "aaaaaa02"])
        #expect(try ids("batches", "--json", "--offset", "9").isEmpty)
    }

    @Test func `since takes a day, a month or a moment`() throws {
        var late = try Samples.batch("bbbbbbbb", .failed)
        late = Batch(
            id: late.id, reseller: "boxnox", filename: "l.csv", mode: .append, state: .failed, sizeBytes: 1, host: "h",
            receivedAt: Timestamp(milliseconds: Samples.moment.milliseconds + 86_400_000))
        ledger.change { $0.batches.insert(late, at: 0) }
        #expect(try ids("batches", "--json", "--since", "2025-04-15") == ["bbbbbbbb"])
        #expect(try ids("batches", "--json", "--since", "2025-04-14T12:30").count == 6)
        #expect(try ids("batches", "--json", "--since", "2025-04-14T12:31").count == 1)
        #expect(try ids("batches", "--json", "--since", "2025-04").count == 6)
        #expect(try ids("batches", "--json", "--since", "2025-05").isEmpty)
        let wrong = try terminal.run("batches", "--since", "yesterday")
        #expect(wrong.status == 2 && wrong.complaint.contains("--since wants a day such as"))
        #expect(try terminal.run("batches", "--offset", "-1").status == 2)
    }

    @Test func `errors come in pages, the file's own first, and by type`() throws {
        var batch = try Samples.batch("cccccccc", .failed)
        batch.refusal = FileRefusal(.limitExceeded, "Too much.")
        let errors = (0..<2500).map { number in
            RowError(sheet: "S", row: number, type: number % 2 == 0 ? .invalidEAN : .invalidQuantity, message: "m\(number)")
        }
        ledger.change { content in
            content.batches = [batch]
            content.errors[batch.id] = errors
        }
        func messages(_ words: String...) throws -> [String] {
            let list = try #require(try terminal.run(["errors", "cccc", "--json"] + words).json as? [[String: Any]])
            return list.compactMap { $0["error_message"] as? String }
        }
        #expect(try messages("--limit", "2") == ["Too much.", "m0"])
        #expect(try messages("--limit", "2", "--offset", "1") == ["m0", "m1"])
        #expect(try messages().count == 2501)
        #expect(try messages("--type", "invalid_quantity").count == 1250)
        #expect(try messages("--type", "INVALID_QUANTITY", "--offset", "1248") == ["m2497", "m2499"])
        #expect(try messages("--type", "INVALID_QUANTITY", "--offset", "600", "--limit", "1") == ["m1201"])
        #expect(try terminal.run("errors", "cccc", "--limit", "1").lines.last == "… and more; the next begin with --offset 1.")
        #expect(try terminal.run("errors", "cccc", "--type", "EAN").status == 2)
    }

    @Test func `sales come in pages, in the table, as CSV and as JSON`() throws {
        let sales = try (1...5).map { try Samples.sale("P\($0)", quantity: 1, day: $0) }
        ledger.change { $0.sales = sales }
        let table = try terminal.run("sales", "--limit", "2", "--offset", "1")
        #expect(table.lines.count == 4 && table.lines[1].contains("P2") && table.lines[3].hasSuffix("--offset 3."))
        #expect(try terminal.run("sales", "--csv", "--limit", "2").lines.count == 3)
        #expect(try (terminal.run("sales", "--json", "--offset", "4").json as? [Any])?.count == 1)
    }

    @Test func `mappings and what is not mapped come in pages`() throws {
        let products = try Samples.products()
        ledger.change { content in
            content.products = products
            content.mappings = ["A", "B", "C"].map { ProductMapping(reseller: "boxnox", code: $0, ean: products[0].ean) }
            content.unmapped = ["X", "Y"].map {
                UnmappedProduct(reseller: "boxnox", code: $0, name: "", waits: WaitingSums(rows: 1, batches: 1))
            }
        }
        let mappings = try terminal.run("mappings", "--limit", "1", "--offset", "1")
        #expect(
            mappings.lines.map { $0.split(separator: " ").map(String.init) } == [
                ["RESELLER", "CODE", "EAN", "PRODUCT", "ENDED"], ["boxnox", "B", "7350154320008", "BBSC100", "-"],
                ["…", "and", "more;", "the", "next", "begin", "with", "--offset", "2."],
            ])
        #expect(try terminal.run("mappings", "--reseller", "liberty").output == "Nothing is mapped yet.\n")
        #expect(try (terminal.run("unmapped", "--json", "--offset", "1").json as? [[String: Any]])?.first?["code"] as? String == "Y")
    }

    @Test func `the audit log is asked for the steps into a state`() throws {
        _ = try terminal.run("retry", "aaaaaa01")
        _ = try terminal.run("retry", "aaaaaa02")
        #expect(try ids("audit", "--json", "--status", "pending", "--limit", "1") == ["aaaaaa02"])
        #expect(try ids("audit", "--json", "--status", "cancelled").isEmpty)
    }
}
