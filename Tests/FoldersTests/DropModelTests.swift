import Batches
import Chances
import Foundation
import Glibc
import Linux
import Testing

@testable import Folders

/// Uploads, daemons and deaths of both programs in any order, against a model of what must be where. The content of each upload is
/// unique, so that one look at the disk says where each has got to.
@Suite struct DropModelTests {
    private struct Model {
        /// Handed over, by content, with what its slip said.
        var handed: [String: Slip] = [:]
        /// Still coming.
        var coming: [(drop: Drop, text: String)] = []
        /// Put away: then the ledger knows them.
        var archived: Set<String> = []
        var tokens = 0

        mutating func token() -> String {
            tokens += 1
            return "content-\(tokens)-"
        }
    }

    private static let senders: [Sender] = [.reseller("boxnox"), .reseller("galilu"), .operations]

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `whatever uploaders, daemons and deaths do in turn, every upload is in exactly one place`(seed: UInt64) async throws {
        var random = Chance(seed: seed)
        try await Playground.with(["boxnox", "galilu"]) { playground, firstRoot in
            var model = Model()
            var root = firstRoot
            var folder = try DropFolder(root: playground.path)
            for _ in 0..<150 {
                switch Int.random(in: 0..<12, using: &random) {
                case 0...3: try upload(to: folder, &model, &random)
                case 4: try goOn(&model, &random)
                case 5: if let last = model.coming.popLast() { last.drop.discard() }
                case 6, 7: try takeAll(root, model)
                case 8: try dieWhileTaking(playground, root, &model, &random)
                case 9:
                    // A new daemon finds what the old one left.
                    root = try Root(path: playground.path)
                    try root.spool.tidy()
                case 10:
                    // The receiving program dies: what was coming is nobody's, and is tidied away by the next one.
                    try dieWhileReceiving(playground, &model)
                    folder = try DropFolder(root: playground.path)
                    try folder.tidy(olderThan: .zero)
                    #expect(playground.names(in: ".uploads/coming").isEmpty)
                default: try archiveOne(root, &model, &random)
                }
                try expectEachOnce(playground, model)
            }
            model.coming = []
            try root.spool.tidy()
            try takeAll(root, model)
            try takeAll(root, model)
            try expectEachOnce(playground, model)
            for folder in ["coming", "handed"] { #expect(playground.names(in: ".uploads/" + folder).isEmpty) }
            for file in try root.spool.files() {
                let name = String(decoding: file.name.bytes, as: UTF8.self)
                let text = try #require(playground.text(at: ".spool/\(FileName(of: file.batch, from: file.inbox))/\(name)"))
                let slip = try #require(model.handed[text])
                #expect(file.batch == slip.batch && file.inbox == slip.inbox)
                #expect(file.receivedAt == slip.receivedAt && file.upload?.uploader == slip.uploader)
            }
        }
    }

    private func slip(_ random: inout Chance) -> Slip {
        let ago = Int64.random(in: 0...1_000_000, using: &random)
        return Slip(
            batch: BatchID(), sender: Self.senders.randomElement(using: &random) ?? .operations,
            mode: Bool.random(using: &random) ? .append : .replace, uploader: "0b2f4a7e-95d1-4c5a-8f0e-3a1f6f3e7c11",
            receivedAt: Timestamp(milliseconds: Timestamp.now().milliseconds - ago))
    }

    private func upload(to folder: DropFolder, _ model: inout Model, _ random: inout Chance) throws {
        let text = model.token()
        let name = text + (["", ".part", ".csv", "\n"].randomElement(using: &random) ?? "")
        let drop = try folder.begin(slip(&random), named: try #require(FileName(name)))
        try drop.write(text)
        model.coming.append((drop, text))
        if Bool.random(using: &random) { try goOn(&model, &random) }
    }

    private func goOn(_ model: inout Model, _ random: inout Chance) throws {
        guard let index = model.coming.indices.randomElement(using: &random) else { return }
        let (drop, text) = model.coming[index]
        if Bool.random(using: &random) { try drop.sealed() }
        guard Bool.random(using: &random) else { return }
        model.coming.remove(at: index)
        try drop.handOver()
        model.handed[text] = drop.slip
    }

    /// As the pipeline does, whose ledger knows what was put away.
    private func takeAll(_ root: Root, _ model: Model) throws {
        let claim = DropClaim(root: root)
        let known = Set(model.handed.filter { model.archived.contains($0.key) }.map(\.value.batch))
        let drops = try claim.handed()
        for start in stride(from: 0, to: drops.count, by: 3) {
            let outcomes = claim.take(Array(drops[start..<min(start + 3, drops.count)]), known: known)
            root.spool.letGo(outcomes.compactMap { $0.file?.batch })
            for outcome in outcomes {
                if case .failed(let fault) = outcome { throw fault }
                #expect(outcome.refusal == nil)
            }
        }
    }

    /// What the disk looks like when a daemon dies between two steps.
    private func dieWhileTaking(_ playground: Playground, _ root: Root, _ model: inout Model, _ random: inout Chance) throws {
        guard let drop = try DropClaim(root: root).handed().randomElement(using: &random), let crate = drop.name.crate else { return }
        let (handed, spooled) = (".uploads/handed/\(drop.name)", ".spool/\(drop.name)")
        guard !playground.exists(spooled), let slip = model.handed.values.first(where: { $0.batch == crate.batch }) else { return }
        let step = Int.random(in: 0..<4, using: &random)
        try playground.makeFolder(spooled)
        if step > 0 { try playground.note(Origin(inbox: slip.inbox, receivedAt: slip.receivedAt).text, at: spooled + "/.origin") }
        if step > 1 { try playground.note(slip.uploader, at: spooled + "/.uploader") }
        if step > 2, let name = playground.names(in: handed).first(where: { !$0.hasPrefix(".") }) {
            try playground.move("\(handed)/\(name)", to: "\(spooled)/\(name)")
        }
        // Whoever comes next begins with this.
        try Root(path: playground.path).spool.tidy()
    }

    private func dieWhileReceiving(_ playground: Playground, _ model: inout Model) throws {
        // A dead program clears nothing away: what its drops would remove is kept aside meanwhile.
        for (drop, _) in model.coming {
            let crate = "\(FileName(of: drop.slip.batch, from: drop.slip.inbox))"
            try playground.move(".uploads/coming/" + crate, to: ".aside-" + crate)
            drop.discard()
            try playground.move(".aside-" + crate, to: ".uploads/coming/" + crate)
        }
        model.coming = []
    }

    private func archiveOne(_ root: Root, _ model: inout Model, _ random: inout Chance) throws {
        guard let file = try root.spool.files().randomElement(using: &random), let move = Archive.Move(file) else { return }
        #expect(try root.archive.put([move]).isEmpty)
        guard let text = model.handed.first(where: { $0.value.batch == file.batch })?.key else { return }
        model.archived.insert(text)
        let contents = ArchiveContents(of: root)
        let original = try contents.shelves().lazy.compactMap { try? contents.original(of: file.batch, on: $0) }.first
        #expect(original?.uploader == model.handed[text]?.uploader && original?.receivedAt == model.handed[text]?.receivedAt)
        #expect(original?.inbox == model.handed[text]?.inbox)
    }

    private func expectEachOnce(_ playground: Playground, _ model: Model) throws {
        var found: [String: Int] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: playground.path) where !path.hasPrefix(".ledger") {
            let type = try FileManager.default.attributesOfItem(atPath: playground.path(path))[.type] as? FileAttributeType
            guard type == .typeRegular else { continue }
            let text = try #require(playground.text(at: path))
            if path.hasPrefix(".uploads/coming") {
                #expect(model.coming.contains { $0.text == text })
            } else {
                found[text, default: 0] += 1
            }
        }
        #expect(found == model.handed.mapValues { _ in 1 })
    }
}
