import Foundation
import Testing

/// A reseller that has agreed to upload a control file beside each file.
extension Scene {
    static let controlFiles = [agreedOK, agreedDigest, controlFirst]

    package static let agreedOK = Scene("a file waits for its NAME.ok, which vouches for it and not for the next one of that name") {
        playground in
        try playground.agree(on: "ok", with: "boxnox")
        try await playground.open()
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
        try await playground.othersComeAndGo("first")
        #expect(playground.names(in: "boxnox/inbox") == ["a.csv", "replace"])
        try playground.drop("", at: "boxnox/inbox/a.csv.ok")
        let report = try await playground.report(on: "a.csv")
        #expect(report.status == "completed" && report.rows_processed == 2)
        try playground.drop(Samples.boxnoxRows("2025;5", ["Abanuc Online;7350154320008;1;10,00"]), at: "boxnox/inbox/a.csv")
        try await playground.othersComeAndGo("second")
        #expect(playground.names(in: "boxnox/inbox") == ["a.csv", "replace"])
        #expect(try await playground.batches().filter { $0.reseller == "boxnox" }.count == 1)
        try playground.drop("whole", at: "boxnox/inbox/a.csv.ok")
        try await playground.report(on: "a.csv") { $0.batch_id != report.batch_id && $0.status == "completed" }
        try await playground.rest(batches: 8)
        #expect(playground.names(in: "boxnox/inbox") == ["replace"])
    }

    package static let agreedDigest = Scene("a file that is not what its NAME.sha256 says is refused, kept, and taken when both come again")
    {
        playground in
        try playground.agree(on: "sha256", with: "boxnox")
        try await playground.open()
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
        try playground.drop(String(repeating: "0a", count: 32) + "  a.csv\n", at: "boxnox/inbox/a.csv.sha256")
        let refused = try await playground.report(on: "a.csv")
        #expect(refused.status == "failed" && refused.rows_total == 0)
        #expect(refused.errors.map(\.error_type) == ["INCOMPLETE_FILE"])
        #expect(refused.message.contains("a.csv.sha256") && refused.errors.first?.suggestion?.contains("both again") == true)
        try playground.drop("see attachment\n", at: "boxnox/inbox/a.csv.sha256")
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
        try await playground.report(on: "a.csv") { $0.batch_id != refused.batch_id && $0.errors.map(\.error_type) == ["INCOMPLETE_FILE"] }
        let digest = try #require(refused.file_sha256)
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
        try playground.drop(digest.uppercased() + " *a.csv\r\n", at: "boxnox/inbox/a.csv.sha256")
        let taken = try await playground.report(on: "a.csv") { $0.status == "completed" }
        #expect(taken.rows_processed == 2)
        try await playground.rest(batches: 3)
        #expect(playground.names(in: "boxnox/inbox") == ["replace"])
        #expect(playground.archived.count == 3)
        #expect(try await playground.sales().count == 2)
    }

    package static let controlFirst = Scene("a control file may come before its file, and is no file itself") { playground in
        try playground.agree(on: "ok", with: "boxnox")
        try await playground.open()
        try playground.drop("", at: "boxnox/inbox/replace/a.csv.ok")
        try await playground.othersComeAndGo("others")
        #expect(playground.names(in: "boxnox/inbox/replace") == ["a.csv.ok"])
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/replace/a.csv")
        #expect(try await playground.report(on: "a.csv").status == "completed")
        try await playground.rest(batches: 4)
        #expect(playground.names(in: "boxnox/inbox/replace").isEmpty)
    }
}

extension Playground {
    /// To be called before anything reads the profiles.
    package func agree(on control: String, with reseller: String) throws {
        let path = "\(profiles)/\(reseller).json5"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let key = "reseller: \"\(reseller)\","
        try #require(text.contains(key))
        try text.replacingOccurrences(of: key, with: key + " complete: { control_file: \"\(control)\" },").write(
            toFile: path, atomically: true, encoding: .utf8)
    }

    /// Three files of another reseller, one after the other, each proof that the daemon has looked after the settle time.
    fileprivate func othersComeAndGo(_ mark: String) async throws {
        for number in 0..<3 {
            try drop(Samples.online(1, mark: "\(mark)\(number)"), at: "online/inbox/\(mark)\(number).csv")
            try await report(on: "\(mark)\(number).csv", for: "online")
        }
    }
}
