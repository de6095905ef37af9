import CLinux
import Glibc

/// One event as inotify(7) writes it.
struct InotifyEvent: Hashable, Sendable {
    let watch: Int32
    let kinds: Kinds
    /// Nil where the event is about the watched folder itself.
    let name: FileName?

    struct Kinds: OptionSet, Hashable, Sendable {
        let rawValue: UInt32
        init(rawValue: UInt32) { self.rawValue = rawValue }
        private init(_ flag: Int32) { self.init(rawValue: UInt32(bitPattern: flag)) }

        static let changedStatus = Kinds(IN_ATTRIB)
        static let closedAfterWriting = Kinds(IN_CLOSE_WRITE)
        static let made = Kinds(IN_CREATE)
        static let removed = Kinds(IN_DELETE)
        static let movedAway = Kinds(IN_MOVED_FROM)
        static let movedIn = Kinds(IN_MOVED_TO)
        static let watchedRemoved = Kinds(IN_DELETE_SELF)
        static let watchedMoved = Kinds(IN_MOVE_SELF)
        /// The watch is no more: its folder has gone, was unmounted, or we took the watch away.
        static let watchEnded = Kinds(IN_IGNORED)
        static let unmounted = Kinds(IN_UNMOUNT)
        static let queueOverflowed = Kinds(IN_Q_OVERFLOW)
        static let isFolder = Kinds(IN_ISDIR)
        /// Fails for what is no folder instead of watching it.
        static let onlyFolders = Kinds(IN_ONLYDIR)

        /// What ends a file's peace. Not reading: our own claims read. Not each write: closing, the settle time and the
        /// lease tell that better, and an upload of a gigabyte makes a million of them.
        static let inInboxes: Kinds = [.made, .closedAfterWriting, .movedIn, .changedStatus, .watchedRemoved, .watchedMoved, .onlyFolders]
        /// What brings uploads: each is renamed into its folder, whole.
        static let inUploads: Kinds = [.movedIn, .watchedRemoved, .watchedMoved, .onlyFolders]
        /// What makes inboxes come and go, and opens or closes them.
        static let inHomes: Kinds = [
            .made, .movedIn, .movedAway, .removed, .changedStatus, .watchedRemoved, .watchedMoved, .onlyFolders,
        ]
    }

    /// All events in a buffer that read(2) filled.
    static func all(in buffer: ArraySlice<UInt8>) -> [InotifyEvent] {
        var events: [InotifyEvent] = []
        var rest = buffer
        while rest.count >= headLength {
            let words = (0..<4).map { word in rest.dropFirst(4 * word).prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }
            let nameLength = Int(words[3])
            guard rest.count - headLength >= nameLength else { break }
            // "This filename is null-terminated, and may include further null bytes to align subsequent reads." (inotify(7))
            let name = FileName(rest.dropFirst(headLength).prefix(nameLength).prefix { $0 != 0 })
            events.append(InotifyEvent(watch: Int32(bitPattern: words[0]), kinds: Kinds(rawValue: words[1]), name: name))
            rest = rest.dropFirst(headLength + nameLength)
        }
        return events
    }

    private static let headLength = 16
}
