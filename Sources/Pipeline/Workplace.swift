import Batches
import Confinement
import Folders
import Ledger
import Operations
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
    /// How long audience batches are kept; nil for ever.
    package let keepAudience: Duration?
    let catalogues = CatalogueShelf()
    let review = BooksReview()
    let arrears = Arrears()

    package init(
        root: Root, ledger: any Bookkeeping, reader: any Reader, profiles: ProfileShelf, events: any PipelineEvents, host: String,
        keepAudience: Duration? = nil
    ) {
        self.root = root
        self.ledger = ledger
        self.reader = reader
        self.profiles = profiles
        self.events = events
        self.host = host
        self.keepAudience = keepAudience
    }
}

/// What operators and counters want to hear of. One implementation writes the journal; tests supply silence. May be called from
/// any thread.
package protocol PipelineEvents: Sendable {
    func claimed(_ batch: Batch)
    func began(_ batch: Batch)
    /// The file has been read: its way is over, or it waits for approval.
    func answered(_ batch: Batch, _ uncounted: Uncounted, took: Duration)
    /// A batch's report reads differently now, and nothing was read.
    func renewed(_ batch: Batch)
    /// How often operators took each step, since the last time this was told.
    func operatorsDid(_ steps: [String: Int])
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
    private struct State {
        var profiles: [String: Profile]
        var withheld: Withheld
    }

    private let state: Mutex<State>

    package init(_ profiles: [Profile], withheld: Withheld = .nobody) {
        state = Mutex(State(profiles: ProfileShelf.byReseller(profiles), withheld: withheld))
    }

    package func profile(of reseller: String) -> Profile? { state.withLock { $0.profiles[reseller] } }

    /// Its profile is there and cannot be used, so that nothing may be said of its files.
    func withholds(_ reseller: String) -> Bool { state.withLock { $0.profiles[reseller] == nil && $0.withheld.contains(reseller) } }

    /// Some profile is there and cannot be used.
    var withholdAny: Bool {
        state.withLock { state in
            switch state.withheld {
            case .only(let resellers): !resellers.isEmpty
            case .allBut: true
            }
        }
    }

    /// What the sender has agreed to upload beside each file.
    func controlFile(of sender: Sender) -> ControlFile? {
        guard case .reseller(let name) = sender else { return nil }
        return profile(of: name)?.controlFile
    }

    package var resellers: [String] { state.withLock { $0.profiles.keys.sorted() } }

    var terms: [Terms] { state.withLock { $0.profiles.values.map(\.terms) } }

    package func replace(with all: [Profile], withheld: Withheld = .nobody) {
        state.withLock { $0 = State(profiles: ProfileShelf.byReseller(all), withheld: withheld) }
    }

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
