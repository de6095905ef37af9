/// An entry of `selloutctl batches --json`, as far as tests look at it.
package struct BatchLine: Decodable, Hashable, Sendable {
    package let batch_id: String
    package let filename: String
    package let reseller: String
    package let status: String
    package let message: String
    package let upload_mode: String
    package let rows_total: Int
    package let rows_processed: Int
    package let rows_failed: Int
}

/// A line of `selloutctl sales --csv`, as far as tests look at it.
package struct Sale: Hashable, Sendable {
    package let batch: String
    package let row: Int
    package let store: String
    package let ean: String
    package let quantity: Int
    package let local: String

    init(_ columns: [String]) {
        batch = columns[0]
        row = Int(columns[2]) ?? -1
        store = columns[4]
        ean = columns[6]
        quantity = Int(columns[11]) ?? .min
        local = columns[13]
    }
}

/// A report as its reseller reads it: the fields that tests look at.
package struct SentReport: Decodable, Sendable {
    package struct Totals: Decodable, Sendable {
        package let quantity: Int
        package let sales_local: String
        package let currency: String?
        package let sales_eur: String
    }

    package struct Entry: Decodable, Sendable {
        package let row_number: Int?
        package let error_type: String
        package let error_message: String
        package let suggestion: String?
    }

    package struct Settled: Decodable, Sendable {
        package let row_number: Int
        package let field_name: String?
        package let original_value: String?
        package let corrected_value: String?
        package let reason: String
    }

    package let batch_id: String
    package let filename: String
    package let file_sha256: String?
    package let reseller: String
    package let upload_mode: String
    package let status: String
    package let message: String
    package let rows_total: Int
    package let rows_processed: Int
    package let rows_failed: Int
    package let rows_unchanged: Int
    package let totals: Totals
    package let errors: [Entry]
    package let errors_file: String?
    package let settled: [Settled]?
}

/// How a command ended.
package struct CommandEnd: Sendable, CustomStringConvertible {
    /// 0 where no signal ended it.
    package let signal: Int32
    package let status: Int32
    package let output: String
    package let complaint: String

    package init(signal: Int32 = 0, status: Int32, output: String, complaint: String) {
        self.signal = signal
        self.status = status
        self.output = output
        self.complaint = complaint
    }

    package var description: String { "signal \(signal), status \(status)\n\(output)\n\(complaint)" }
}
