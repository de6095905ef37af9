import Accounts
import Operations
import Sellout
import Texts
import Web

/// One operation of the contract, declared once: where it is, who may, and what it does. The routes are made from the declarations, and
/// so is the test that walks the contract.
package struct Endpoint: Sendable {
    /// Who may call it.
    package enum Access: Sendable {
        /// Nobody needs to have signed in.
        case everybody
        /// Whoever has signed in. What they may not see is not there for them.
        case signedIn
        case only(Set<Role>)

        func admits(_ role: Role) -> Bool { if case .only(let roles) = self { roles.contains(role) } else { true } }
    }

    enum Work: Sendable {
        case answer(bodyLimit: Int, @Sendable (Call) throws -> Response)
        /// The body comes in pieces and goes to the disk.
        case receive(@Sendable (Call) throws -> any Delivery)
    }

    /// The contract's `operationId`.
    package let id: String
    let interface: Interface
    package let method: Request.Method
    package let path: String
    package let access: Access
    let work: Work

    init(
        _ id: String, _ interface: Interface, _ method: Request.Method, _ path: String, _ access: Access, bodyLimit: Int = 0,
        _ answer: @escaping @Sendable (Call) throws -> Response
    ) {
        self.init(id, interface, method, path, access, .answer(bodyLimit: bodyLimit, answer))
    }

    init(
        receiving id: String, _ interface: Interface, _ path: String, _ access: Access,
        _ reception: @escaping @Sendable (Call) throws -> any Delivery
    ) {
        self.init(id, interface, .post, path, access, .receive(reception))
    }

    private init(_ id: String, _ interface: Interface, _ method: Request.Method, _ path: String, _ access: Access, _ work: Work) {
        self.id = id
        self.interface = interface
        self.method = method
        self.path = path
        self.access = access
        self.work = work
    }

    package static let all = [ResellerUploads.endpoints, SalesUploads.endpoints, Governance.endpoints, [SigningIn.endpoint]].flatMap(\.self)
}

/// One request to an endpoint, by somebody who may make it.
struct Call: Sendable {
    let portal: Portal
    let interface: Interface
    let request: Request
    /// Nil where the endpoint is everybody's.
    let caller: Caller?

    /// The desk at which the caller stands: for looking only.
    func desk() throws -> OperatorDesk { try portal.books.reading(as: actor) }

    /// The same for a step.
    func changingDesk() throws -> OperatorDesk { try portal.books.changing(as: actor) }

    var reach: Reach { caller?.user.reach ?? .none }

    private var actor: String { caller?.user.actor ?? "nobody" }

    /// A step that has become impossible meanwhile is refused with the state of now.
    func step<Done>(
        of batch: Batch, otherwise refuse: (BatchState) -> Denial, _ take: () throws(Refused) -> Done
    ) throws -> Done {
        do throws(Refused) { return try take() } catch {
            guard error.reason == .forbidden, let now = try uploads().find(batch.id.text) else { throw error }
            throw refuse(now.state)
        }
    }

    func uploads() throws -> Uploads { Uploads(desk: try desk(), drops: portal.drops, register: portal.register, caller: caller) }
}

/// Why a call is not answered as asked: the status and the contract's text.
struct Denial: Error, Sendable {
    let status: Int
    let text: String
    var headers: [Header] = []
    var details: [JSONValue.Member] = []

    init(_ status: Int, _ text: String, headers: [Header] = [], details: [JSONValue.Member] = []) {
        self.status = status
        self.text = text
        self.headers = headers
        self.details = details
    }

    static func slowDown(seconds: Int) -> Denial { Denial(429, "Slow down", headers: [Header("Retry-After", String(max(1, seconds)))]) }
    static let queueFull = Denial(503, "Processing queue is full. Try again later.", headers: [Header("Retry-After", "60")])
}

extension Interface {
    /// The answer to a call that threw.
    func answer(to error: any Error) -> Response {
        switch error {
        case let denial as Denial: return refusal(denial.status, denial.text, headers: denial.headers, details: denial.details)
        case let refused as Refused:
            let status =
                switch refused.reason {
                case .unknown: 404
                case .forbidden, .wrong: 400
                case .surroundings, .damage: 503
                }
            return refusal(status, refused.sentence)
        default: return refusal(503, Refused(any: error).sentence)
        }
    }
}
