import Foundation
import Glibc
import TestKit
import Testing

/// Folders that come, go and come back while the daemon runs, and events that are lost.
@Suite struct FoldersComeAndGoTests {
    @Test func `a reseller's new folder is noticed while running`() async throws {
        try await Scene.newFolder.play()
    }

    @Test func `a folder that vanishes and comes back is watched again`() async throws {
        try await Scene.vanishing.play()
    }

    @Test func `an inbox that is moved away and back is watched under its own name only`() async throws {
        try await Scene.movedAway.play()
    }

    @Test func `a folder without a profile has its files answered, and taken after the profile has come and they were retried`()
        async throws
    {
        try await Scene.withoutProfile.play()
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
