import Frames
import Sellout
import Spreadsheets

/// Reads a stranger's file and answers with frames. Whatever is wrong with the file becomes one `refused` frame.
package struct FileReading {
    private let profiles: [Profile]
    private let send: (Frame) throws -> Void

    package init(profiles: [Profile], send: @escaping (Frame) throws -> Void) {
        self.profiles = profiles
        self.send = send
    }

    /// Reads the open file; throws only what `send` throws.
    package func carryOut(_ job: Job, descriptor: Int32) throws {
        do {
            let profiles = try job.trial.map { [try FileReading.profile($0)] } ?? profiles
            let workbook = try Workbook(descriptor: descriptor, name: job.fileName)
            switch job.purpose {
            case .sales: try SalesReading(workbook: workbook, job: job, profiles: profiles, send: send).carryOut()
            case .recognition: try RecognitionReading(workbook: workbook, job: job, profiles: profiles, send: send).carryOut()
            case .cells: try CellsReading(workbook: workbook, send: send).carryOut()
            case .rawRows:
                try HeadersReading(workbook: workbook, job: job, profiles: profiles, send: send).carryOut()
                try CellsReading(workbook: workbook, send: send).carryOut()
            case .sheets: try SheetsReading(workbook: workbook, send: send).carryOut()
            case .firstRows: try FirstRowsReading(workbook: workbook, job: job, send: send).carryOut()
            }
        } catch let fault as SpreadsheetFault {
            try send(.refused(FileRefusal(fault)))
        } catch let refusal as FileRefusal {
            try send(.refused(refusal))
        }
    }

    private static func profile(_ source: ProfileSource) throws(FileRefusal) -> Profile {
        guard let profile = try? Profile.read(source.json5, file: source.file) else {
            throw FileRefusal(.parsingError, "The profile has mistakes.")
        }
        return profile
    }
}

extension FileRefusal {
    fileprivate init(_ fault: SpreadsheetFault) {
        switch fault.code {
        case .notASpreadsheet, .unsupported: self.init(.fileTypeNotAllowed, fault.message)
        case .encrypted: self.init(.encryptedFile, fault.message)
        case .limitExceeded: self.init(.limitExceeded, fault.message)
        case .damaged, .unreadable: self.init(.parsingError, fault.message)
        }
    }
}
