/// How full the limiter is.
public struct LimiterState: Codable, Hashable, Sendable {
    public var running: Int
    public var waiting: Int
    public var maxFiles: Int
    public var maxFilesPerReseller: Int

    public init(running: Int, waiting: Int, maxFiles: Int, maxFilesPerReseller: Int) {
        self.running = running
        self.waiting = waiting
        self.maxFiles = maxFiles
        self.maxFilesPerReseller = maxFilesPerReseller
    }

    enum CodingKeys: String, CodingKey {
        case running, waiting
        case maxFiles = "max_files"
        case maxFilesPerReseller = "max_files_per_reseller"
    }
}
