import Foundation
import Glibc
import Testing

/// Folders that come, go and come back while files are taken.
extension Scene {
    static let comingAndGoing = [newFolder, vanishing, movedAway, mistakenAtStart, mistakenLater, withoutProfile]

    package static let newFolder = Scene("a reseller's new folder is noticed while running") { playground in
        try FileManager.default.removeItem(atPath: playground.path("online"))
        try await playground.open()
        try playground.layReseller("online")
        try playground.drop(Samples.online(2), at: "online/inbox/a.csv")
        #expect(try await playground.report(on: "a.csv", for: "online").status == "completed")
    }

    package static let vanishing = Scene("a folder that vanishes and comes back is watched again") { playground in
        try await playground.open()
        for round in 1...3 {
            try FileManager.default.removeItem(atPath: playground.path("online"))
            try playground.drop(Samples.boxnoxRows("2025;\(round)", ["Shop;7350154320008;1;1,00"]), at: "boxnox/inbox/\(round).csv")
            try await playground.report(on: "\(round).csv")
            try playground.layReseller("online")
            try playground.drop(Samples.online(2, mark: "\(round)"), at: "online/inbox/\(round).csv")
            #expect(try await playground.report(on: "\(round).csv", for: "online").status == "completed")
        }
    }

    package static let movedAway = Scene("an inbox that is moved away and back is watched under its own name only") { playground in
        try await playground.open()
        #expect(unsafe rename(playground.path("online"), playground.beside("elsewhere")) == 0)
        try Data(Samples.online(1).utf8).write(to: URL(fileURLWithPath: playground.beside("elsewhere/inbox/a.csv")))
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/b.csv")
        try await playground.report(on: "b.csv")
        #expect(FileManager.default.fileExists(atPath: playground.beside("elsewhere/inbox/a.csv")))
        #expect(unsafe rename(playground.beside("elsewhere"), playground.path("online")) == 0)
        #expect(try await playground.report(on: "a.csv", for: "online").status == "completed")
    }

    package static let mistakenAtStart = Scene(
        "with a mistaken profile at the start its files wait and are not refused, others' are taken, and mended it takes them"
    ) { playground in
        let good = try playground.spoilProfile("boxnox")
        let house = try await playground.open()
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
        try playground.drop(Samples.online(1), at: "online/inbox/b.csv")
        #expect(try await playground.report(on: "b.csv", for: "online").status == "completed")
        try await eventually("the trouble to be named") {
            playground.lastJournal.contains("Files of boxnox wait for a good profile.")
        }
        #expect(playground.reports("boxnox").isEmpty && playground.names(in: "boxnox/inbox").contains("a.csv"))
        #expect(try await house.reasonsNotReady().isEmpty)
        try Data(good.utf8).write(to: URL(fileURLWithPath: playground.profiles + "/boxnox.json5"))
        try await house.reload()
        #expect(try await playground.report(on: "a.csv").status == "completed")
    }

    package static let mistakenLater = Scene(
        "a profile that gets a mistake serves on as it was, and the journal says so"
    ) { playground in
        let house = try await playground.open()
        _ = try playground.spoilProfile("boxnox")
        try await house.reload()
        try await eventually("the trouble to be named") { playground.lastJournal.contains("The last good profile serves boxnox.") }
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
        #expect(try await playground.report(on: "a.csv").status == "completed")
        #expect(try await house.reasonsNotReady().isEmpty)
    }

    package static let withoutProfile = Scene(
        "a folder without a profile has its files answered, and taken after the profile has come and they were retried"
    ) { playground in
        let house = try await playground.open()
        try playground.layReseller("newcomer")
        try playground.drop(Samples.boxnox, at: "newcomer/inbox/a.csv")
        let refused = try await playground.report(on: "a.csv", for: "newcomer")
        #expect(refused.status == "failed")
        try playground.addProfile("newcomer", like: "boxnox")
        try await house.reload()
        try await playground.ctl("retry", refused.batch_id)
        try await playground.report(on: "a.csv", for: "newcomer") { $0.status == "completed" }
    }
}

extension Playground {
    /// Puts a mistake into a profile, and gives the text that it had.
    fileprivate func spoilProfile(_ name: String) throws -> String {
        let path = profiles + "/\(name).json5"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try Data("{ reseller: \"\(name)\", vendr: 7 }".utf8).write(to: URL(fileURLWithPath: path))
        return text
    }

    /// A profile of its own, copied from another reseller's.
    package func addProfile(_ name: String, like other: String) throws {
        let text = try String(contentsOfFile: profiles + "/\(other).json5", encoding: .utf8)
        let renamed = text.replacingOccurrences(of: "reseller: \"\(other)\"", with: "reseller: \"\(name)\"")
        try Data(renamed.utf8).write(to: URL(fileURLWithPath: profiles + "/\(name).json5"))
    }
}
