import Dispatch

/// A connection and the serial queue that owns it.
final class QueuedConnection: @unchecked Sendable {  // `connection` is used on `queue` only.
    private let connection: Connection
    private let queue: DispatchQueue

    init(path: String, label: String, settings: String) throws(LedgerFault) {
        connection = try Connection(path: path)
        queue = DispatchQueue(label: label)
        try connection.execute(settings)
    }

    func sync<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        // `queue.sync` rethrows untyped, so the typed fault travels as a value.
        let outcome = queue.sync { () -> Swift.Result<Result, LedgerFault> in
            do throws(LedgerFault) { return .success(try body(connection)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }

    /// Not at all where the owner has gone by then.
    func async(after pause: DispatchTimeInterval, _ body: @escaping @Sendable (Connection) -> Void) {
        queue.asyncAfter(deadline: .now() + pause) { [weak self] in
            if let self { body(connection) }
        }
    }
}
