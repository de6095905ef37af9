import Dispatch
import Linux
import Synchronization
import TestKit
import Testing

@testable import Folders

/// Gathers what a watch forwards, and waits for it.
private final class Witness: Sendable {
    private let stream: AsyncStream<FolderEvent>
    private let continuation: AsyncStream<FolderEvent>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream(of: FolderEvent.self) }

    func take(_ events: [FolderEvent]) { for event in events { continuation.yield(event) } }

    /// All events up to and with the first that is wanted; the test's time limit ends a wait in vain.
    func events(until isWanted: (FolderEvent) -> Bool) async -> [FolderEvent] {
        var seen: [FolderEvent] = []
        for await event in stream {
            seen.append(event)
            if isWanted(event) { break }
        }
        return seen
    }

    func wait(for event: FolderEvent) async { _ = await events { $0 == event } }
}

@Suite(.timeLimit(.minutes(1))) struct WatchTests {
    private static let inbox = Inbox.reseller("boxnox")

    private static func watching(
        _ resellers: [String] = ["boxnox"], _ body: (Playground, InotifyWatch, Witness) async throws -> Void
    ) async throws {
        try await Playground.with(resellers) { playground, root in
            let watch = InotifyWatch(root: root)
            let witness = Witness()
            watch.start { witness.take($0) }
            #expect(watch.refresh() == .whole)
            try await body(playground, watch, witness)
            watch.stop()
        }
    }

    @Test func `a file that is moved in or closed after writing is told of, in every inbox`() async throws {
        try await Self.watching { playground, _, witness in
            for inbox in [Self.inbox, .reseller("boxnox", .replace), .reference] {
                try playground.drop("x", at: "\(inbox)/moved.csv")
                await witness.wait(for: .touched(Place(inbox, "moved.csv")))
                do { try playground.uploader(at: "\(inbox)/written.csv").write("x".utf8) }
                await witness.wait(for: .touched(Place(inbox, "written.csv")))
            }
        }
    }

    @Test(arguments: ["mode", "times", "rename"])
    func `what clients do to a file after its upload is told of`(deed: String) async throws {
        try await Self.watching { playground, _, witness in
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            await witness.wait(for: .touched(Place(Self.inbox, "a.csv")))
            switch deed {
            case "mode": try playground.setMode("boxnox/inbox/a.csv", 0o600)
            case "times": try playground.setTimes("boxnox/inbox/a.csv", secondsSince1970: 5)
            default: try playground.move("boxnox/inbox/a.csv", to: "boxnox/inbox/b.csv")
            }
            await witness.wait(for: .touched(Place(Self.inbox, deed == "rename" ? "b.csv" : "a.csv")))
        }
    }

    @Test func `a reseller's folder that appears, and an inbox that vanishes and comes back, are watched again`() async throws {
        try await Self.watching { playground, watch, witness in
            try playground.makeFolder("new")
            await witness.wait(for: .foldersChanged)
            #expect(watch.refresh() == .whole)
            for _ in 0..<3 {
                try playground.makeFolder("new/inbox")
                await witness.wait(for: .foldersChanged)
                #expect(watch.refresh() == .whole)
                try playground.drop("x", at: "new/inbox/a.csv")
                await witness.wait(for: .touched(Place(.reseller("new"), "a.csv")))
                try playground.remove("new/inbox/a.csv")
                try playground.removeFolder("new/inbox")
                await witness.wait(for: .foldersChanged)
                #expect(watch.refresh() == .whole)
            }
            try playground.removeFolder("boxnox/inbox/replace")
            await witness.wait(for: .foldersChanged)
            #expect(watch.refresh() == .whole)
            try playground.makeFolder("boxnox/inbox/replace")
            await witness.wait(for: .foldersChanged)
            #expect(watch.refresh() == .whole)
            try playground.drop("x", at: "boxnox/inbox/replace/a.csv")
            await witness.wait(for: .touched(Place(.reseller("boxnox", .replace), "a.csv")))
        }
    }

    @Test func `a renamed reseller's files are told of under the new name`() async throws {
        try await Self.watching { playground, watch, witness in
            try playground.move("boxnox", to: "galilu")
            await witness.wait(for: .foldersChanged)
            #expect(watch.refresh() == .whole)
            try playground.drop("x", at: "galilu/inbox/a.csv")
            await witness.wait(for: .touched(Place(.reseller("galilu"), "a.csv")))
        }
    }

    @Test func `refreshing again and again changes nothing and is answered by nothing`() async throws {
        try await Self.watching { playground, watch, witness in
            for _ in 0..<50 { #expect(watch.refresh() == .whole) }
            #expect(playground.openDescriptors.filter { $0 == "inotify" }.count == 1)
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            let events = await witness.events { $0 == .touched(Place(Self.inbox, "a.csv")) }
            #expect(events == [.touched(Place(Self.inbox, "a.csv"))])
        }
    }

    @Test func `subfolders of an inbox are no files`() async throws {
        try await Self.watching { playground, _, witness in
            try playground.makeFolder("boxnox/inbox/folder")
            try playground.setMode("boxnox/inbox/folder", 0o700)
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            let events = await witness.events { $0 == .touched(Place(Self.inbox, "a.csv")) }
            #expect(events == [.touched(Place(Self.inbox, "a.csv"))])
        }
    }

    @Test func `a queue that ran over is told of, and a scan then finds every file`() async throws {
        try await Playground.with { playground, root in
            let watch = InotifyWatch(root: root)
            let witness = Witness()
            let (began, goOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let isFirst = Mutex(true)
            watch.start { events in
                // The first batch holds the reader up while the kernel's queue fills.
                if isFirst.withLock({ first in
                    defer { first = false }; return first
                }) {
                    began.signal()
                    goOn.wait()
                }
                witness.take(events)
            }
            #expect(watch.refresh() == .whole)
            try playground.drop("x", at: "boxnox/inbox/first.csv")
            await Task.detached { began.wait() }.value
            // Twice 10,000 events, each different from the one before so that the kernel merges none; its queue takes 16,384.
            for number in 0..<10_000 { _ = try playground.uploader(at: "boxnox/inbox/f\(number)") }
            goOn.signal()
            let last = await witness.events { if case .overflow = $0 { true } else { false } }.last
            #expect(last == .overflow(reason: "The kernel's queue of folder events ran over."))
            #expect(watch.refresh() == .whole)
            #expect(try InboxScan(root: root).files(in: Self.inbox).count == 10_001)
            watch.stop()
        }
    }

    @Test func `nothing is forwarded after stopping, and the watch can be started anew`() async throws {
        try await Playground.with { playground, root in
            let watch = InotifyWatch(root: root)
            for _ in 0..<20 {
                let stopped = Mutex(false)
                let inTime = Mutex(0)
                let late = Mutex(0)
                watch.start { _ in
                    if stopped.withLock({ $0 }) { late.withLock { $0 += 1 } } else { inTime.withLock { $0 += 1 } }
                }
                #expect(watch.refresh() == .whole)
                for number in 0..<20 { try playground.drop("x", at: "boxnox/inbox/\(number)") }
                try await eventually("an event") { inTime.withLock { $0 } > 0 }
                watch.stop()
                stopped.withLock { $0 = true }
                try playground.drop("x", at: "boxnox/inbox/late")
                try await Task.sleep(for: .milliseconds(5))
                #expect(late.withLock { $0 } == 0)
            }
        }
    }

    @Test func `events of unknown watches and of lost ones ask for a new look`() {
        var map = WatchMap(targets: [1: .home, 2: .inbox(Self.inbox)])
        let unknown = map.meaning(of: [InotifyEvent(watch: 9, kinds: .movedIn, name: "a")])
        #expect(unknown == [.foldersChanged])
        #expect(map.meaning(of: [InotifyEvent(watch: 9, kinds: .watchEnded, name: nil)]) == [])
        for kinds in [InotifyEvent.Kinds.watchedRemoved, .watchedMoved, .unmounted, .watchEnded] {
            #expect(map.meaning(of: [InotifyEvent(watch: 2, kinds: kinds, name: nil)]) == [.foldersChanged])
        }
        #expect(map.targets == [1: .home])
    }

    @Test func `events of one batch about one name are told once`() {
        var map = WatchMap(targets: [2: .inbox(Self.inbox)])
        let touches = [InotifyEvent.Kinds.made, .changedStatus, .closedAfterWriting].map { InotifyEvent(watch: 2, kinds: $0, name: "a") }
        #expect(map.meaning(of: touches) == [.touched(Place(Self.inbox, "a"))])
    }

    @Test func `a cut or lying buffer of events is read as far as it goes`() {
        func event(_ watch: UInt8, length: UInt8, name: [UInt8]) -> [UInt8] {
            [watch, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, length, 0, 0, 0] + name
        }
        let good = event(1, length: 4, name: [0x61, 0, 0, 0])
        #expect(InotifyEvent.all(in: good[...]) == [InotifyEvent(watch: 1, kinds: .movedIn, name: "a")])
        for cut in 0..<good.count { #expect(InotifyEvent.all(in: (good + good.prefix(cut))[...]).count == 1) }
        #expect(InotifyEvent.all(in: event(1, length: 255, name: [0x61])[...]) == [])
    }

    @Test func `inotify's limits are named with the setting to raise`() {
        #expect(SystemFault("inotify_add_watch", errno: 28).inotifyReason.contains("fs.inotify.max_user_watches"))
        #expect(SystemFault("inotify_init", errno: 24).inotifyReason.contains("fs.inotify.max_user_instances"))
        #expect(SystemFault("inotify_add_watch", errno: 13).inotifyReason.contains("Permission denied"))
    }
}
