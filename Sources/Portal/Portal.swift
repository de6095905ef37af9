import Accounts
import Folders
import Mail
import Operations
import Web

/// The HTTP side: what its endpoints and pages stand on, and the routes that they are reached by.
package struct Portal: Sendable {
    package struct Settings: Sendable {
        /// The tenant that this installation is.
        package var tenant = "bibbi"
        /// When so many files wait, no upload is taken.
        package var maxWaiting = 1000
        /// A's and B's largest uploads, in bytes.
        package var largestResellerUpload = 50 << 20
        package var largestSalesUpload = 100 << 20
        /// Records of one audience batch.
        package var maxBatchSize = AudienceLimits.records
        /// Requests of one caller; more are answered 429.
        package var requestsPerMinute = 600_000
        /// Where people reach this program.
        package var publicURL = PublicURL.standard
        /// Where cookies are marked to go over TLS alone.
        package var isSecure = false

        package init() {}
    }

    let settings: Settings
    let books: Books
    let drops: DropFolder
    let register: UploadRegister
    let gate: Gate
    let daemon: DaemonLine
    let shelf = FiguresShelf()
    let market = MarketShelf()
    let studio = StudioShelf()
    let hall = AudienceHall()
    let tally: RouteTally
    let profiles: ProfileLine
    let passwords: Passwords?
    let postman: Postman

    package init(
        settings: Settings, books: Books, drops: DropFolder, gate: Gate, daemon: DaemonLine, tally: RouteTally,
        passwords: Passwords?, postman: Postman, folder: @escaping @Sendable () -> ProfileFolder
    ) {
        self.settings = settings
        self.books = books
        self.drops = drops
        register = UploadRegister(drops: drops)
        self.gate = gate
        self.daemon = daemon
        self.tally = tally
        self.passwords = passwords
        self.postman = postman
        profiles = ProfileLine(daemon: daemon, folder: folder)
    }
}
