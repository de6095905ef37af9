import Sellout
import Synchronization

/// The profiles in force. A reload replaces them for the files that begin after it.
package final class ProfileShelf: Sendable {
    private let profiles: Mutex<[String: Profile]>

    package init(_ profiles: [Profile]) { self.profiles = Mutex(ProfileShelf.byReseller(profiles)) }

    package func profile(of reseller: String) -> Profile? { profiles.withLock { $0[reseller] } }

    package var resellers: [String] { profiles.withLock { $0.keys.sorted() } }

    var terms: [Terms] { profiles.withLock { $0.values.map(\.terms) } }

    package func replace(with all: [Profile]) { profiles.withLock { $0 = ProfileShelf.byReseller(all) } }

    private static func byReseller(_ all: [Profile]) -> [String: Profile] {
        Dictionary(all.map { ($0.reseller, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
