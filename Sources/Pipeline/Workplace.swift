import Confinement
import Folders
import Ledger
import Sellout

/// All that a file meets on its way.
public struct Workplace: Sendable {
    public let root: Root
    public let ledger: any Bookkeeping
    public let reading: ConfinedReading
    public let profiles: ProfileShelf
    public let surroundings: Surroundings
    public let events: any PipelineEvents
    public let host: String
    let catalogues = CatalogueShelf()

    public init(
        root: Root, ledger: any Bookkeeping, reading: ConfinedReading, profiles: ProfileShelf, surroundings: Surroundings,
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

extension Timestamp {
    public static func now() -> Timestamp { Timestamp(UnixTime.now()) }

    public init(_ time: UnixTime) {
        let (milliseconds, overflow) = time.seconds.multipliedReportingOverflow(by: 1000)
        self.init(milliseconds: overflow ? 0 : milliseconds &+ time.nanoseconds / 1_000_000)
    }
}

extension UnixTime {
    init(_ timestamp: Timestamp) {
        self.init(seconds: timestamp.milliseconds / 1000, nanoseconds: timestamp.milliseconds % 1000 * 1_000_000)
    }
}
