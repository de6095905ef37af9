import Foundation
import Testing

/// Files that come by HTTP: handed over as drops, beside the inboxes.
extension Scene {
    package static let uploads = [
        uploadTaken, uploadWaited, uploadsBesideInboxes, uploaderWithoutFolders, uploadNeedsNoControlFile, uploadsLeftAlone,
    ]

    package static let uploadTaken = Scene("an upload becomes the batch that its answer has named, and its report goes to its reseller") {
        playground in
        try await playground.open()
        let id = try playground.upload(Samples.boxnox, as: ".sales.csv.part.csv", mode: "replace")
        let report = try await playground.report(on: ".sales.csv.part.csv")
        #expect(report.batch_id == id && report.status == "completed" && report.upload_mode == "replace")
        try await playground.rest(batches: 1)
        #expect(playground.archived[id]?.content == Data(Samples.boxnox.utf8))
        #expect(playground.names(in: ".uploads/handed").isEmpty)
        #expect(try await playground.sales().count == 2)
    }

    package static let uploadWaited = Scene("what was uploaded while nobody took it is taken at start, under its id and with its time") {
        playground in
        let yesterday = Int64(Date().timeIntervalSince1970 * 1000) - 86_400_000
        let id = try playground.upload(Samples.boxnox, as: "a.csv", at: yesterday)
        let second = try playground.upload(Samples.online(3), as: "b.csv", for: "online", at: yesterday + 1000)
        try await playground.open()
        try await playground.rest(batches: 2)
        let batches = try await playground.batches()
        #expect(Set(batches.map(\.batch_id)) == [id, second] && batches.allSatisfy { $0.status == "completed" }, "\(batches)")
        let time = Date(timeIntervalSince1970: Double(yesterday) / 1000).ISO8601Format().prefix(19)
        #expect(try await playground.ctl("show", id, "--json").contains("\(time)"))
    }

    package static let uploadsBesideInboxes = Scene("uploads and dropped files of many are each taken once, and the same content once") {
        playground in
        try await playground.open()
        for number in 0..<20 {
            let mark = "U\(number)"
            try playground.upload(Samples.online(2, mark: mark), as: "\(number).csv", for: "online")
            try playground.drop(Samples.online(2, mark: "I\(number)"), at: "online/inbox/\(number).csv")
        }
        try playground.upload(Samples.boxnox, as: "a.csv")
        try await playground.report(on: "a.csv")
        try playground.upload(Samples.boxnox, as: "again.csv")
        #expect(try await playground.report(on: "again.csv").errors.map(\.error_type) == ["DUPLICATE_FILE"])
        try await playground.rest(batches: 42)
        #expect(try await playground.sales().count == 82)
    }

    package static let uploaderWithoutFolders = Scene("a reseller that only uploads has its reports in an outbox that was made for them") {
        playground in
        try FileManager.default.removeItem(atPath: playground.path("boxnox"))
        try await playground.open()
        try playground.upload(Samples.boxnox, as: "a.csv")
        #expect(try await playground.report(on: "a.csv").status == "completed")
        #expect(playground.names(in: "boxnox") == ["outbox"])
        try await playground.rest(batches: 1)
    }

    package static let uploadNeedsNoControlFile = Scene("an upload is whole without a control file, and takes none from the inbox") {
        playground in
        try playground.agree(on: "ok", with: "boxnox")
        try await playground.open()
        try playground.drop("", at: "boxnox/inbox/a.csv.ok")
        try playground.upload(Samples.boxnox, as: "a.csv")
        #expect(try await playground.report(on: "a.csv").status == "completed")
        try await playground.rest(batches: 1)
        #expect(playground.names(in: "boxnox/inbox") == ["a.csv.ok", "replace"])
    }

    package static let uploadsLeftAlone = Scene("what is no upload is left where it is, and keeps nobody waiting") { playground in
        try playground.makeFolder(".uploads/handed/somebody's")
        try playground.upload(Samples.boxnox, as: "a.csv", for: "nobody_we_know")
        try playground.upload(Samples.boxnox, as: "a.csv", for: "reference")
        let twice = try playground.upload(Samples.boxnox, as: "a.csv")
        try FileManager.default.copyItem(
            atPath: playground.path(".uploads/handed/\(twice).append.boxnox/a.csv"),
            toPath: playground.path(".uploads/handed/\(twice).append.boxnox/b.csv"))
        try await playground.open()
        try playground.upload(Samples.online(2), as: "b.csv", for: "online")
        try await playground.report(on: "b.csv", for: "online")
        try await playground.rest(batches: 1)
        #expect(playground.names(in: ".uploads/handed").count == 4)
        #expect(!playground.exists("nobody_we_know"))
    }
}

/// Files that tell themselves whose they are: dropped by operators, or uploaded without a name.
extension Scene {
    package static let unnamed = [recognised, recognisedReplacing, recognisedUpload, nobodys, recognisedNeedsNoControlFile]

    package static let recognised = Scene("a file in operations/inbox is recognised and goes its reseller's way") { playground in
        try playground.layOperations()
        try await playground.open()
        try playground.drop(Samples.boxnox, at: "operations/inbox/a.csv")
        let report = try await playground.report(on: "a.csv")
        #expect(report.reseller == "boxnox" && report.status == "completed" && report.rows_processed == 2)
        try await playground.rest(batches: 1)
        #expect(playground.names(in: "operations/outbox").isEmpty)
        #expect(try await playground.batches().map(\.reseller) == ["boxnox"])
        #expect(playground.archived[report.batch_id]?.content == Data(Samples.boxnox.utf8))
        // In its reseller's own inbox it is the same content.
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/b.csv")
        #expect(try await playground.report(on: "b.csv").errors.map(\.error_type) == ["DUPLICATE_FILE"])
    }

    package static let recognisedReplacing = Scene("operations/inbox/replace replaces like a reseller's own") { playground in
        try playground.layOperations()
        try await playground.open()
        try playground.drop(Samples.online(5, mark: "OLD"), at: "operations/inbox/old.csv")
        try await playground.report(on: "old.csv", for: "online")
        try playground.drop(Samples.online(6, mark: "NEW"), at: "operations/inbox/replace/new.csv")
        #expect(try await playground.report(on: "new.csv", for: "online").upload_mode == "replace")
        try await playground.rest(batches: 2)
        #expect(try await playground.sales().count == 6)
    }

    package static let recognisedUpload = Scene("an upload without a reseller is recognised too") { playground in
        try await playground.open()
        let id = try playground.upload(Samples.online(4), as: "a.csv", for: "operations")
        let report = try await playground.report(on: "a.csv", for: "online")
        #expect(report.batch_id == id && report.status == "completed")
        try await playground.rest(batches: 1)
    }

    package static let nobodys = Scene("a file of no known layout is answered in operations/outbox, and can be retried") { playground in
        try playground.layOperations()
        try await playground.open()
        try playground.drop("no,report\nat,all\n", at: "operations/inbox/a.csv")
        let report = try await playground.report(on: "a.csv", for: "operations")
        #expect(report.status == "failed" && report.errors.map(\.error_type) == ["VENDOR_DETECTION_FAILED"])
        #expect(report.message.contains("whose file") && report.errors.first?.suggestion?.contains("inbox") == true)
        try await playground.rest(batches: 1)
        #expect(playground.archived[report.batch_id] != nil)
        try await playground.ctl("retry", report.batch_id)
        try await playground.rest(batches: 1)
        #expect(try await playground.batches().map(\.status) == ["failed"])
    }

    package static let recognisedNeedsNoControlFile = Scene("what operators drop needs no control file of the reseller's") { playground in
        try playground.layOperations()
        try playground.agree(on: "ok", with: "boxnox")
        try await playground.open()
        try playground.drop(Samples.boxnox, at: "operations/inbox/a.csv")
        #expect(try await playground.report(on: "a.csv").status == "completed")
        try await playground.rest(batches: 1)
    }
}

extension Playground {
    package func layOperations() throws {
        try makeFolder("operations/inbox/replace")
        try makeFolder("operations/outbox")
    }
}
