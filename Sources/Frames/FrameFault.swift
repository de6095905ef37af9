/// A frame that cannot be: cut off, too long, or with values that no reader of ours writes. It is taken for a reader gone wrong.
package struct FrameFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
