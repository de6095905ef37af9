import Accounts
import Batches
import Foundation
import Ledger
import Operations
import Sellout
import Testing
import Texts
import Web

@testable import Portal

/// Writes pages over a ledger that somebody has into a folder, to be looked at in a browser. Runs only where both are named.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SELLOUT_PICTURES"] != nil))
struct PicturesTests {
    @Test func `pages are written to be looked at`() throws {
        let surroundings = ProcessInfo.processInfo.environment
        let folder = try #require(surroundings["SELLOUT_PICTURES"])
        let root = try #require(surroundings["SELLOUT_ROOT"])
        let ledger = try SQLiteLedger(path: root + "/.ledger/ledger.db")
        let now = Timestamp.now()
        let live =
            surroundings["SELLOUT_STATUS"].flatMap { FileManager.default.contents(atPath: $0) }
            .flatMap { try? JSONValue(reading: $0) }.map { LiveStatus(json: $0) } ?? .silent
        func desk(_ role: Role, of reseller: String? = nil) throws -> PageDesk {
            let user = User(
                id: 1, uuid: "7f1c0e4a-0000-4000-8000-000000000000", email: "anna@example.org", role: role, firstName: "Anna", lastName: "",
                reseller: reseller, tenant: "bibbi", createdAt: now)
            let desk = OperatorDesk(ledger: ledger, terms: try ledger.notedResellers(), actor: "anna@example.org", clock: { now })
            return PageDesk(
                desk: desk, caller: user, csrf: "t", live: live, shelf: FiguresShelf(),
                sources: PageSources(profiles: StandInProfiles()), now: now)
        }
        func write(_ name: String, _ page: SeenPage) throws {
            // Without a server the assets lie beside the pages.
            let text = page.text.replacing(#/(href|src)="\/(style\.css|script\.js)\?v=[0-9a-z]+"/#) { "\($0.1)=\"\($0.2)\"" }
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).html"))
        }
        let admin = try desk(.admin)
        try write("login", SeenPage(LoginPage.page(csrf: "t", email: "anna@example.org", problem: .wrong)))
        for path in (surroundings["SELLOUT_PATHS"] ?? "/").split(separator: " ").map(String.init) {
            let name = path == "/" ? "now" : path.dropFirst().map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
            try write(name, try PageStage.ask(path, desk: admin))
        }
        try write("own-now", try PageStage.ask("/", desk: try desk(.reseller, of: "boxnox")))
        for path in Pages.assetPaths { try Data(try #require(Pages.asset(path))).write(to: URL(fileURLWithPath: folder + path)) }
    }
}
