import Testing

@testable import Ledger

/// What the ledger remembers of its daemon.
@Suite struct RememberedTests {
    @Test func `the daemon's last word on its folders is remembered, for whoever opens the ledger's file`() throws {
        let house = try Fixture()
        #expect(try SQLiteLedger.daemonsFolders(ofLedgerAt: house.path) == nil)
        try house.ledger.remember(DaemonsFolders(root: "/srv/old", profiles: "/etc/old"))
        try house.ledger.remember(DaemonsFolders(root: "/srv/sellout", profiles: "/etc/profiles"))
        #expect(
            try SQLiteLedger.daemonsFolders(ofLedgerAt: house.path) == DaemonsFolders(root: "/srv/sellout", profiles: "/etc/profiles"))
    }

    @Test func `an older ledger remembers nothing, and is not brought up to date by being asked`() throws {
        let house = try Fixture()
        try house.execute("DROP TABLE remembered; DELETE FROM schema_migrations WHERE name LIKE '%remembered%'")
        #expect(try SQLiteLedger.daemonsFolders(ofLedgerAt: house.path) == nil)
        #expect(try house.ask("SELECT count(*) FROM sqlite_schema WHERE name = 'remembered'") == ["0"])
    }
}
