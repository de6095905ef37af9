import Accounts
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

        var admitsAll: Bool { if case .only = self { false } else { true } }

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
}
