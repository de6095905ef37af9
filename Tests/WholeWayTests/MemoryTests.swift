import Foundation
import TestKit
import Testing

/// Memory that does not grow with the file.
@Suite struct MemoryTests {
    @Test func `200,000 rows of CSV need less than 96 MiB, daemon and reader together`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try playground.drop(Samples.online(200_000), at: "online/inbox/large.csv")
            var readers = 0
            try await eventually("a report", within: .seconds(300), seen: { daemon.program.said }) {
                readers = max(readers, daemon.readers.compactMap { Processes.peakMemory(of: $0) }.max() ?? 0)
                return !playground.names(in: "online/outbox").isEmpty
            }
            let own = try #require(Processes.peakMemory(of: daemon.program.pid))
            #expect(readers > 0)
            #expect(own + readers < 96 << 20, "daemon \(own >> 20) MiB, reader \(readers >> 20) MiB")
            print("200,000 rows: daemon \(own >> 20) MiB, reader \(readers >> 20) MiB\(Programs.areRelease ? "" : ", debug build")")
            #expect(try await playground.report(on: "large.csv", for: "online").rows_processed == 200_000)
        }
    }
}
