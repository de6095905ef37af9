/// What a replacing file did: how many final sales of the reseller went, and how many came.
public struct Replacement: Hashable, Codable, Sendable {
    public var went: Int
    public var came: Int

    public init(went: Int, came: Int) {
        self.went = went
        self.came = came
    }
}
