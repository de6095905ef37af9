import Batches
import Confinement
import Folders
import Ledger
import Sellout
import Synchronization

/// All that a file meets on its way.
package struct Workplace: Sendable {
    package let root: Root
    package let ledger: any Bookkeeping
    package let reader: any Reader
    package let profiles: ProfileShelf
    package let events: any PipelineEvents
    package let host: String
    let catalogues = CatalogueShelf()
    let arrears = Arrears()

    package init(
        root: Root, ledger: any Bookkeeping, reader: any Reader, profiles: ProfileShelf, events: any PipelineEvents, host: String
    ) {
        self.root = root
        self.ledger = ledger
        self.reader = reader
        self.profiles = profiles
        self.events = events
        self.host = host
    }
}

/// What operators and counters want to hear of. One implementation writes the journal; tests supply silence. May be called from
/// any thread.
package protocol PipelineEvents: Sendable {
    func claimed(_ batch: Batch)
    func began(_ batch: Batch)
    /// The file's way is over, or it waits for approval.
    func answered(_ batch: Batch, took: Duration)
    func referenceTaken(_ fileName: String, _ message: String)
    func troubled(_ sentence: String)
    func recovered(_ what: String)
    func swept()
    func overflowed(_ reason: String)
    /// A broken promise inside: the process must end and start anew.
    func broke(_ sentence: String) -> Never
}

/// The profiles in force. A reload replaces them for the files that begin after it.
package final class ProfileShelf: Sendable {
    private let profiles: Mutex<[String: Profile]>

    package init(_ profiles: [Profile]) { self.profiles = Mutex(ProfileShelf.byReseller(profiles)) }

    package func profile(of reseller: String) -> Profile? { profiles.withLock { $0[reseller] } }

    /// What the sender has agreed to upload beside each file.
    func controlFile(of sender: Sender) -> ControlFile? {
        guard case .reseller(let name) = sender else { return nil }
        return profile(of: name)?.controlFile
    }

    package var resellers: [String] { profiles.withLock { $0.keys.sorted() } }

    var terms: [Terms] { profiles.withLock { $0.values.map(\.terms) } }

    package func replace(with all: [Profile]) { profiles.withLock { $0 = ProfileShelf.byReseller(all) } }

    private static func byReseller(_ all: [Profile]) -> [String: Profile] {
        Dictionary(all.map { ($0.reseller, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// The reference data of each reseller as last read, until they or its terms change.
final class CatalogueShelf: Sendable {
    private let catalogues = Mutex<[String: (terms: Terms, catalogue: Catalogue)]>([:])

    func catalogue(for terms: Terms, in ledger: any Bookkeeping) throws(LedgerFault) -> Catalogue {
        let version = try ledger.referenceVersion()
        // Prices and rates are those of the terms' currency.
        if let known = catalogues.withLock({ $0[terms.reseller] }), known.terms == terms, known.catalogue.version == version {
            return known.catalogue
        }
        let fresh = try ledger.catalogue(for: terms)
        catalogues.withLock { $0[terms.reseller] = (terms, fresh) }
        return fresh
    }
}
