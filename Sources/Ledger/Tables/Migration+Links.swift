extension Migration {
    static let links = Migration(version: 13, name: "reset links", script: "SELECT 1;")
}
