import Batches
import Confinement
import Folders
import Ledger
import Sellout

/// All that a file meets on its way.
package struct Workplace: Sendable {
    package let root: Root
    package let ledger: any Bookkeeping
    package let reading: any Reader
    package let profiles: ProfileShelf
    package let surroundings: Surroundings
    package let events: any PipelineEvents
    package let host: String
    let catalogues = CatalogueShelf()

    package init(
        root: Root, ledger: any Bookkeeping, reading: any Reader, profiles: ProfileShelf, surroundings: Surroundings,
        events: any PipelineEvents, host: String
    ) {
        self.root = root
        self.ledger = ledger
        self.reading = reading
        self.profiles = profiles
        self.surroundings = surroundings
        self.events = events
        self.host = host
    }

    /// Takes a fault of the surroundings down for the status.
    func note(_ error: any Error, at part: Surroundings.Part) { note("\(error)", at: part) }

    func note(_ sentence: String, at part: Surroundings.Part) {
        if surroundings.report(part, sentence) { events.troubled(sentence) }
    }

    func works(_ part: Surroundings.Part) {
        if surroundings.clear(part) { events.recovered("\(part)") }
    }
}
