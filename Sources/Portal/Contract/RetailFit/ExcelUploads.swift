import Accounts
import Ledger
import Operations
import Texts
import Web

/// D: workbooks of retail data.
enum ExcelUploads {
    static let endpoints = [
        Endpoint(receiving: "uploadExcelFile", .platform, "/api/uploads/excel", .signedIn) { call in
            do {
                return try ReceivedForm(call, rules: .retailData, answer: { call.interface.answer(to: asFileFault($0)) }) { form in
                    try receipt(form, call)
                }
            } catch { throw asFileFault(error) }
        },
        Endpoint("getExcelUploadStatus", .platform, .get, "/api/uploads/status/{uploadId}", .signedIn) { call in
            let id = try call.platformID("uploadId")
            guard let upload = try call.desk().retailUpload(id: id), try isVisible(upload, to: call.user()) else {
                throw Denial.nothingHere
            }
            return .found([
                "upload_id": .number(upload.id), "filename": .text(upload.filename), "status": .text(upload.state.rawValue),
                "records_processed": upload.records.map(JSONValue.number) ?? .null, "error_message": .optional(upload.message),
                "created_at": .text(upload.createdAt.description),
            ])
        },
        Endpoint("listExcelUploadHistory", .platform, .get, "/api/uploads/history", .signedIn) { call in
            let user = try call.user()
            let uploads = try call.desk().retailUploads(of: user.role.operates ? nil : user, limit: 1000)
            return .found(
                .array(
                    uploads.map { upload in
                        [
                            "id": .number(upload.id), "filename": .text(upload.filename), "status": .text(upload.state.rawValue),
                            "records_processed": upload.records.map(JSONValue.number) ?? .null,
                            "created_at": .text(upload.createdAt.description),
                        ]
                    }))
        },
    ]

    /// Operators see everybody's, those that were dropped into the folder too.
    private static func isVisible(_ upload: RetailUpload, to user: User) -> Bool { user.role.operates || upload.uploader == user.uuid }

    private static func receipt(_ form: UploadForm, _ call: Call) throws -> Response {
        guard form.text("upload_type") == "retailer_data" else { throw Denial(400, "upload_type must be retailer_data") }
        let upload = try take(form, call)
        return .success(
            "File uploaded successfully",
            ["upload_id": .number(upload.id), "filename": .text(upload.filename), "status": .text(upload.state.rawValue)])
    }

    /// Hands the form's file over to the daemon; the page that takes workbooks does it so too.
    static func take(_ form: UploadForm, _ call: Call) throws -> RetailUpload {
        guard try form.sealed().size > 0 else { throw Denial(400, "The file is empty") }
        let slip = try form.slip()
        try form.handOver(slip)
        // The daemon enters it too: whoever comes first makes it, so that a death between the two leaves nothing behind that never ends.
        return try call.changingDesk().enterRetailUpload(slip.batch, named: form.filename, by: call.user(), at: slip.receivedAt)
    }

    /// A form or a file that cannot be taken has a code of its own here.
    private static func asFileFault(_ error: any Error) -> any Error {
        guard var denial = error as? Denial, [400, 500].contains(denial.status) else { return error }
        denial = Denial(400, denial.text, headers: denial.headers)
        denial.code = "FILE_UPLOAD_ERROR"
        return denial
    }
}
