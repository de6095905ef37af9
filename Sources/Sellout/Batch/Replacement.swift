/// What a replacing file did: how many final sales of the reseller went, and how many came.
package struct Replacement: Hashable, Codable, Sendable {
    package var went: Int
    package var came: Int

    package init(went: Int, came: Int) {
        self.went = went
        self.came = came
    }
}
