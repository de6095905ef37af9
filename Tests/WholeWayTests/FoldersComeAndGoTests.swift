import Foundation
import Glibc
import Testing

/// Folders that come, go and come back while the daemon runs, and events that are lost.
@Suite struct FoldersComeAndGoTests {
    @Test func `a reseller's new folder is noticed while running`() async throws {
        try await Playground.with { playground in
            try FileManager.default.removeItem(atPath: playground.path("online"))
            try await playground.daemon()
            try playground.layReseller("online")
            try playground.drop(Samples.online(2), at: "online/inbox/a.csv")
            #expect(try await playground.report(on: "a.csv", for: "online").status == "completed")
        }
    }

    @Test func `a folder that vanishes and comes back is watched again`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            for round in 1...3 {
                try FileManager.default.removeItem(atPath: playground.path("online"))
                try playground.drop(Samples.boxnoxRows("2025;\(round)", ["Shop;7350154320008;1;1,00"]), at: "boxnox/inbox/\(round).csv")
                try await playground.report(on: "\(round).csv")
                try playground.layReseller("online")
                try playground.drop(Samples.online(2, mark: "\(round)"), at: "online/inbox/\(round).csv")
                #expect(try await playground.report(on: "\(round).csv", for: "online").status == "completed")
            }
        }
    }

    @Test func `an inbox that is moved away and back is watched under its own name only`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            #expect(unsafe rename(playground.path("online"), playground.beside("elsewhere")) == 0)
            try Data(Samples.online(1).utf8).write(to: URL(fileURLWithPath: playground.beside("elsewhere/inbox/a.csv")))
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/b.csv")
            try await playground.report(on: "b.csv")
            #expect(FileManager.default.fileExists(atPath: playground.beside("elsewhere/inbox/a.csv")))
            #expect(unsafe rename(playground.beside("elsewhere"), playground.path("online")) == 0)
            #expect(try await playground.report(on: "a.csv", for: "online").status == "completed")
        }
    }

    @Test func `a folder without a profile has its files answered, and taken after the profile has come and they were retried`()
        async throws
    {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try playground.layReseller("newcomer")
            try playground.drop(Samples.boxnox, at: "newcomer/inbox/a.csv")
            let refused = try await playground.report(on: "a.csv", for: "newcomer")
            #expect(refused.status == "failed")
            try playground.addProfile("newcomer", like: "boxnox")
            daemon.program.send(SIGHUP)
            try await eventually("the end of the reload") { daemon.bell.count(of: "READY=1") > 1 }
            #expect(daemon.bell.lines.contains("RELOADING=1"))
            try await playground.ctl("retry", refused.batch_id)
            try await playground.report(on: "a.csv", for: "newcomer") { $0.status == "completed" }
        }
    }

    @Test func `after the kernel has lost events every file is found all the same`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            daemon.program.send(SIGSTOP)
            // Each is made and closed: more events than the kernel keeps by default (16,384).
            let inbox = playground.path("boxnox/inbox")
            for number in 0..<20_000 {
                let file = unsafe open("\(inbox)/\(number).part", O_WRONLY | O_CREAT | O_CLOEXEC, 0o660)
                try #require(file >= 0)
                close(file)
            }
            for number in 1...3 { try playground.drop(Samples.online(2, mark: "\(number)"), at: "online/inbox/\(number).csv") }
            try playground.layReseller("skins_nl")
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/real.csv")
            daemon.program.send(SIGCONT)
            try await playground.rest(batches: 4)
            #expect(playground.reports("online").count == 3 && playground.reports("boxnox").count == 1)
            #expect(try await playground.sales().count == 8)
            #expect(
                try await daemon.get("/metrics").body.split(separator: "\n").contains {
                    $0.contains("overflow") && !$0.hasPrefix("#") && !$0.hasSuffix(" 0")
                })
        }
    }
}

extension Playground {
    /// A profile of its own, copied from another reseller's.
    func addProfile(_ name: String, like other: String) throws {
        let text = try String(contentsOfFile: profiles + "/\(other).json5", encoding: .utf8)
        let renamed = text.replacingOccurrences(of: "reseller: \"\(other)\"", with: "reseller: \"\(name)\"")
        try Data(renamed.utf8).write(to: URL(fileURLWithPath: profiles + "/\(name).json5"))
    }
}
