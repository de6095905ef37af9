import Batches
import Cells
import Dispatch
import Folders
import Foundation
import Frames
import Glibc
import Ledger
import Linux
import Sellout
import Synchronization
import TestKit
import Testing

@testable import Pipeline

/// The whole way in this process, where what surrounds it can be made to fail.
@Suite struct PipelineTests {
    private func with(_ body: (Playground) async throws -> Void) async throws { try await Playground.with(.inThisProcess, body) }

    private func crate(_ name: String, _ text: String, in playground: Playground) throws {
        try playground.makeFolder(".spool/" + name)
        try Data(text.utf8).write(to: URL(fileURLWithPath: playground.path(".spool/\(name)/a.csv")))
    }

    @Test func `what a crash left in the spool is adopted at start, sales and reference files alike, and strangers are named`() async throws
    {
        try await with { playground in
            try crate("\(BatchID()).append.boxnox", Samples.boxnox, in: playground)
            try crate("\(BatchID()).replace.online", Samples.online(3), in: playground)
            try crate("\(BatchID()).append.reference", "reseller,code,ean\nboxnox,X-1,7350154320008\n", in: playground)
            try playground.makeFolder(".spool/\(BatchID()).append.boxnox")
            try crate("somebody's", Samples.boxnox, in: playground)
            let house = try await PipelineHouse(playground)
            #expect(try await playground.report(on: "a.csv").status == "completed")
            #expect(try await playground.report(on: "a.csv", for: "online").upload_mode == "replace")
            try await eventually("an answer to the reference file") { playground.names(in: "reference/outbox").count == 1 }
            try await eventually("the stranger to be alone in the spool") { playground.names(in: ".spool") == ["somebody's"] }
            #expect(house.pipeline.standing.problems.contains { $0.contains("somebody's") })
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
        }
    }

    @Test func `what a crash left in the spool of a reseller whose profile has a mistake is adopted when it is mended`() async throws {
        try await with { playground in
            let path = playground.profiles + "/boxnox.json5"
            let good = try Data(contentsOf: URL(fileURLWithPath: path))
            try Data("{ reseller: \"boxnox\" }".utf8).write(to: URL(fileURLWithPath: path))
            let id = BatchID()
            try crate("\(id).append.boxnox", Samples.boxnox, in: playground)
            let house = try await PipelineHouse(playground)
            try playground.drop(Samples.online(1), at: "online/inbox/b.csv")
            try await playground.report(on: "b.csv", for: "online")
            #expect(try await playground.batches().map(\.reseller) == ["online"])
            #expect(playground.names(in: ".spool").contains("\(id).append.boxnox"))
            try good.write(to: URL(fileURLWithPath: path))
            try await house.reload()
            let report = try await playground.report(on: "a.csv")
            #expect(report.status == "completed" && report.batch_id == id.text)
        }
    }

    @Test func `a batch that was deleted before its file was put away does not come back, and its file and its report go`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground)
            try playground.drop("no,report\nat,all\n", at: "boxnox/inbox/a.csv")
            let failed = try await playground.report(on: "a.csv")
            try await playground.rest(batches: 1)
            try await playground.ctl("delete", failed.batch_id, "--reason", "a mistake")
            try await house.stop()
            try crate("\(failed.batch_id).append.boxnox", "no,report\nat,all\n", in: playground)
            try FileManager.default.removeItem(atPath: playground.path(".archive"))
            try await playground.open()
            try await eventually("an empty spool") { playground.names(in: ".spool").isEmpty }
            #expect(try await playground.batches().isEmpty)
            try await eventually("an empty archive") { playground.archived.isEmpty }
            try await eventually("an empty outbox") { playground.names(in: "boxnox/outbox").isEmpty }
        }
    }

    @Test func `a reader that names products without end is not listened to`() throws {
        let batch = Batch(
            id: BatchID(), reseller: "boxnox", filename: "a.csv", mode: .append, sizeBytes: 1, host: "test", receivedAt: .now())
        let ledger = try SQLiteLedger(inMemory: ())
        let terms = Terms(reseller: "boxnox", vendorName: "B", currency: "EUR")
        var staging = Staging(ledger: ledger, run: Run(batch), terms: terms, catalogue: try ledger.catalogue(for: terms))
        var harvested = Harvested()
        harvested.products = [ProductNaming(code: "X")]
        try staging.take(.harvested(harvested))
        harvested.products = Array(repeating: ProductNaming(code: "X"), count: 1_000_000)
        #expect(throws: FrameFault.self) { try staging.take(.harvested(harvested)) }
    }

    @Test func `a profile with another currency has other rates at once`() throws {
        let ledger = try SQLiteLedger(inMemory: ())
        let shelf = CatalogueShelf()
        var terms = Terms(reseller: "boxnox", vendorName: "B", currency: "EUR")
        let day = SaleDate.day(CivilDay(number: 20_000))
        #expect(try shelf.catalogue(for: terms, in: ledger).rate(for: day) == .euro)
        terms.currency = "XAU"
        #expect(try shelf.catalogue(for: terms, in: ledger).rate(for: day) == nil)
    }

    @Test func `a batch that is cancelled and deleted while it waits for its turn leaves no trouble behind`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground)
            let (isRead, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            house.reader.before { job in
                guard job.fileName == "a.csv" else { return }
                isRead.signal()
                mayGoOn.wait()
            }
            // What replaces runs alone.
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/replace/a.csv")
            try await eventually("the reading to begin") { isRead.wait(timeout: .now()) == .success }
            try playground.drop(Samples.boxnoxHeader, at: "boxnox/inbox/later.csv")
            try await eventually("the second batch") { try await playground.batches().count == 2 }
            let id = try #require(try await playground.batches().first { $0.filename == "later.csv" }?.batch_id)
            try await playground.ctl("cancel", id)
            try await playground.ctl("delete", id, "--reason", "a mistake")
            mayGoOn.signal()
            try playground.drop(Samples.online(2), at: "online/inbox/b.csv")
            #expect(try await playground.report(on: "b.csv", for: "online").status == "completed")
            try await eventually("an empty spool") { playground.names(in: ".spool").isEmpty }
            #expect(!house.notes.all.contains { $0.contains("There is no batch") }, "\(house.notes.all)")
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
        }
    }

    @Test func `a reference file that could not be taken is taken before those that came after it`() async throws {
        try await with { playground in
            func mapping(_ ean: String) -> String { "reseller,code,ean\nboxnox,X-1,\(ean)\n" }
            try crate("\(BatchID()).append.reference", mapping("7350154320008"), in: playground)
            try await Task.sleep(for: .milliseconds(20))
            try crate("\(BatchID()).append.reference", mapping("7350154320459"), in: playground)
            let house = try await PipelineHouse(playground, crashed: false) { reader in
                let isFirst = Atomic(true)
                reader.before { _ in
                    if isFirst.exchange(false, ordering: .relaxed) { throw SystemFault("start", path: "selloutd-reader", errno: EMFILE) }
                }
            }
            try await eventually("both answers") { playground.names(in: "reference/outbox").count == 2 }
            try playground.drop(Samples.boxnoxHeader + "2025;4;Retail;Shop;7350154320999;1;9,00;EDP;X-1\n", at: "boxnox/inbox/a.csv")
            _ = try await playground.report(on: "a.csv")
            #expect(try await playground.ctl("sales", "--json").contains("7350154320459"))
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
        }
    }

    @Test func `a reference file that was dropped is an import, and its answer bears the number by which it is undone`() async throws {
        try await with { playground in
            try crate("\(BatchID()).append.reference", "reseller,code,ean\nboxnox,X-1,7350154320008\n", in: playground)
            let house = try await PipelineHouse(playground)
            try await eventually("an answer") { !playground.names(in: "reference/outbox").isEmpty }
            let name = try #require(playground.names(in: "reference/outbox").first)
            let answer = try Data(contentsOf: URL(fileURLWithPath: playground.path("reference/outbox/\(name)")))
            let report = try #require(try JSONSerialization.jsonObject(with: answer) as? [String: Any])
            let number = try #require(report["import"] as? Int)
            #expect(try await playground.ctl("mappings").contains("X-1"))
            #expect(try await playground.ctl("import", "undo", String(number)).contains("1 record is as before"))
            #expect(try await playground.ctl("mappings") == "Nothing is mapped yet.\n")
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
        }
    }

    @Test func `a reader that cannot be had costs no try: the file is read when it can`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground)
            let fails = Mutex(true)
            house.reader.before { _ in if fails.withLock({ $0 }) { throw SystemFault("start", path: "selloutd-reader", errno: EMFILE) } }
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await eventually("readiness to go", seen: { house.notes.all.joined(separator: "\n") }) {
                house.pipeline.standing.reasonsNotReady.contains { $0.contains("Raise the limit of open files") }
            }
            fails.withLock { $0 = false }
            #expect(try await playground.report(on: "a.csv").status == "completed")
            try await eventually("nothing to be wrong any more") { house.pipeline.standing.problems.isEmpty }
            #expect(house.pipeline.standing.problemsByReseller.isEmpty)
            #expect(try await playground.ctl("audit", "--json").contains("give back"))
        }
    }

    @Test func `a file that somebody writes to while it is read is read again when it stands still`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground)
            let writes = Mutex(2)
            house.reader.before { _ in
                guard
                    writes.withLock({ left in
                        left -= 1
                        return left >= 0
                    })
                else { return }
                let crate = try #require(playground.names(in: ".spool").first)
                let file = try Descriptor(opening: playground.path(".spool/\(crate)/a.csv"), flags: O_WRONLY | O_APPEND | O_NONBLOCK)
                try file.write("2025;4;Retail;Late;7350154320008;1;202,48;EDP;SKU\n".utf8)
            }
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let report = try await playground.report(on: "a.csv")
            #expect(report.status == "completed" && report.rows_processed == 4)
            #expect(house.notes.all.contains { $0.contains("still being changed") })
        }
    }

    @Test func `a file whose original has been taken away fails with a sentence`() async throws {
        try await with { playground in
            try crate("\(BatchID()).append.boxnox", Samples.boxnox, in: playground)
            let id = try #require(playground.names(in: ".spool").first).prefix(36)
            let first = try await PipelineHouse(playground)
            try await playground.rest(batches: 1)
            try await playground.ctl("batches")
            try playground.drop("no,report\nat,all\n", at: "boxnox/inbox/b.csv")
            let failed = try await playground.report(on: "b.csv")
            try await playground.rest(batches: 2)
            try await first.stop()
            try FileManager.default.removeItem(atPath: playground.path(".archive"))
            try await playground.ctl("retry", failed.batch_id)
            try await playground.open()
            let report = try await playground.report(on: "b.csv") { $0.message.contains("neither in the spool nor in the archive") }
            #expect(report.status == "failed" && report.batch_id != id)
            try await eventually("the batch to be at rest") { try await playground.ctl("status").contains("Reports owed: 0") }
        }
    }

    @Test func `a batch that is cancelled while its file is read ends as cancelled, and its report says so`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground)
            let goOn = DispatchSemaphore(value: 0)
            house.reader.before { _ in goOn.wait() }
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await eventually("the file to be read") { house.pipeline.standing.running.count == 1 }
            #expect(house.pipeline.standing.running.first?.batch.filename == "a.csv")
            let id = try #require(try await playground.batches().first).batch_id
            try await eventually("its try to have begun") { try await playground.batches().first?.status == "processing" }
            try await playground.ctl("cancel", id)
            goOn.signal()
            #expect(try await playground.report(on: "a.csv").status == "cancelled")
            #expect(try await playground.sales().isEmpty)
        }
    }

    @Test func `asked to stop, it gives running files their grace and leaves the rest pending, their tries uncounted`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground, grace: .milliseconds(300))
            let goOn = DispatchSemaphore(value: 0)
            house.reader.before { _ in goOn.wait() }
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await eventually("the file to be read") { try await playground.batches().first?.status == "processing" }
            try await house.stop()
            #expect(try await playground.batches().map(\.status) == ["pending"])
            goOn.signal()
            try await playground.open()
            #expect(try await playground.report(on: "a.csv").status == "completed")
        }
    }

    @Test func `while an outbox is missing its reports are owed, nobody else waits, and they come when it is there`() async throws {
        try await with { playground in
            try FileManager.default.removeItem(atPath: playground.path("boxnox/outbox"))
            try FileManager.default.removeItem(atPath: playground.path("reference/outbox"))
            let house = try await PipelineHouse(playground)
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try playground.drop("reseller,code,ean\nboxnox,X-1,7350154320008\n", at: "reference/inbox/m.csv")
            try playground.drop(Samples.online(2), at: "online/inbox/b.csv")
            #expect(try await playground.report(on: "b.csv", for: "online").status == "completed")
            try await eventually("the file to be taken") { try await playground.batches().map(\.status) == ["completed", "completed"] }
            #expect(house.pipeline.standing.problems.count == 2)
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
            #expect(Array(house.pipeline.standing.problemsByReseller.keys) == ["boxnox"])
            #expect(house.pipeline.standing.problems.contains { $0.hasPrefix("Reports for boxnox wait until selloutd can write") })
            #expect(playground.names(in: ".spool").count == 2)
            try playground.makeFolder("boxnox/outbox")
            try playground.makeFolder("reference/outbox")
            #expect(try await playground.report(on: "a.csv").status == "completed")
            try await eventually("readiness to come back") { house.pipeline.standing.reasonsNotReady.isEmpty }
            try await playground.rest(batches: 2)
        }
    }

    @Test func `an outbox that is missing is told before a report is owed to it`() async throws {
        try await with { playground in
            try FileManager.default.removeItem(atPath: playground.path("online/outbox"))
            let house = try await PipelineHouse(playground)
            #expect(Array(house.pipeline.standing.problemsByReseller.keys) == ["online"])
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
            try playground.makeFolder("online/outbox")
            try await eventually("nothing to be wrong any more") { house.pipeline.standing.problems.isEmpty }
        }
    }

    @Test func `lost events and a watch in trouble are told, and files are found by looking`() async throws {
        try await with { playground in
            let watch = FakeWatch()
            watch.health = .degraded(reason: "There are too few watches.")
            let house = try await PipelineHouse(playground, settle: .zero, watch: watch)
            #expect(house.pipeline.standing.problems == ["There are too few watches."])
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            watch.health = .whole
            watch.tell(.overflow(reason: "Too many events."))
            #expect(try await playground.report(on: "a.csv").status == "completed")
            #expect(house.notes.all.contains("overflowed: Too many events."))
            #expect(watch.refreshes >= 2)
            try await eventually("no problem to be left") { house.pipeline.standing.problems.isEmpty }
        }
    }

    @Test func `a file whose columns are not those of the last one is taken, and its report says which`() async throws {
        try await with { playground in
            _ = try await PipelineHouse(playground)
            func warnings(_ file: String) async throws -> [Substring] {
                let id = try await playground.report(on: file).batch_id
                let page = try await playground.ctl("show", id).split(separator: "\n")
                return page.filter { $0.contains("LAYOUT_CHANGED") }
            }
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            #expect(try await warnings("a.csv").isEmpty)
            let other = Samples.boxnoxRows("2025;5", ["Abanuc Online;7350154320008;1;202,48"])
                .replacingOccurrences(of: ";SKU\n", with: ";SKU;City\n")
            try playground.drop(other, at: "boxnox/inbox/b.csv")
            let told = try await warnings("b.csv")
            #expect(
                told == [
                    "Warning     LAYOUT_CHANGED: The layout is not that of \"a.csv\", the last file taken: the column \"City\" is new."
                ])
            let report = try await playground.report(on: "b.csv")
            #expect(report.status == "completed", "\(report)")
            try playground.drop(other.replacingOccurrences(of: "2025;5", with: "2025;6"), at: "boxnox/inbox/c.csv")
            #expect(try await warnings("c.csv").isEmpty)
        }
    }

    @Test func `a rehearsal says what would become of a file and changes nothing`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground)
            let path = try playground.write(Samples.boxnox, beside: "a.csv")
            let copy = try playground.ledgerCopy()
            let rehearsal = Rehearsal(onCopy: copy, reader: house.reader, profiles: ProfileShelf(try playground.readProfiles()))
            #expect(try rehearsal.report(on: path, reseller: nil).batch.state == .completed)
            let foreign = try playground.write(Samples.online(2), beside: "b.csv")
            #expect(try rehearsal.report(on: foreign, reseller: "boxnox").batch.refusal?.type == .wrongReseller)
            #expect(try rehearsal.report(on: foreign, reseller: "nobody").batch.refusal?.type == .vendorDetectionFailed)
            let mistaken = Rehearsal(onCopy: copy, reader: house.reader, profiles: ProfileShelf([], withheld: .only(["boxnox"])))
            #expect(throws: WithheldFile.self) { try mistaken.report(on: path, reseller: "boxnox") }
            #expect(throws: FileRefusal.self) { try rehearsal.report(on: playground.write("x", beside: "c.zip"), reseller: nil) }
            #expect(try await playground.batches().isEmpty)
        }
    }
}
