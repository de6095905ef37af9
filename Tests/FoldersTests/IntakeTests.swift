import Linux
import Testing

@testable import Folders

/// The files here really change when they change, so that their ages are real; the settle time is long or none.
@Suite struct IntakeTests {
    private static let inbox = Inbox.reseller("boxnox")

    private func all(_ intake: inout Intake<TestInstant>, at now: TestInstant) -> [String] {
        var names: [String] = []
        while let file = intake.next(at: now) { names.append(file.place.name.printable) }
        return names
    }

    @Test(arguments: ["stat", "mode", "times", "rename"])
    func `a file that its client comes back to within the settle time is still there`(deed: String) async throws {
        try await Playground.with { playground, root in
            var intake = Intake<TestInstant>(root: root, pace: Pace(settle: .seconds(3600)))
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            #expect(intake.heard([.touched(Place(Self.inbox, "a.csv"))], at: .after(0)) == false)
            #expect(all(&intake, at: .after(3599)) == [])
            switch deed {
            case "mode": try playground.setMode("boxnox/inbox/a.csv", 0o600)
            case "times": try playground.setTimes("boxnox/inbox/a.csv", secondsSince1970: 5)
            case "rename": try playground.move("boxnox/inbox/a.csv", to: "boxnox/inbox/b.csv")
            default: break
            }
            // Even where no event told of it, and the modification time is years old.
            #expect(all(&intake, at: .after(3601)) == [])
            try intake.scan(at: .after(3601))
            #expect(all(&intake, at: .after(3602)) == [])
            #expect(playground.names(in: "boxnox/inbox") == [deed == "rename" ? "b.csv" : "a.csv", "replace"])
        }
    }

    @Test func `a writer that pauses longer than the settle time keeps its file as long as it has it open`() async throws {
        try await Playground.with { playground, root in
            let place = Place(Self.inbox, "slow.csv")
            var intake = Intake<TestInstant>(root: root, pace: Pace(settle: .zero))
            var uploader: Descriptor? = try playground.uploader(at: "boxnox/inbox/slow.csv")
            try uploader?.write("first,".utf8)
            _ = intake.heard([.touched(place)], at: .after(0))
            for hour in 0...25 {
                #expect(all(&intake, at: .after(Double(hour) * 3600)) == [])
                try intake.scan(at: .after(Double(hour) * 3600))
            }
            #expect(intake.waiting(at: .after(90_000)).map(\.reason) == [.beingWritten])
            try uploader?.write("second".utf8)
            uploader = nil
            _ = intake.heard([.touched(place)], at: .after(90_000))
            let next = intake.next(at: .after(90_000))
            let claimed = try #require(next)
            #expect(playground.text(at: ".spool/\(claimed.batch)/slow.csv") == "first,second")
        }
    }

    @Test func `files found at start are claimed in the order in which they came`() async throws {
        try await Playground.with { playground, root in
            var intake = Intake<TestInstant>(root: root, pace: Pace(settle: .zero))
            let names = (0..<50).map { "\(($0 * 37) % 50).csv" }
            for name in names { try playground.drop("x", at: "boxnox/inbox/\(name)") }
            let order = try InboxScan(root: root).files(in: Self.inbox).map(\.place.name.printable)
            try intake.scan(at: .after(0))
            let claimed = all(&intake, at: .after(0))
            #expect(claimed == order && Set(claimed) == Set(names))
        }
    }

    @Test func `an inbox in trouble is named and holds up no other, and is tried again after growing pauses`() async throws {
        try await Playground.with(["boxnox", "galilu"]) { playground, root in
            var intake = Intake<TestInstant>(root: root, pace: Pace(settle: .zero))
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            try playground.drop("x", at: "galilu/inbox/b.csv")
            try intake.scan(at: .after(0))
            // A batch's folder can be made by nobody while a file bears the spool's name.
            try playground.move(".spool", to: ".spool-aside")
            let spoolless = try Root(path: playground.path)
            try playground.removeFolder(".spool")
            var blocked = Intake<TestInstant>(root: spoolless, pace: Pace(settle: .zero))
            try blocked.scan(at: .after(0))
            #expect(all(&blocked, at: .after(0)) == [])
            #expect(Set(blocked.faults.keys) == [Self.inbox, .reseller("galilu")])
            #expect(blocked.nextLook(after: .after(0)) == .after(1))
            #expect(all(&blocked, at: .after(1)) == [])
            #expect(blocked.nextLook(after: .after(1)) == .after(3))
            #expect(all(&intake, at: .after(1)).sorted() == ["a.csv", "b.csv"])
            #expect(intake.faults.isEmpty)
        }
    }

    @Test func `refused files are named, and taken once they are what may be taken`() async throws {
        try await Playground.with { playground, root in
            var intake = Intake<TestInstant>(root: root, pace: Pace(settle: .zero))
            try playground.drop("x", at: "boxnox/inbox/a.csv")
            try playground.linkHard("second name", to: "boxnox/inbox/a.csv")
            try intake.scan(at: .after(0))
            #expect(all(&intake, at: .after(0)) == [])
            #expect(intake.waiting(at: .after(0)).map(\.description) == ["boxnox/inbox/a.csv \(Refusal.hardLink)"])
            try intake.scan(at: .after(60))
            #expect(intake.nextLook(after: .after(60)) == nil)
            try playground.remove("second name")
            try intake.scan(at: .after(120))
            #expect(all(&intake, at: .after(120)) == ["a.csv"])
            #expect(intake.waiting(at: .after(120)) == [] && intake.count == 0)
        }
    }

    @Test func `what was known of an inbox that has gone is forgotten`() async throws {
        try await Playground.with { playground, root in
            var intake = Intake<TestInstant>(root: root, pace: Pace())
            try playground.drop("x", at: "boxnox/inbox/replace/a.part")
            try intake.scan(at: .after(0))
            #expect(intake.count == 1)
            try playground.remove("boxnox/inbox/replace/a.part")
            try playground.removeFolder("boxnox/inbox/replace")
            try intake.scan(at: .after(1))
            #expect(intake.count == 0)
        }
    }
}
