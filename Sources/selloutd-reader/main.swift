import Confinement
import Frames
import Glibc
import Reading
import Sellout

// One file per process. Profiles come first and are read before the cage closes; the file comes as an open descriptor.
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
    try Confinement.enter()
    guard let second = try post.receive(), case .read(let job) = second.order, let file = second.file else { exit(0) }
    try post.expectNoMoreOrders()
    try FileReading(profiles: profiles) { try post.send($0) }.carryOut(job, descriptor: file.number)
} catch {
    // The daemon that would hear of it is gone, or ended this process on purpose.
    exit(3)
}
