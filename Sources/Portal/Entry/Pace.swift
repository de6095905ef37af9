import Synchronization

/// How quickly each caller may ask: so many requests a minute, and a tenth of that at once.
final class Pace: Sendable {
    private struct Bucket {
        var left: Double
        var at: ContinuousClock.Instant
    }

    private let buckets = Mutex<[Int64: Bucket]>([:])
    private let perSecond: Double
    private let most: Double
    /// Callers remembered; users of one installation are fewer.
    private static let mostCallers = 10_000

    init(perMinute: Int) {
        perSecond = Double(perMinute) / 60
        most = max(1, Double(perMinute) / 10)
    }

    /// Seconds until this caller may ask again; nil where it may now.
    func wait(_ caller: Int64, at now: ContinuousClock.Instant = .now) -> Int? {
        buckets.withLock { buckets in
            if buckets.count >= Self.mostCallers { buckets.removeAll() }
            var bucket = buckets[caller] ?? Bucket(left: most, at: now)
            bucket.left = min(most, bucket.left + perSecond * (bucket.at.duration(to: now) / .seconds(1)))
            bucket.at = now
            defer { buckets[caller] = bucket }
            guard bucket.left >= 1 else { return Int(((1 - bucket.left) / perSecond).rounded(.up)) }
            bucket.left -= 1
            return nil
        }
    }
}
