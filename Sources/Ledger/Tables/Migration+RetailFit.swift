extension Migration {
    static let retailFit = Migration(version: 12, name: "retail fit", script: "SELECT 1;")
}
