extension Migration {
    /// Keeps the number; the tables come with retail fit.
    static let retailFit = Migration(version: 12, name: "retail fit", script: "SELECT 1;")
}
