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
    /// No sales file: a workbook for retail fit.
    var isRetail = false

    static let resellerUploads = UploadRules(
        endings: [".xlsx", ".xls"], wrongEnding: "Invalid file type. Allowed extensions: .xlsx, .xls",
        tooLarge: "File too large. Maximum size: 50MB", wantsReseller: true, wantsMode: false)
    static let salesUploads = UploadRules(
        endings: [".xlsx", ".xls", ".csv"], wrongEnding: "Invalid file type. Allowed extensions: .xlsx, .xls, .csv",
        tooLarge: "File size exceeds maximum limit (100MB)", wantsReseller: false, wantsMode: true)

    static let retailData = UploadRules(
        endings: [".xlsx"], wrongEnding: "Send one .xlsx file", tooLarge: "The file is over 50 MiB", wantsReseller: false,
        wantsMode: false, isRetail: true)
    static let page = UploadRules(
        endings: [".xlsx", ".xlsm", ".xls", ".csv"], wrongEnding: "Only Excel workbooks (.xlsx, .xlsm, .xls) and CSV files are taken.",
        tooLarge: "The file is too large.", wantsReseller: false, wantsMode: true, isFromPage: true)

    func takes(_ name: String) -> Bool { endings.contains { name.lowercased().hasSuffix($0) } }

    func largest(_ settings: Portal.Settings) -> Int {
        wantsReseller || isRetail ? settings.largestResellerUpload : settings.largestSalesUpload
    }
}

/// An upload's form as it comes: its file goes to the disk piece by piece, its fields are kept. Guarded by its exchange, which one
/// thread at a time works on.
final class ReceivedForm: Delivery, @unchecked Sendable {
    private var parser: Multipart
    private let form: UploadForm
    private let actor: String?
    private let receipt: (UploadForm) throws -> Response
    private let answer: (any Error) -> Response

    /// `answer` is for what went wrong.
    init(
        _ call: Call, rules: UploadRules, answer: @escaping (any Error) -> Response, receipt: @escaping (UploadForm) throws -> Response
    ) throws {
        try call.refuseWhereFull()
        do throws(MultipartFault) { parser = try Multipart(contentType: call.request.header("content-type") ?? "") } catch {
            throw Denial(400, error.description)
        }
        actor = call.caller?.user.actor
        self.answer = answer
        self.receipt = receipt
        form = UploadForm(call, rules)
    }

    func take(_ piece: RawSpan) -> Bool { (try? parser.take(piece, for: form)) ?? false }

    func finish() -> Response {
        do {
            // What the form was refused for comes before what its end lacks: the rest was passed over.
            if let fault = form.fault { throw fault }
            do throws(MultipartFault) { try parser.finish() } catch { throw Denial(400, error.description) }
            var response = try receipt(form)
            response.user = actor
            return response
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
    private var fields: [String: String] = [:]
    private var drop: Drop?
    /// As the client named it, shown.
    private(set) var filename = ""
    /// What is wrong, as far as it is known.
    private(set) var fault: (any Error)?

    init(_ call: Call, _ rules: UploadRules) {
        self.call = call
        self.rules = rules
    }

    func field(_ name: String, _ value: String) -> Bool {
        // A browser that was given no file sends an empty field of that name.
        if name != "file", fields.updateValue(value, forKey: name) != nil { return refuse(Denial(400, "The form says \(name) twice")) }
        return true
    }

    func fileBegan(_ file: FormFile) -> Bool {
        guard file.name == "file" else { return refuse(Denial(400, "Only the field file takes a file")) }
        guard drop == nil else { return refuse(Denial(400, "The form holds two files; send one")) }
        guard !file.fileName.isEmpty else { return refuse(Denial(400, "file is missing")) }
        let name = FileName(uploadedAs: file.fileName.utf8)
        filename = name.printable
        guard rules.takes(file.fileName) else { return refuse(Denial(400, rules.wrongEnding)) }
        do throws(SystemFault) { drop = try call.portal.drops.begin(provisional, named: name) } catch {
            return refuse(Denial(notSaved: error))
        }
        return true
    }

    func filePiece(_ piece: RawSpan) -> Bool {
        guard let drop else { return true }
        guard drop.size + Int64(piece.byteCount) <= Int64(rules.largest(call.portal.settings)) else {
            return refuse(Denial(400, rules.tooLarge))
        }
        do throws(SystemFault) { try drop.write(piece) } catch { return refuse(Denial(notSaved: error)) }
        return true
    }

    func fileEnded() -> Bool { true }

    private func refuse(_ denial: Denial) -> Bool {
        fault = denial
        discard()
        return false
    }

    /// Until the whole form has come: a field may stand behind the file.
    private var provisional: Slip {
        Slip(
            batch: slipless.batch, sender: .operations, mode: .append, uploader: call.caller?.user.uuid ?? "",
            receivedAt: slipless.receivedAt)
    }

    func text(_ name: String) -> String? { fields[name] }

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
        if rules.isRetail { return .retail }
        if rules.isFromPage, call.reach == .all, let reseller = text("reseller"), !reseller.isEmpty {
            guard let record = try call.desk().resellersByName()[reseller] else { throw Denial(400, "There is no such reseller.") }
            return .reseller(record.slug)
        }
        if let tenant = text("tenant_id"), !tenant.isEmpty, tenant != call.caller?.user.tenant { throw call.interface.strangersDenial }
        guard let id = text("reseller_id"), !id.isEmpty else {
            guard !rules.wantsReseller else { throw Denial(400, "reseller_id is missing") }
            switch call.reach {
            case .all: return .operations
            case .only(let reseller): return .reseller(reseller)
            case .none: throw Denial(400, "Could not detect vendor format")
            }
        }
        guard let record = try call.desk().reseller(uuid: id.lowercased()), record.isActive, record.slug != Batch.unrecognised else {
            throw Denial(400, "Reseller not found: \(id)")
        }
        guard call.reach.holds(record.slug) else {
            // B knows no 403: what somebody may not touch is not there for them.
            guard call.interface == .resellerUploads else { throw Denial(400, "Reseller not found: \(id)") }
            throw Denial(403, "This token may not upload for that reseller")
        }
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
        // Before the daemon can have it, so that it is never unknown.
        if !slip.sender.isImport { call.portal.register.handedOver(slip, named: filename, size: drop?.size ?? 0) }
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
