import Foundation
import Glibc
import Linux
import TestKit
import Testing

/// Files whose senders are not done with them, and senders who send the same thing again and again.
@Suite struct InboxMannersTests {
    @Test func `a file that its writer keeps open is not touched, however long the writer pauses, and is taken whole when it is closed`()
        async throws
    {
        try await Scene.slowWriter.play()
    }

    @Test func `a file that its client looks at again and again within the settle time is still there under its name`() async throws {
        let settle = Duration.seconds(1)
        try await Playground.with { playground in
            try await playground.daemon(settle: settle / .seconds(1))
            let file = playground.path("boxnox/inbox/a.csv")
            let uploaded = ContinuousClock.now
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            var last = uploaded
            var steps = 0
            while last < uploaded + settle * 4 {
                let found = playground.clientComesBack(to: file, step: steps)
                // A test that was itself held up for so long proves nothing either way.
                if !found, last.duration(to: .now) > settle * 0.8 { return }
                try #require(found, "step \(steps): the file is gone \(last.duration(to: .now)) after the client's last visit")
                last = .now
                steps += 1
                try await Task.sleep(for: .milliseconds(150))
            }
            #expect(steps > 3)
            #expect(try await playground.report(on: "a.csv").status == "completed")
        }
    }

    @Test func `the same file dropped twenty times at once is accepted once, and twenty answers say so`() async throws {
        try await Scene.twentyEqual.play()
    }

    @Test func `working names stay untouched until their owner renames them`() async throws {
        try await Scene.workingNames.play()
    }

    @Test(arguments: Scene.misleadingNames)
    func `a name chosen to mislead is taken like any other, and its report can be found and read`(name: String) async throws {
        try await Scene.misleading(name).play()
    }
}

extension Playground {
    /// What upload clients do to a name that they have just written; false where it is gone.
    fileprivate func clientComesBack(to file: String, step: Int) -> Bool {
        var found = stat()
        guard unsafe stat(file, &found) == 0 else { return false }
        switch step % 4 {
        case 0: return unsafe chmod(file, step % 8 == 0 ? 0o640 : 0o660) == 0
        case 1:
            let time = timespec(tv_sec: 1_600_000_000 + step, tv_nsec: 0)
            return unsafe utimensat(AT_FDCWD, file, [time, time], 0) == 0
        case 2: return unsafe rename(file, file + ".tmp") == 0 && rename(file + ".tmp", file) == 0
        default: return true
        }
    }
}
