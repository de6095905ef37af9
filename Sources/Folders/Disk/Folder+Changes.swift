import CLinux
import Glibc
import Linux

extension Folder {
    /// Makes a folder and opens it.
    func makeFolder(_ name: FileName, mode: mode_t) throws(SystemFault) -> Folder {
        guard unsafe mkdirat(descriptor.number, name.cString, mode) == 0 else { throw SystemFault("mkdir", path: path(of: name)) }
        return try Folder(name, in: self)
    }

    /// Opens a folder that is made first where it is missing, durably.
    func folder(_ name: FileName, orMakeWithMode mode: mode_t) throws(SystemFault) -> Folder {
        if let there = try folder(name) { return there }
        do {
            let made = try makeFolder(name, mode: mode)
            try sync()
            return made
        } catch {
            guard error.errno == EEXIST else { throw error }
            return try Folder(name, in: self)
        }
    }

    /// Moves an entry to another folder; with `replacing: false` it fails with EEXIST rather than taking another's place.
    func move(_ name: FileName, to other: Folder, as newName: FileName, replacing: Bool = false) throws(SystemFault) {
        let result =
            replacing
            ? unsafe renameat(descriptor.number, name.cString, other.descriptor.number, newName.cString)
            : unsafe linux_rename_exclusively(descriptor.number, name.cString, other.descriptor.number, newName.cString)
        guard result == 0 else { throw SystemFault("rename", path: path(of: name)) }
    }

    func remove(_ name: FileName) throws(SystemFault) {
        guard unsafe unlinkat(descriptor.number, name.cString, 0) == 0 else { throw SystemFault("unlink", path: path(of: name)) }
    }

    func removeFolder(_ name: FileName) throws(SystemFault) {
        guard unsafe unlinkat(descriptor.number, name.cString, AT_REMOVEDIR) == 0 else {
            throw SystemFault("rmdir", path: path(of: name))
        }
    }

    /// A symbolic link as a short note: its text is written with it in one step, and nothing ever follows it.
    func note(_ text: String, as name: FileName) throws(SystemFault) {
        guard unsafe symlinkat(text, descriptor.number, name.cString) == 0 else { throw SystemFault("symlink", path: path(of: name)) }
    }

    /// The same; where the note is there already, that one stays.
    func noteOnce(_ text: String, as name: FileName) throws(SystemFault) {
        do { try note(text, as: name) } catch {
            guard error.errno == EEXIST else { throw error }
        }
    }

    /// Nil where there is no such note.
    func note(_ name: FileName) -> String? {
        var text = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe readlinkat(descriptor.number, name.cString, &text, text.count)
        guard length > 0, length < text.count else { return nil }
        return String(validating: text[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
