import Foundation
import Ledger
import Operations
import Testing
import Texts

@testable import Portal

/// What pages take from the daemon's status, under the names that it gives.
@Suite struct LiveStatusTests {
    @Test func `the disk and the ledger are read as the status writes them`() throws {
        let root = FileManager.default.temporaryDirectory.path
        let live = LiveStatus(json: try Surroundings(passing: root, ledger: try SQLiteLedger(inMemory: ()), wrong: []).json)
        #expect(live.diskFreePercent.map { (0...100).contains($0) } == true)
        #expect(live.ledgerBytes != nil)
    }

    @Test(arguments: [(free: 4, size: 16, percent: 25), (0, 16, 0), (16, 16, 100), (17, 16, nil), (1, 0, nil)] as [(Int64, Int64, Int?)])
    func `how much of the disk is free is told in percent, where it can be told`(free: Int64, size: Int64, percent: Int?) {
        let live = LiveStatus(json: ["disk_free_bytes": .number(free), "disk_size_bytes": .number(size)])
        #expect(live.diskFreePercent == percent)
    }

    @Test func `a page says how much of the disk is free`() throws {
        let stage = try PageStage()
        let live = LiveStatus(json: ["disk_free_bytes": .number(63), "disk_size_bytes": .number(100)])
        #expect(try PageStage.ask("/", desk: stage.desk(live: live)).text.contains("disk 63 % free"))
    }
}
