import Batches
import Chances
import Foundation
import Linux
import TestKit
import Testing

@testable import Folders

/// Senders, daemons and crashes in any order, against a model of what must be where. The content of each file is unique, so
/// that one look at the disk says where each has got to.
@Suite struct FolderModelTests {
    /// What may be found where at any moment.
    private struct Model {
        /// Complete files that senders left, by content, with the inbox they were left in.
        var dropped: [String: Inbox] = [:]
        /// Names that may not be taken, with what they hold.
        var untouchable: Set<String> = []
        /// Uploads in progress.
        var uploads: [(path: String, file: Descriptor, text: String)] = []
        /// Whose the batches in the archive are, which only the ledger remembers.
        var archived: [String: Inbox] = [:]
        var tokens = 0

        mutating func token() -> String {
            tokens += 1
            return "content-\(tokens)-"
        }
    }

    private static let inboxes: [Inbox] = [.reseller("boxnox"), .reseller("boxnox", .replace), .reseller("galilu"), .reference]

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `whatever senders, daemons and crashes do in turn, every file is in exactly one place`(seed: UInt64) async throws {
        var random = Chance(seed: seed)
        try await Playground.with(["boxnox", "galilu"]) { playground, firstRoot in
            var model = Model()
            var root = firstRoot
            for _ in 0..<120 {
                switch Int.random(in: 0..<14, using: &random) {
                case 0...5: try sendSomething(in: playground, &model, &random)
                case 6: try finishUpload(&model, &random)
                case 7, 8: _ = try root.claimEverything()
                case 9: try archiveOne(root, &model, &random)
                case 10, 11: try crashWhileClaiming(playground, &model, &random)
                case 12:
                    // A new daemon finds what the old one left.
                    root = try Root(path: playground.path)
                    try root.spool.tidy()
                default: try comeAndGo(playground)
                }
                try expectEachOnce(playground, model)
            }
            if !playground.exists("galilu") { try comeAndGo(playground) }
            while !model.uploads.isEmpty { try finishUpload(&model, &random) }
            try root.spool.tidy()
            _ = try root.claimEverything()
            // In the end everything that may be claimed has been, and nothing else.
            try expectEachOnce(playground, model)
            for (text, inbox) in model.dropped {
                #expect(try whence(text, in: playground, model) == inbox)
            }
            let left = try Self.inboxes.flatMap { try InboxScan(root: root).files(in: $0) }.map(\.place.description)
            #expect(Set(left) == model.untouchable)
        }
    }

    private func sendSomething(in playground: Playground, _ model: inout Model, _ random: inout Chance) throws {
        guard let inbox = Self.inboxes.randomElement(using: &random), playground.exists(inbox.description) else { return }
        let text = model.token()
        let path = "\(inbox)/\(text)\(["", "\n", "é", "%s"].randomElement(using: &random) ?? "").csv"
        switch Int.random(in: 0..<7, using: &random) {
        case 0:
            let file = try playground.uploader(at: path)
            try file.write(text.utf8)
            model.uploads.append((path, file, text))
            model.dropped[text] = inbox
        case 1:
            try playground.makePipe(path)
            model.untouchable.insert(shown(path))
        case 2:
            try playground.linkSymbolically(path, to: "nowhere")
            model.untouchable.insert(shown(path))
        case 3:
            try playground.drop(text, at: path + ".part")
            model.untouchable.insert(shown(path + ".part"))
        default:
            try playground.drop(text, at: path)
            if Bool.random(using: &random) { try playground.setTimes(path, secondsSince1970: 1) }
            model.dropped[text] = inbox
        }
    }

    private func finishUpload(_ model: inout Model, _ random: inout Chance) throws {
        guard let index = model.uploads.indices.randomElement(using: &random) else { return }
        try model.uploads.remove(at: index).file.write("end".utf8)
    }

    private func archiveOne(_ root: Root, _ model: inout Model, _ random: inout Chance) throws {
        guard let file = try root.spool.files().randomElement(using: &random),
            let move = Archive.Move(
                file.batch, from: file.inbox, receivedAt: Timestamp(seconds: .random(in: 0...2_000_000_000, using: &random)))
        else { return }
        #expect(try root.archive.put([move]).isEmpty)
        model.archived[file.batch.text] = file.inbox
    }

    /// What the disk looks like when a daemon dies between two steps of a claim.
    private func crashWhileClaiming(_ playground: Playground, _ model: inout Model, _ random: inout Chance) throws {
        let inbox = Self.inboxes.randomElement(using: &random) ?? .reference
        let crate = FileName(of: BatchID(), from: inbox)
        try playground.makeFolder(".spool/\(crate)")
        guard Bool.random(using: &random) else { return }
        let text = model.token()
        try playground.drop(text, at: ".spool/\(crate)/\(text).csv")
        model.dropped[text] = inbox
    }

    /// A sender's folder vanishes, or comes back, with all that is in it.
    private func comeAndGo(_ playground: Playground) throws {
        if playground.exists("galilu") {
            try playground.move("galilu", to: ".galilu-aside")
        } else {
            try playground.move(".galilu-aside", to: "galilu")
        }
    }

    private func expectEachOnce(_ playground: Playground, _ model: Model) throws {
        var found: [String: Int] = [:]
        for path in try allFiles(in: playground) {
            let text = try #require(playground.text(at: path))
            let token = text.hasSuffix("end") ? String(text.dropLast(3)) : text
            if path.hasSuffix(".part") { #expect(model.untouchable.contains(shown(inPlace(path)))) } else { found[token, default: 0] += 1 }
        }
        #expect(found == model.dropped.mapValues { _ in 1 })
        let here = playground.exists("galilu")
        for upload in model.uploads {
            let path = here || !upload.path.hasPrefix("galilu/") ? upload.path : ".galilu-aside" + upload.path.dropFirst("galilu".count)
            #expect(playground.text(at: path) == upload.text)
        }
    }

    /// Plain files, by their paths in the root.
    private func allFiles(in playground: Playground) throws -> [String] {
        let everything = try FileManager.default.subpathsOfDirectory(atPath: playground.path)
        return try everything.filter {
            let attributes = try FileManager.default.attributesOfItem(atPath: playground.path($0))
            return attributes[.type] as? FileAttributeType == .typeRegular && !$0.hasPrefix(".ledger")
        }
    }

    /// Where a claimed file came from, as its crate in the spool says; the archive says it no more.
    private func whence(_ text: String, in playground: Playground, _ model: Model) throws -> Inbox? {
        let path = try allFiles(in: playground).first { path in
            (path.hasPrefix(".spool") || path.hasPrefix(".archive"))
                && (playground.text(at: path) == text || playground.text(at: path) == text + "end")
        }
        let folder = try #require(path?.split(separator: "/").dropLast().last.map(String.init))
        if path?.hasPrefix(".archive") == true { return model.archived[folder] }
        return FileName(folder)?.crate?.inbox
    }

    private func inPlace(_ path: String) -> String {
        path.hasPrefix(".galilu-aside") ? "galilu" + path.dropFirst(".galilu-aside".count) : path
    }

    private func shown(_ path: String) -> String {
        let cut = path.lastIndex(of: "/") ?? path.startIndex
        return path[...cut] + (FileName(String(path[path.index(after: cut)...]))?.printable ?? "")
    }
}
