import Failpoints
import Foundation
import Glibc
import TestKit
import Testing

/// A file that takes the process down by the process's own fault.
@Suite(.enabled(if: !Programs.areRelease, "failpoints are compiled into debug builds alone"))
struct PoisonTests {
    @Test(arguments: [Failpoint.tryBegun, .rowsStaged])
    func `a file that has taken the process down twice is failed, and the others are unharmed`(point: Failpoint) async throws {
        try await Playground.with { playground in
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/poison.csv")
            for _ in 1...2 { try await crash(playground, at: point) }
            try playground.drop(Samples.online(4), at: "online/inbox/good.csv")
            try await playground.daemon()
            try await playground.rest(batches: 2)
            let poisoned = try await playground.report(on: "poison.csv")
            #expect(poisoned.status == "failed")
            #expect(poisoned.errors.map(\.error_type) == ["POISON_FILE"])
            #expect(try await playground.report(on: "good.csv", for: "online").status == "completed")
            #expect(playground.archived[poisoned.batch_id]?.content == Data(Samples.boxnox.utf8))
        }
    }

    @Test func `deaths from outside do not make a file poison`() async throws {
        try await Playground.with { playground in
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            for _ in 1...3 {
                let daemon = try playground.start(environment: ["SELLOUT_FAILPOINT": "rows.complete=die"])
                #expect(try await daemon.program.end().signal == SIGKILL)
            }
            try await playground.daemon()
            try await playground.report(on: "a.csv") { $0.status == "completed" }
        }
    }

    @Test(arguments: [SIGABRT, SIGSEGV])
    func `deaths by a watchdog's signal, or anybody else's, do not make a file poison`(signal: Int32) async throws {
        try await Playground.with { playground in
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let condition = try playground.write("", beside: "hold")
            for _ in 1...3 {
                let daemon = try playground.start(environment: [
                    "SELLOUT_FAILPOINT": "try.begun=hold", "SELLOUT_FAILPOINT_WHILE": condition,
                ])
                try await eventually("the file to be read") { try await playground.batches().map(\.status) == ["processing"] }
                daemon.program.send(signal)
                #expect(try await daemon.program.end().signal == signal)
            }
            try await playground.daemon()
            try await playground.report(on: "a.csv") { $0.status == "completed" }
        }
    }

    @Test func `after an operator's retry a poisoned file is tried again`() async throws {
        try await Playground.with { playground in
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            for _ in 1...2 { try await crash(playground, at: .tryBegun) }
            try await playground.daemon()
            let poisoned = try await playground.report(on: "a.csv") { $0.status == "failed" }
            try await playground.ctl("retry", poisoned.batch_id)
            try await playground.report(on: "a.csv") { $0.status == "completed" }
            try await playground.rest(batches: 1)
            try await playground.holdsOnce(Samples.boxnox, as: "a.csv", sales: ["202.48", "-5.10"])
        }
    }

    private func crash(_ playground: Playground, at point: Failpoint) async throws {
        let daemon = try playground.start(environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=trap"])
        let end = try await daemon.program.end()
        #expect([SIGILL, SIGTRAP].contains(end.signal), "\(end)")
    }
}
