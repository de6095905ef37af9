/// How full the limiter is.
package struct LimiterState: Codable, Hashable, Sendable {
    package var running: Int
    package var waiting: Int
    package var maxFiles: Int
    package var maxFilesPerReseller: Int

    package init(running: Int, waiting: Int, maxFiles: Int, maxFilesPerReseller: Int) {
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
