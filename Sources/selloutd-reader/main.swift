import Calling
import Confinement
import Frames
import Glibc
import Reading
import Sellout

// One program, two lives. As the nursery it reads the profiles, once, and forks a reader for each order to do so. As a reader it
// shuts its cage and reads the files that it is handed, as open descriptors, one after the other.
if CommandLine.arguments.dropFirst() == ["--version"] {
    print("selloutd-reader \(Release.version)")
    exit(0)
}
#if DEBUG
    if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--try", let escape = Escape(rawValue: CommandLine.arguments[2]) {
        escape.attempt()
    }
#endif
let post = ReaderPost()
do {
    guard let first = try post.receive(), case .profiles(let sources) = first.order else { exit(2) }
    // The daemon has named each profile's mistakes already; what does not read is simply not there.
    let profiles = sources.compactMap { try? Profile.read($0.json5, file: $0.file) }
    try post.dieWithDaemon()
    let cage = try Cage()
    guard try post.isReader() else { exit(0) }
    try cage.shut()
    let reading = FileReading(profiles: profiles) { try post.send($0) }
    while let (order, file) = try post.receive() {
        guard case .read(let job) = order, let file else { exit(0) }
        #if DEBUG
            Misdeed(named: sources.first?.file)?.commit()
        #endif
        Cage.allowTime(for: file, wholeCells: [.cells, .rawRows].contains(job.purpose))
        try reading.carryOut(job, descriptor: file.number)
    }
} catch {
    // The daemon that would hear of it is gone, or ended this process on purpose.
    exit(3)
}
