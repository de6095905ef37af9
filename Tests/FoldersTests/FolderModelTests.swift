import Batches
import Foundation
import Linux
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
        var tokens = 0

        mutating func token() -> String {
            tokens += 1
            return "content-\(tokens)-"
        }
    }

    private static let inboxes: [Inbox] = [.reseller("boxnox"), .reseller("boxnox", .replace), .reseller("galilu"), .reference]

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `whatever senders, daemons and crashes do in turn, every file is in exactly one place`(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        try await Playground.with(["boxnox", "galilu"]) { playground, firstRoot in
            var model = Model()
            var root = firstRoot
            let pace = Pace(settle: .zero, emptySettle: .zero)
            var intake = Intake<ContinuousClock.Instant>(root: root, pace: pace)
            for _ in 0..<120 {
                switch Int.random(in: 0..<14, using: &random) {
                case 0...5: try sendSomething(in: playground, &model, &random)
                case 6: try finishUpload(&model, &random)
                case 7, 8: try await scanAndClaim(&intake)
                case 9: try archiveOne(root, &random)
                case 10: if let batch = try root.spool.files().randomElement(using: &random)?.batch { try root.archive.bringBack(batch) }
                case 11: try crashWhileClaiming(playground, &model, &random)
                case 12:
                    // A new daemon finds what the old one left.
                    root = try Root(path: playground.path)
                    intake = Intake(root: root, pace: pace)
                    try root.spool.tidy()
                default: try comeAndGo(playground)
                }
                try expectEachOnce(playground, model)
            }
            if !playground.exists("galilu") { try comeAndGo(playground) }
            while !model.uploads.isEmpty { try finishUpload(&model, &random) }
            try root.spool.tidy()
            intake = Intake(root: root, pace: pace)
            try await scanAndClaim(&intake)
            // In the end everything that may be claimed has been, and nothing else.
            try expectEachOnce(playground, model)
            for (text, inbox) in model.dropped {
                let found = try #require(try storedFile(of: text, in: playground, root))
                #expect(found.inbox == inbox)
            }
            let left = try Self.inboxes.flatMap { try InboxScan(root: root).files(in: $0) }.map(\.place.description)
            #expect(Set(left) == model.untouchable)
        }
    }

    private func sendSomething(in playground: Playground, _ model: inout Model, _ random: inout SeededGenerator) throws {
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

    private func finishUpload(_ model: inout Model, _ random: inout SeededGenerator) throws {
        guard let index = model.uploads.indices.randomElement(using: &random) else { return }
        try model.uploads.remove(at: index).file.write("end".utf8)
    }

    private func scanAndClaim(_ intake: inout Intake<ContinuousClock.Instant>) async throws {
        try intake.scan(at: .now)
        while intake.next(at: .now) != nil {}
        #expect(intake.faults.isEmpty)
    }

    private func archiveOne(_ root: Root, _ random: inout SeededGenerator) throws {
        guard let batch = try root.spool.files().randomElement(using: &random)?.batch,
            let month = ArchiveMonth(year: 2025, month: Int.random(in: 1...12, using: &random))
        else { return }
        try root.archive.put(batch, receivedIn: month)
    }

    /// What the disk looks like when a daemon dies between two steps of a claim.
    private func crashWhileClaiming(_ playground: Playground, _ model: inout Model, _ random: inout SeededGenerator) throws {
        let batch = BatchID()
        try playground.makeFolder(".spool/\(batch)")
        guard Bool.random(using: &random) else { return }
        let inbox = Self.inboxes.randomElement(using: &random) ?? .reference
        let note = playground.path(".spool/\(batch)/.origin")
        try FileManager.default.createSymbolicLink(atPath: note, withDestinationPath: inbox.description)
        guard Bool.random(using: &random) else { return }
        let text = model.token()
        try playground.drop(text, at: ".spool/\(batch)/\(text).csv")
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

    private func storedFile(of text: String, in playground: Playground, _ root: Root) throws -> StoredFile? {
        let path = try allFiles(in: playground).first { path in
            (path.hasPrefix(".spool") || path.hasPrefix(".archive"))
                && (playground.text(at: path) == text || playground.text(at: path) == text + "end")
        }
        let folder = path?.split(separator: "/").dropLast().last.map(String.init)
        return try folder.flatMap { BatchID($0) }.flatMap { try root.file(of: $0) }
    }

    private func inPlace(_ path: String) -> String {
        path.hasPrefix(".galilu-aside") ? "galilu" + path.dropFirst(".galilu-aside".count) : path
    }

    private func shown(_ path: String) -> String {
        let cut = path.lastIndex(of: "/") ?? path.startIndex
        return path[...cut] + (FileName(String(path[path.index(after: cut)...]))?.printable ?? "")
    }
}

/// The same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
