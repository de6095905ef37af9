import Glibc

/// Why there is no answer.
package enum HTTPClientFault: Error, Hashable, Sendable {
    /// Nobody listens there, or the system refuses.
    case unreachable(errno: Int32)
    /// The deadline is over.
    case late
    /// What came is no HTTP, or not all of it.
    case broken(String)
    case tooLong(limit: Int)
}

extension HTTPClientFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let number):
            "The server is not reached: " + (unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error") + "."
        case .late: "The server has not answered in time."
        case .broken(let sentence): sentence
        case .tooLong(let limit): "The answer has more than \(limit) bytes."
        }
    }
}
