/// A brand as its people describe it.
package struct Brand: Hashable, Sendable {
    package var name: String
    package var website: String?
    package var contactNumber: String?
    package var officialEmail: String?
    package var designation: String?
    package var firstName: String?
    package var lastName: String?
    package var margin: MarginBand?
    /// A band, as written.
    package var turnover: String?

    package init(name: String) { self.name = name }
}
