/// The command line cannot be meant so: exit status 2.
struct UsageError: Error, Hashable {
    let sentence: String
    /// Whose usage is shown; nil for the whole command's.
    let command: String?

    init(_ sentence: String, command: String? = nil) {
        self.sentence = sentence
        self.command = command
    }
}
