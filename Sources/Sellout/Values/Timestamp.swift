import Cells

/// A moment in UTC, in milliseconds since 1970.
public struct Timestamp: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (one: Timestamp, other: Timestamp) -> Bool { one.milliseconds < other.milliseconds }

    /// The UTC day.
    public var day: CivilDay { CivilTime(milliseconds: milliseconds).day }
}

extension Timestamp: CustomStringConvertible {
    /// `2025-04-14T12:30:00.250Z`
    public var description: String {
        let text = CivilTime(milliseconds: milliseconds).description
        return text.count == 10 ? text + "T00:00:00Z" : text + "Z"
    }
}
