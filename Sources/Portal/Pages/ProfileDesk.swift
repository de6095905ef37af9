import Accounts
import Operations
import Sellout
import Texts

/// What some pages need besides the desk; the wiring fills it once. Where a part is missing, its pages say so.
package struct PageSources: Sendable {
    package var passwords: Passwords?
    package var profiles: (any ProfileDesk)?
    /// The cells of a batch's failed rows, as the daemon reads them again from the file.
    package var rawRows: (@Sendable (Batch) -> JSONValue?)?
    /// Enters somebody in the caller's name, and sends them the mail.
    package var invite: (@Sendable (NewUser) throws -> User)?

    package init(
        passwords: Passwords? = nil, profiles: (any ProfileDesk)? = nil, rawRows: (@Sendable (Batch) -> JSONValue?)? = nil,
        invite: (@Sendable (NewUser) throws -> User)? = nil
    ) {
        self.passwords = passwords
        self.profiles = profiles
        self.rawRows = rawRows
        self.invite = invite
    }
}

/// Profiles as pages look after them; the wiring connects it to the folder of profiles and to the daemon.
package protocol ProfileDesk: Sendable {
    /// Those that serve now, and one sentence for each mistake in the folder.
    func readings() -> (profiles: [ProfileReading], faults: [String])

    /// The first rows of a workbook that was put aside for drafting, read by the confined reader, and a first profile where one can
    /// be told from them.
    func glimpse(ofPutAside file: String) throws(Refused) -> (glimpse: Glimpse, draft: String?)
    /// Which sales would come out of it by that profile; nothing is kept of them.
    func rehearse(_ profile: String, onPutAside file: String) throws(Refused) -> DraftRehearsal
    /// Puts a profile into the folder, under the reseller that it names. Refused where one of that name is there already.
    func save(_ profile: String, by actor: String) throws(Refused)
}

/// Which sales would come out of a workbook by a drafted profile.
package struct DraftRehearsal: Sendable {
    package struct Sale: Hashable, Sendable {
        package let place: String
        package let product: String
        package let store: String
        package let date: String
        package let quantity: Int64
        /// Nil where the amount is the list price × pieces.
        package let amount: Money?

        package init(place: String, product: String, store: String, date: String, quantity: Int64, amount: Money?) {
            self.place = place
            self.product = product
            self.store = store
            self.date = date
            self.quantity = quantity
            self.amount = amount
        }
    }

    /// So many in all; `sales` are the first of them.
    package let count: Int
    package let quantity: Int64
    package let amount: Money
    package let sales: [Sale]
    /// The first rows that could not be read.
    package let errors: [RowError]
    package let rowsSkipped: Int

    package init(count: Int, quantity: Int64, amount: Money, sales: [Sale], errors: [RowError], rowsSkipped: Int) {
        self.count = count
        self.quantity = quantity
        self.amount = amount
        self.sales = sales
        self.errors = errors
        self.rowsSkipped = rowsSkipped
    }
}
