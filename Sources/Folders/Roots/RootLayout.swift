import Glibc
import Linux

/// Lays out a root for trying things out: everything belongs to whoever runs it. What is there already, stays.
public struct RootLayout: Sendable {
    private let path: String

    public init(path: String) { self.path = path }

    @discardableResult
    public func make(resellers: [String]) throws(SystemFault) -> Root {
        try makeRootFolder()
        let root = try Root(path: path)
        for reseller in resellers {
            let home = try makeHome(reseller, in: root)
            _ = try home.folder("inbox", orMakeWithMode: 0o770).folder("replace", orMakeWithMode: 0o770)
        }
        _ = try makeHome(Sender.referenceFolder, in: root).folder("inbox", orMakeWithMode: 0o770)
        return root
    }

    private func makeHome(_ name: String, in root: Root) throws(SystemFault) -> Folder {
        guard let folderName = FileName(name), folderName.plainText != nil, !folderName.isWorkingName else {
            throw SystemFault("mkdir", path: name, errno: EINVAL)
        }
        let home = try root.folder.folder(folderName, orMakeWithMode: 0o755)
        _ = try home.folder("outbox", orMakeWithMode: 0o750)
        return home
    }

    private func makeRootFolder() throws(SystemFault) {
        guard unsafe mkdir(path, 0o755) == 0 else {
            let fault = SystemFault("mkdir", path: path)
            guard fault.errno == EEXIST else { throw fault }
            return
        }
    }
}
