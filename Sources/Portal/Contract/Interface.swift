import Operations
import Sellout
import Texts
import Web

/// One of the interfaces of the contract. Each has its own words for the same states, and its own form of a refusal.
enum Interface: String, CaseIterable, Sendable {
    /// A: reseller uploads.
    case resellerUploads = "A"
    /// B: uploads of any known layout.
    case salesUploads = "B"
    /// C: governance.
    case governance = "C"
    /// D: retail fit.
    case platform = "D"
    /// E: audience batches.
    case audience = "E"
}

extension Interface {
    func refusal(_ status: Int, _ text: String, headers: [Header] = [], details: [JSONValue.Member] = [], code: String? = nil) -> Response {
        var response = Response.json(body(text, details, code ?? Self.code(of: status)), status: status)
        response.headers = headers
        return response
    }

    private func body(_ text: String, _ details: [JSONValue.Member], _ code: String) -> JSONValue {
        switch self {
        case .resellerUploads, .salesUploads: return ["detail": .text(text)]
        case .governance: return ["success": .bool(false), "message": .text(text)]
        case .platform:
            let error: JSONValue = ["code": .text(code), "message": .text(text)]
            return ["success": .bool(false), "error": details.isEmpty ? error : .joined([error, ["details": .object(details)]])]
        case .audience: return ["status": .text("error"), "message": .text(text)]
        }
    }

    private static func code(of status: Int) -> String {
        switch status {
        case 400: "VALIDATION_ERROR"
        case 401: "AUTHENTICATION_ERROR"
        case 403: "AUTHORIZATION_ERROR"
        case 404: "NOT_FOUND"
        case 409: "DUPLICATE_ERROR"
        default: "PROCESSING_ERROR"
        }
    }

    var notAuthenticated: String {
        switch self {
        case .resellerUploads, .salesUploads: "Not authenticated"
        case .governance, .audience: "Sign in first"
        case .platform: "Sign in again"
        }
    }

    /// For the token of another tenant. B knows no 403: for it such a token is none.
    var strangersDenial: Denial { self == .salesUploads ? Denial(401, notAuthenticated) : Denial(403, forbidden) }

    var forbidden: String {
        switch self {
        case .resellerUploads, .salesUploads: "Tenant has no access to reseller uploads"
        case .governance: "Administrators only"
        case .platform: "Role not allowed"
        case .audience: "Not your upload"
        }
    }
}

/// The words for a batch's state, `x-states` of the contract.
extension Interface {
    func shown(_ state: BatchState) -> String {
        switch self {
        case .resellerUploads: state.rawValue
        case .salesUploads:
            switch state {
            case .pending: "pending"
            case .processing, .stagingComplete, .approved: "processing"
            case .completed, .partialSuccess: "completed"
            case .failed, .cancelled: "failed"
            }
        case .governance:
            switch state {
            case .pending, .processing: "PROCESSING"
            case .stagingComplete: "STAGING"
            case .approved, .completed, .partialSuccess: "COMPLETED"
            case .failed: "FAILED"
            case .cancelled: "CANCELLED"
            }
        case .platform:
            switch state {
            case .pending, .processing, .stagingComplete, .approved: "processing"
            case .completed, .partialSuccess: "completed"
            case .failed, .cancelled: "failed"
            }
        case .audience: "uploaded"
        }
    }

    /// The stored states that are shown so; empty for a word that is none.
    func states(shownAs word: String) -> Set<BatchState> { Set(BatchState.allCases.filter { shown($0) == word }) }
}

extension Interface {
    /// The answer to a call that threw.
    func answer(to error: any Error) -> Response {
        switch error {
        case let denial as Denial:
            return refusal(denial.status, denial.text, headers: denial.headers, details: denial.details, code: denial.code)
        // E has one text for whatever is no fault of the caller's.
        case let refused as Refused where self == .audience && [.surroundings, .damage].contains(refused.reason):
            return refusal(500, Self.brokenOnOurSide)
        case let refused as Refused:
            let status =
                switch refused.reason {
                case .unknown: 404
                case .forbidden, .wrong: 400
                case .surroundings, .damage: 503
                }
            return refusal(status, refused.sentence)
        case _ where self == .audience: return refusal(500, Self.brokenOnOurSide)
        default: return refusal(503, Refused(any: error).sentence)
        }
    }

    private static let brokenOnOurSide = "Something broke on our side"
}
