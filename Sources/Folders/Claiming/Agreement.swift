import Batches
import Linux

/// How a name in an inbox stands to the control files that its sender has agreed to upload.
package enum Agreement: Hashable, Sendable {
    /// None is agreed.
    case nothing
    case missing(ControlFile)
    /// It lies beside the file. `isEmpty`: a digest is still to be written into it.
    case given(ControlFile, age: Duration, isEmpty: Bool)
    /// It is a control file itself, and never claimed.
    case isControlFile(of: FileName)
}

extension Agreement {
    /// Looks for the control file of what bears that name. One that is no plain file counts for nothing: it is left to the
    /// claim, which refuses it.
    init(of name: FileName, _ status: FileStatus, by agreed: ControlFile, in inbox: Folder, at now: Timestamp) throws(SystemFault) {
        guard Refusal(status) == nil else {
            self = .nothing
            return
        }
        if let file = name.without(agreed) {
            self = .isControlFile(of: file)
            return
        }
        guard let control = try name.with(agreed).flatMap({ name throws(SystemFault) in try inbox.status(of: name) }),
            Refusal(control) == nil
        else {
            self = .missing(agreed)
            return
        }
        let isEmpty = agreed == .sha256 && control.fingerprint.size == 0
        self = .given(agreed, age: control.fingerprint.changed.age(at: now), isEmpty: isEmpty)
    }
}

extension FileName {
    /// The name of its control file; nil where that would be too long.
    func with(_ control: ControlFile) -> FileName? { FileName(bytes + Array(control.ending.utf8)) }

    /// The name of the file whose control file this is, by its ending.
    func without(_ control: ControlFile) -> FileName? {
        let ending = control.ending.utf8
        return bytes.suffix(ending.count).elementsEqual(ending) ? FileName(bytes.dropLast(ending.count)) : nil
    }
}
