import Glibc

extension ProgramShape {
    /// What its command line says. Ends the process where help or the version was asked for (0), and where it is no usage of ours (2).
    package func start<Options>(_ words: [String], _ make: (Arguments) throws(UsageError) -> Options) -> Options {
        do throws(UsageError) {
            let arguments = try Arguments(words, of: self)
            if arguments.has("help") { end(help()) }
            if arguments.has("version") { end(versionLine) }
            return try make(arguments)
        } catch {
            complain("\(error.sentence)\n\(help())")
            exit(2)
        }
    }

    /// On standard error, behind the program's name.
    package func complain(_ text: String) {
        let bytes = Array("\(name): \(text)\n".utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }

    private func end(_ text: String) -> Never {
        print(text)
        exit(0)
    }
}
