/// A frame that cannot be: cut off, too long, or with values that no reader of ours writes. It is taken for a reader gone wrong.
public struct FrameFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
