import Folders
import Linux
import Sellout

/// Turns settled files in inboxes into batches. Owned by the reconciler, and used on its queue only.
struct Claiming {
    typealias Instant = ContinuousClock.Instant

    private let workplace: Workplace
    private let scan: InboxScan
    private let claim: Claim
    private var settling: Settling<Instant>

    init(_ workplace: Workplace, pace: Pace) {
        self.workplace = workplace
        scan = InboxScan(root: workplace.root)
        claim = Claim(root: workplace.root)
        settling = Settling(pace: pace)
    }

    /// When there may next be something to claim.
    var nextLook: Instant? { settling.nextLook }

    func lingering() -> [Waiting] { settling.waiting(at: .now) }

    mutating func touched(_ place: Place) { settling.touched(place, at: .now) }

    /// Looks into every inbox; what no event has told of is found here.
    mutating func scanAll() throws(SystemFault) {
        for inbox in try workplace.root.inboxes() {
            let began = Instant.now
            settling.scanned(inbox, found: try scan.files(in: inbox), at: began)
        }
    }

    /// Claims what is ripe and hands each claimed file on, in the order of their waiting.
    mutating func claimRipe(_ take: (ClaimedFile) -> Void) {
        for place in settling.due(at: .now) {
            guard workplace.surroundings.allowsClaiming else {
                settling.postponed(place, until: .now.advanced(by: .seconds(1)))
                continue
            }
            do {
                guard case .claim(let steady) = settling.looked(place, found: try scan.look(at: place), at: .now) else { continue }
                conclude(try claim.take(place, steady: steady), place, take)
                workplace.works(.claiming)
            } catch {
                workplace.note(error, at: .claiming)
                settling.postponed(place, until: .now.advanced(by: .seconds(5)))
            }
        }
    }

    private mutating func conclude(_ outcome: ClaimOutcome, _ place: Place, _ take: (ClaimedFile) -> Void) {
        switch outcome {
        case .claimed(let file):
            settling.forget(place)
            take(file)
        case .busy: settling.busy(place, at: .now)
        case .gone: settling.forget(place)
        case .refused(let refusal):
            settling.refused(place, refusal)
            workplace.events.leftAlone("\(place) \(refusal)")
        }
    }
}
