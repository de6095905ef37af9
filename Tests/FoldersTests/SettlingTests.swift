import Batches
import Chances
import Folders
import TestKit
import Testing

@Suite struct SettlingTests {
    private let place = Place(.reseller("boxnox"), "a.csv")
    private var settling = Settling<TestInstant>(pace: Pace())

    /// What a look sees: `version` stands for the content, `age` for how long ago the kernel noted a change.
    private func file(
        _ place: Place? = nil, version: UInt64 = 1, size: Int64 = 10, age: Double, _ agreement: Agreement = .nothing
    ) -> FoundFile {
        let changed = Timestamp(seconds: 1_000_000 + Int64(version))
        let modified = Timestamp(seconds: 5)
        return FoundFile(
            place: place ?? self.place,
            fingerprint: Fingerprint(device: 1, inode: 1, size: size, modified: modified, changed: changed), age: .seconds(age),
            agreement: agreement)
    }

    @Test mutating func `a file is claimed when nothing has happened to it for the settle time`() {
        settling.touched(place, at: .after(10))
        #expect(settling.due(at: .after(11.9)) == [])
        #expect(settling.nextLook == .after(12))
        #expect(settling.due(at: .after(12)) == [place])
        #expect(settling.looked(place, found: file(age: 2), at: .after(12)) == .claim(steady: nil))
    }

    @Test mutating func `each event begins the settle time anew`() {
        for second in 0..<5 { settling.touched(place, at: .after(Double(second))) }
        #expect(settling.due(at: .after(5.9)) == [])
        #expect(settling.due(at: .after(6)) == [place])
    }

    @Test mutating func `a change whose event was lost is found in the kernel's note`() {
        settling.touched(place, at: .after(0))
        #expect(settling.due(at: .after(2)) == [place])
        #expect(settling.looked(place, found: file(age: 0.5), at: .after(2)) == .wait)
        #expect(settling.due(at: .after(3.4)) == [])
        #expect(settling.due(at: .after(3.5)) == [place])
        #expect(settling.looked(place, found: file(age: 2), at: .after(3.5)) == .claim(steady: nil))
    }

    @Test mutating func `files found at start are ripe as soon as the kernel's note is old enough`() {
        let young = Place(.reseller("boxnox"), "young.csv")
        settling.scanned(place.inbox, found: [file(age: 3600), file(young, age: 0.5)], at: .after(0))
        #expect(settling.due(at: .after(0)) == [place])
        #expect(settling.due(at: .after(1.5)) == [young])
    }

    @Test mutating func `a clock that was set back does not hold a file for ever`() {
        settling.scanned(place.inbox, found: [file(age: -7200)], at: .after(0))
        #expect(settling.due(at: .after(2)) == [place])
        #expect(settling.looked(place, found: file(age: -7198), at: .after(2)) == .claim(steady: file(age: 0).fingerprint))
    }

    @Test mutating func `without a settle time a file is claimed at once`() {
        settling = Settling(pace: Pace(settle: .zero))
        settling.touched(place, at: .after(1))
        #expect(settling.due(at: .after(1)) == [place])
        #expect(settling.looked(place, found: file(age: 0), at: .after(1)) == .claim(steady: nil))
    }

    @Test mutating func `an empty file waits longer, since its content may still come`() {
        settling.touched(place, at: .after(0))
        #expect(settling.due(at: .after(2)) == [place])
        #expect(settling.looked(place, found: file(size: 0, age: 2), at: .after(2)) == .wait)
        #expect(settling.due(at: .after(29.9)) == [])
        #expect(settling.due(at: .after(30)) == [place])
        #expect(settling.looked(place, found: file(size: 0, age: 30), at: .after(30)) == .claim(steady: file(size: 0, age: 0).fingerprint))
    }

    @Test mutating func `a file that is being written is looked at again after growing pauses, and soon after its closing`() {
        settling.touched(place, at: .after(0))
        var now = TestInstant.after(2)
        for pause in [2.0, 4, 8, 16, 32, 60, 60] {
            #expect(settling.due(at: now) == [place])
            settling.busy(place, at: now)
            #expect(settling.due(at: now.advanced(by: .seconds(pause - 0.1))) == [])
            now = now.advanced(by: .seconds(pause))
        }
        #expect(settling.due(at: now) == [place])
        settling.busy(place, at: now)
        settling.touched(place, at: now)
        #expect(settling.due(at: now.advanced(by: .seconds(2))) == [place])
    }

    @Test mutating func `two looks that differ are not steady, two that agree are`() {
        settling.touched(place, at: .after(0))
        _ = settling.due(at: .after(2))
        #expect(settling.looked(place, found: file(version: 1, age: 2), at: .after(2)) == .claim(steady: nil))
        settling.busy(place, at: .after(2))
        _ = settling.due(at: .after(4))
        #expect(settling.looked(place, found: file(version: 2, age: 2), at: .after(4)) == .claim(steady: nil))
        settling.busy(place, at: .after(4))
        _ = settling.due(at: .after(8))
        #expect(
            settling.looked(place, found: file(version: 2, age: 6), at: .after(8)) == .claim(steady: file(version: 2, age: 0).fingerprint))
    }

    @Test mutating func `a refused file is named at once and only looked at again after a change`() {
        settling.touched(place, at: .after(0))
        _ = settling.due(at: .after(2))
        _ = settling.looked(place, found: file(age: 2), at: .after(2))
        settling.refused(place, .hardLink)
        #expect(settling.waiting(at: .after(2)).map(\.reason) == [.refused(.hardLink)])
        settling.scanned(place.inbox, found: [file(age: 60)], at: .after(60))
        #expect(settling.due(at: .after(120)) == [])
        settling.scanned(place.inbox, found: [file(version: 2, age: 1)], at: .after(120))
        #expect(settling.due(at: .after(122)) == [place])
    }

    @Test mutating func `a file waits for its control file, is named at once, and is looked at as soon as that one was`() {
        let control = Place(place.inbox, "a.csv.ok")
        settling.touched(place, at: .after(0))
        _ = settling.due(at: .after(2))
        #expect(settling.looked(place, found: file(age: 2, .missing(.ok)), at: .after(2)) == .wait)
        #expect(settling.nextLook == nil)
        #expect(settling.waiting(at: .after(2)).map(\.description) == ["boxnox/inbox/a.csv waits for its control file a.csv.ok"])
        settling.touched(control, at: .after(10))
        #expect(settling.due(at: .after(12)) == [control])
        #expect(settling.looked(control, found: file(control, size: 0, age: 2, .isControlFile(of: place.name)), at: .after(12)) == .wait)
        #expect(settling.due(at: .after(12)) == [place])
        let confirmed = file(age: 12, .given(.ok, age: .seconds(2), isEmpty: false))
        #expect(settling.looked(place, found: confirmed, at: .after(12)) == .claim(steady: confirmed.fingerprint))
        #expect(settling.waiting(at: .after(12)) == [])
    }

    @Test mutating func `a control file must have settled too, and one without a digest yet for longer`() {
        settling.touched(place, at: .after(0))
        _ = settling.due(at: .after(2))
        let empty = file(age: 2, .given(.sha256, age: .seconds(1), isEmpty: true))
        #expect(settling.looked(place, found: empty, at: .after(2)) == .wait)
        #expect(settling.nextLook == .after(31))
        _ = settling.due(at: .after(31))
        let young = file(age: 31, .given(.sha256, age: .seconds(0.5), isEmpty: false))
        #expect(settling.looked(place, found: young, at: .after(31)) == .wait)
        #expect(settling.due(at: .after(32.5)) == [place])
        let settled = file(age: 33, .given(.sha256, age: .seconds(2), isEmpty: false))
        #expect(settling.looked(place, found: settled, at: .after(32.5)) != .wait)
    }

    @Test mutating func `a control file before its file is never due, found again by each scan, and shown after a day`() {
        let control = Place(place.inbox, "a.csv.ok")
        settling.scanned(place.inbox, found: [file(control, age: 5)], at: .after(0))
        #expect(settling.due(at: .after(0)) == [control])
        #expect(settling.looked(control, found: file(control, age: 5, .isControlFile(of: place.name)), at: .after(0)) == .wait)
        #expect(settling.nextLook == nil)
        #expect(settling.waiting(at: .after(86_000)) == [])
        #expect(settling.waiting(at: .after(86_400)).map(\.reason) == [.controlFile])
        settling.scanned(place.inbox, found: [file(control, age: 65)], at: .after(60))
        #expect(settling.due(at: .after(60)) == [control])
        #expect(settling.count == 1)
    }

    @Test mutating func `a working name is never due and is shown after a day`() {
        let working = Place(.reseller("boxnox"), "a.csv.part")
        settling.touched(working, at: .after(0))
        #expect(settling.nextLook == nil)
        #expect(settling.waiting(at: .after(86_399)) == [])
        #expect(settling.waiting(at: .after(86_400)).map(\.place) == [working])
        #expect(settling.waiting(at: .after(86_400)).map(\.reason) == [.workingName])
    }

    @Test mutating func `a file that never settles is shown after a day`() {
        for hour in 0...24 { settling.touched(place, at: .after(Double(hour) * 3600)) }
        #expect(settling.waiting(at: .after(86_400)).map(\.reason) == [.unsettled])
    }

    @Test mutating func `names that a scan no longer finds are forgotten, those still to be looked at are kept`() {
        let working = Place(.reseller("boxnox"), "a.part")
        let later = Place(.reseller("boxnox"), "later.csv")
        let elsewhere = Place(.reseller("galilu"), "a.part")
        for place in [working, later, elsewhere] { settling.touched(place, at: .after(0)) }
        settling.scanned(place.inbox, found: [], at: .after(1))
        #expect(settling.count == 2)
        #expect(settling.due(at: .after(2)) == [later])
        #expect(settling.inboxes == [later.inbox, elsewhere.inbox])
        settling.forget(elsewhere.inbox)
        #expect(settling.inboxes == [later.inbox])
    }

    @Test mutating func `a name that comes again after its file was claimed begins anew`() {
        settling.touched(place, at: .after(0))
        _ = settling.due(at: .after(2))
        settling.forget(place)
        settling.touched(place, at: .after(3))
        #expect(settling.due(at: .after(4.9)) == [])
        #expect(settling.due(at: .after(5)) == [place])
        #expect(settling.looked(place, found: nil, at: .after(5)) == .gone)
        #expect(settling.count == 0)
    }

    @Test mutating func `many names come due in the order of their last events`() {
        let places = (0..<500).map { Place(.reseller("boxnox"), FileName("f\($0).csv") ?? "x") }
        var last: [Place: TestInstant] = [:]
        var chance = Chance(seed: 5)
        for step in 0..<3000 {
            guard let place = places.randomElement(using: &chance) else { continue }
            last[place] = .after(Double(step) / 1000)
            settling.touched(place, at: .after(Double(step) / 1000))
        }
        let due = settling.due(at: .after(60))
        #expect(due.count == last.count)
        #expect(due.compactMap { last[$0] } == due.compactMap { last[$0] }.sorted())
    }
}
