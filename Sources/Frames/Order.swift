/// What the daemon tells the reader process.
package enum Order: Sendable {
    /// First of all, to the nursery: the profiles that readers will need, as their files stand.
    case profiles([ProfileSource])
    /// To the nursery: fork a reader. Comes with the reader's end of its socket.
    case fork
    /// To a reader. Comes with the file's descriptor.
    case read(Job)

    /// With the number of its bytes before them.
    package func encoded() -> [UInt8] { frame }

    /// `bytes` without their number.
    package init(_ bytes: [UInt8]) throws(FrameFault) { self = try Self(whole: bytes) }
}

extension Order: Framed {
    func write(to bytes: inout ByteWriter) {
        switch self {
        case .profiles(let sources): bytes.put(kind: 1, sources)
        case .read(let job): bytes.put(kind: 2, job)
        case .fork: bytes.put(kind: 3)
        }
    }

    init(from bytes: inout ByteReader) throws(FrameFault) {
        switch try bytes.kind() {
        case 1: self = .profiles(try [ProfileSource](from: &bytes))
        case 2: self = .read(try Job(from: &bytes))
        case 3: self = .fork
        default: throw FrameFault("an order is of no known kind")
        }
    }
}

/// A profile's file, as the daemon read it: the reader opens nothing by itself.
package struct ProfileSource: Hashable, Sendable {
    package let file: String
    package let json5: [UInt8]

    package init(file: String, json5: [UInt8]) {
        self.file = file
        self.json5 = json5
    }
}

extension ProfileSource: FramedRecord {
    init<Form: Fields<ProfileSource>>(_ field: Form) throws(Form.Fault) {
        try self.init(file: field(\.file), json5: field { Blob($0.json5) }.bytes)
    }
}

/// One file to read, and what for.
package struct Job: Hashable, Sendable {
    package enum Purpose: String, Sendable {
        /// Recognise it and extract its sales.
        case sales
        /// Tell whose it is, and no more.
        case recognition
        /// Every cell of every sheet, as it is.
        case cells
        /// The same, and what the columns are called where the reseller's layout fits.
        case rawRows
        case sheets
        /// The first rows of each sheet, and a first profile for them.
        case firstRows
    }

    package let purpose: Purpose
    /// Whose inbox it lay in; empty where nobody says: it is then detected.
    package let reseller: String
    package let fileName: String
    /// A profile that is not in force: the file is read as if there were no other.
    package let trial: ProfileSource?

    package init(purpose: Purpose, reseller: String = "", fileName: String, trial: ProfileSource? = nil) {
        self.purpose = purpose
        self.reseller = reseller
        self.fileName = fileName
        self.trial = trial
    }
}

extension Job.Purpose: Framed {}

extension Job: FramedRecord {
    init<Form: Fields<Job>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            purpose: field(\.purpose), reseller: field(\.reseller), fileName: field(\.fileName), trial: field(\.trial))
    }
}
