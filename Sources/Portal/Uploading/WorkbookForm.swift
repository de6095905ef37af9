import Folders
import Linux
import Operations
import Web

/// A workbook that is only looked at: its form is taken into a file without a name, and nothing of it stays. Guarded by its exchange,
/// which one thread at a time works on.
final class WorkbookForm: Delivery, FormTaker, @unchecked Sendable {
    private var parser: Multipart
    private let largest: Int64
    private let answer: (_ file: Descriptor, _ size: Int64, _ name: String, _ fields: [String: String]) -> Response
    private let refusal: (Refused) -> Response
    private var fields: [String: String] = [:]
    private var file: Descriptor?
    private var name = ""
    private var size: Int64 = 0
    private var fault: Refused?

    init(
        _ request: Request, largest: Int, refusal: @escaping (Refused) -> Response,
        answer: @escaping (_ file: Descriptor, _ size: Int64, _ name: String, _ fields: [String: String]) -> Response
    ) throws(Refused) {
        do throws(MultipartFault) { parser = try Multipart(contentType: request.header("content-type") ?? "") } catch {
            throw Refused(.wrong, error.description)
        }
        self.largest = Int64(largest)
        self.refusal = refusal
        self.answer = answer
    }

    func take(_ piece: RawSpan) -> Bool { (try? parser.take(piece, for: self)) ?? false }

    func finish() -> Response {
        if let fault { return refusal(fault) }
        do throws(MultipartFault) { try parser.finish() } catch { return refusal(Refused(.wrong, error.description)) }
        guard let file, size > 0 else { return refusal(Refused(.wrong, "Choose a workbook first.")) }
        return answer(file, size, name, fields)
    }

    func breakOff() { file = nil }

    func field(_ name: String, _ value: String) -> Bool {
        fields[name] = value
        return true
    }

    func fileBegan(_ begun: FormFile) -> Bool {
        // A browser that was given no file sends one without a name.
        guard file == nil, !begun.fileName.isEmpty else { return true }
        name = FileName(uploadedAs: begun.fileName.utf8).printable
        do throws(SystemFault) { file = try Descriptor(unnamedIn: "/tmp") } catch {
            return refuse(Refused(.surroundings, error.description))
        }
        return true
    }

    func filePiece(_ piece: RawSpan) -> Bool {
        guard let file else { return true }
        size += Int64(piece.byteCount)
        guard size <= largest else { return refuse(Refused(.wrong, "The workbook is larger than \(largest >> 20) MiB.")) }
        do throws(SystemFault) { try file.write(piece) } catch { return refuse(Refused(.surroundings, error.description)) }
        return true
    }

    func fileEnded() -> Bool { true }

    private func refuse(_ refused: Refused) -> Bool {
        fault = refused
        file = nil
        return false
    }
}
