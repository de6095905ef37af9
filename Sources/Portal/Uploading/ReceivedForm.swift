import Accounts
import Batches
import Folders
import Glibc
import Linux
import Sellout
import Texts
import Web

/// What an interface takes as an upload, and how it says what it does not take.
struct UploadRules: Sendable {
    let endings: [String]
    let wrongEnding: String
    let tooLarge: String
    let wantsReseller: Bool
    let wantsMode: Bool
    /// A page names a reseller by its folder, a program by its UUID.
    var isFromPage = false

    static let resellerUploads = UploadRules(
        endings: [".xlsx", ".xls"], wrongEnding: "Invalid file type. Allowed extensions: .xlsx, .xls",
        tooLarge: "File too large. Maximum size: 50MB", wantsReseller: true, wantsMode: false)
    static let salesUploads = UploadRules(
        endings: [".xlsx", ".xls", ".csv"], wrongEnding: "Invalid file type. Allowed extensions: .xlsx, .xls, .csv",
        tooLarge: "File size exceeds maximum limit (100MB)", wantsReseller: false, wantsMode: true)

    static let page = UploadRules(
        endings: [".xlsx", ".xlsm", ".xls", ".csv"], wrongEnding: "Only Excel workbooks (.xlsx, .xlsm, .xls) and CSV files are taken.",
        tooLarge: "The file is too large.", wantsReseller: false, wantsMode: true, isFromPage: true)

    func takes(_ name: String) -> Bool { endings.contains { name.lowercased().hasSuffix($0) } }

    func largest(_ settings: Portal.Settings) -> Int { wantsReseller ? settings.largestResellerUpload : settings.largestSalesUpload }
}

/// An upload's form as it comes: its file goes to the disk piece by piece, its fields are kept. Guarded by its exchange, which one
/// thread at a time works on.
final class ReceivedForm: Delivery, @unchecked Sendable {
    private var parser: Multipart
    private var form: UploadForm
    private let receipt: (UploadForm) throws -> Response
    private let answer: (any Error) -> Response
    /// What is wrong, as far as it is known: the rest of the body is passed over.
    private var fault: (any Error)?

    /// `answer` is for what went wrong.
    init(
        _ call: Call, rules: UploadRules, answer: @escaping (any Error) -> Response, receipt: @escaping (UploadForm) throws -> Response
    ) throws {
        try call.portal.refuseWhereFull(call)
        guard let parser = Multipart(contentType: call.request.header("content-type") ?? "") else {
            throw Denial(400, "The body is no multipart/form-data")
        }
        self.answer = answer
        self.parser = parser
        self.receipt = receipt
        form = UploadForm(call, rules)
    }

    func take(_ piece: RawSpan) -> Bool {
        do {
            try parser.take(piece, for: form)
            return true
        } catch {
            fault = error
            form.discard()
            return false
        }
    }

    func finish() -> Response {
        do {
            if let fault { throw fault }
            try parser.finish()
            return try receipt(form)
        } catch let error as MultipartFault {
            form.discard()
            return answer(Denial(400, error.description))
        } catch {
            form.discard()
            return answer(error)
        }
    }

    func breakOff() { form.discard() }
}

/// The parts of an upload's form.
final class UploadForm: FormTaker {
    private let call: Call
    private let rules: UploadRules
    private let slipless: (batch: BatchID, receivedAt: Timestamp) = (BatchID(), .now())
    private var fields: [String: [UInt8]] = [:]
    private var field: String?
    private var drop: Drop?
    private var isInFile = false
    /// As the client named it, shown.
    private(set) var filename = ""

    private static let longestField = 4096

    init(_ call: Call, _ rules: UploadRules) {
        self.call = call
        self.rules = rules
    }

    func content(_ piece: RawSpan) throws {
        if isInFile {
            guard let drop, drop.size + Int64(piece.byteCount) <= Int64(rules.largest(call.portal.settings)) else {
                throw Denial(400, rules.tooLarge)
            }
            do throws(SystemFault) { try drop.write(piece) } catch { throw Denial(notSaved: error) }
        } else if let field {
            guard fields[field, default: []].count + piece.byteCount <= Self.longestField else {
                throw Denial(400, "\(Printable.line(field)) is too long")
            }
            unsafe piece.withUnsafeBytes { unsafe fields[field, default: []].append(contentsOf: $0) }
        }
    }

    func ended() {
        isInFile = false
        field = nil
    }

    func began(_ part: Multipart.Part) throws {
        guard part.name == "file" else {
            field = part.name
            fields[part.name] = []
            return
        }
        guard drop == nil else { throw Denial(400, "The form holds two files; send one") }
        guard let given = part.filename, !given.isEmpty else { throw Denial(400, "file is no file") }
        let name = FileName(uploadedAs: given.utf8)
        filename = name.printable
        guard rules.takes(given) else { throw Denial(400, rules.wrongEnding) }
        do throws(SystemFault) { drop = try call.portal.drops.begin(provisional, named: name) } catch { throw Denial(notSaved: error) }
        isInFile = true
    }

    /// Until the whole form has come: a field may stand behind the file.
    private var provisional: Slip {
        Slip(
            batch: slipless.batch, sender: .operations, mode: .append, uploader: call.caller?.user.uuid ?? "",
            receivedAt: slipless.receivedAt)
    }

    func text(_ name: String) -> String? { fields[name].flatMap { String(validating: $0, as: UTF8.self) } }

    /// Whose file it is, and how it is meant.
    func slip() throws -> Slip {
        Slip(
            batch: slipless.batch, sender: try sender(), mode: try mode(), uploader: call.caller?.user.uuid ?? "",
            receivedAt: slipless.receivedAt)
    }

    private func mode() throws -> UploadMode {
        guard rules.wantsMode else { return .append }
        switch text("mode") {
        case "append": return .append
        case "replace": return .replace
        default: throw Denial(400, "Mode must be 'append' or 'replace'")
        }
    }

    private func sender() throws -> Sender {
        if rules.isFromPage, call.reach == .all, let reseller = text("reseller"), !reseller.isEmpty {
            guard let record = try call.desk().resellersByName()[reseller] else { throw Denial(400, "There is no such reseller.") }
            return .reseller(record.slug)
        }
        if let tenant = text("tenant_id"), !tenant.isEmpty, tenant != call.caller?.user.tenant {
            throw Denial(403, call.interface.forbidden)
        }
        guard let id = text("reseller_id"), !id.isEmpty else {
            guard !rules.wantsReseller else { throw Denial(400, "reseller_id is missing") }
            switch call.reach {
            case .all: return .operations
            case .only(let reseller): return .reseller(reseller)
            case .none: throw Denial(400, "Could not detect vendor format")
            }
        }
        guard let record = try call.desk().reseller(uuid: id.lowercased()), record.isActive else {
            throw Denial(400, "Reseller not found: \(id)")
        }
        guard call.reach.holds(record.slug) else { throw Denial(403, "This token may not upload for that reseller") }
        return .reseller(record.slug)
    }

    /// All of it has come, and is on the disk for good.
    func sealed() throws -> (size: Int64, sha256: String) {
        // What is wrong with the fields comes before what is wrong with the file.
        _ = try slip()
        guard let drop else { throw Denial(400, "file is missing") }
        do throws(SystemFault) { return try drop.sealed() } catch { throw Denial(notSaved: error) }
    }

    /// From here on it is the daemon's.
    func handOver(_ slip: Slip) throws {
        do throws(SystemFault) { try drop?.handOver(as: slip) } catch {
            call.portal.register.forget(slip.batch)
            throw Denial(notSaved: error)
        }
    }

    func discard() {
        drop?.discard()
        drop = nil
    }
}

extension Denial {
    /// The cause is short, and names no path.
    init(notSaved fault: SystemFault) {
        let cause =
            switch fault.errno {
            case ENOSPC, EDQUOT: "Disk full"
            case EACCES, EPERM, EROFS: "Disk not writable"
            default: "Disk write error"
            }
        self.init(500, "Failed to save file: \(cause)")
    }
}
