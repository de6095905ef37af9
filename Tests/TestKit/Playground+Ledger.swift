import Foundation
import Testing

/// What the operators' command says.
extension Playground {
    package func ask(_ words: [String]) async throws -> CommandEnd { try await stage.ask(self, words) }

    /// A step that must succeed; its output.
    @discardableResult
    package func ctl(_ arguments: String..., at location: SourceLocation = #_sourceLocation) async throws -> String {
        let end = try await ask(arguments)
        try #require(end.status == 0 && end.signal == 0, "selloutctl \(arguments): \(end)", sourceLocation: location)
        return end.output
    }

    package func batches() async throws -> [BatchLine] {
        // Before the first start there is no ledger yet.
        guard exists(".ledger/ledger.db") else { return [] }
        return try JSONDecoder().decode([BatchLine].self, from: Data(try await ctl("batches", "--json").utf8))
    }

    package func sales() async throws -> [Sale] {
        try await ctl("sales", "--csv").split(whereSeparator: \.isNewline).dropFirst().map { line in
            Sale(line.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        }
    }

    /// The reports in an outbox, by the names of the files that they are on.
    package func reports(_ reseller: String) -> [SentReport] {
        names(in: reseller + "/outbox").filter { $0.hasSuffix(".json") }.compactMap { name in
            FileManager.default.contents(atPath: path(reseller + "/outbox/" + name)).flatMap {
                try? JSONDecoder().decode(SentReport.self, from: $0)
            }
        }
    }

    /// The page of that name in an outbox.
    package func page(_ name: String, of reseller: String) throws -> String {
        try String(contentsOfFile: path(reseller + "/outbox/" + name), encoding: .utf8)
    }

    /// Waits for the report on a file, and for one that says so where a condition is given.
    @discardableResult
    package func report(
        on file: String, for reseller: String = "boxnox", at location: SourceLocation = #_sourceLocation,
        that says: (SentReport) -> Bool = { _ in true }
    ) async throws -> SentReport {
        var found: SentReport?
        try await eventually("a report on \(reseller)/\(file)", at: location, seen: { await self.sight }) {
            found = reports(reseller).first { $0.filename == file && says($0) }
            return found != nil
        }
        return try #require(found)
    }

    /// Waits until every inbox and the spool are empty and so many batches are at rest.
    package func rest(batches count: Int, at location: SourceLocation = #_sourceLocation) async throws {
        try await eventually("\(count) batches at rest", within: .seconds(120), at: location, seen: { await self.sight }) {
            let batches = try await batches()
            guard batches.count == count, !batches.contains(where: { ["pending", "processing", "approved"].contains($0.status) }) else {
                return false
            }
            // Last, since a file may be claimed and read while the ledger is being asked.
            return names(in: ".spool").isEmpty
        }
    }

    /// The originals in the archive, by batch; of a file and its control file the one with the shorter name.
    package var archived: [String: (name: String, content: Data)] {
        let files = FileManager.default.enumerator(atPath: path(".archive"))?.compactMap { $0 as? String } ?? []
        return files.reduce(into: [:]) { found, file in
            let parts = file.split(separator: "/").map(String.init)
            guard parts.count == 4, ![".origin", ".uploader"].contains(parts[3]) else { return }
            if let other = found[parts[2]]?.name, other.utf8.count < parts[3].utf8.count { return }
            found[parts[2]] = (parts[3], FileManager.default.contents(atPath: path(".archive/" + file)) ?? Data())
        }
    }

    /// Everything there is, for messages.
    private var sight: String {
        get async {
            let batches = (try? await batches())?.map { "\($0.reseller)/\($0.filename) \($0.status): \($0.message)" } ?? []
            let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String }.filter { !$0.hasPrefix(".ledger") } ?? []
            return (batches + files.prefix(60) + [lastJournal]).joined(separator: "\n")
        }
    }
}
