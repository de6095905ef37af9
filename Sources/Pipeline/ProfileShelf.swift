import Sellout
import Synchronization

/// The profiles in force. A reload replaces them for the files that begin after it.
public final class ProfileShelf: Sendable {
    private let profiles: Mutex<[String: Profile]>

    public init(_ profiles: [Profile]) { self.profiles = Mutex(ProfileShelf.byReseller(profiles)) }

    public func profile(of reseller: String) -> Profile? { profiles.withLock { $0[reseller] } }

    public var resellers: [String] { profiles.withLock { $0.keys.sorted() } }

    var terms: [Terms] { profiles.withLock { $0.values.map(\.terms) } }

    public func replace(with all: [Profile]) { profiles.withLock { $0 = ProfileShelf.byReseller(all) } }

    private static func byReseller(_ all: [Profile]) -> [String: Profile] {
        Dictionary(all.map { ($0.reseller, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
