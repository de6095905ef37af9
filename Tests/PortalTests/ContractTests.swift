import Accounts
import Sellout
import Testing
import Texts

@testable import Portal

/// The declarations and the contract, so that neither can forget the other.
@Suite struct ContractTests {
    struct Operation: Hashable, CustomStringConvertible {
        let id: String
        let method: String
        let path: String
        let tag: String
        let roles: [String]
        let isForEverybody: Bool

        var description: String { "\(method) \(path)" }
    }

    static let operations: [Operation] = {
        guard case .object(let paths)? = ContractRoutes.value["paths"] else { return [] }
        return paths.flatMap { path -> [Operation] in
            guard case .object(let methods) = path.value else { return [] }
            return methods.compactMap { method in
                guard let id = method.value["operationId"]?.text, let tag = method.value["tags"]?.items?.first?.text else { return nil }
                return Operation(
                    id: id, method: method.name.uppercased(), path: path.name, tag: tag,
                    roles: (method.value["x-roles"]?.items ?? []).compactMap(\.text).sorted(),
                    isForEverybody: method.value["security"]?.items?.isEmpty == true)
            }
        }
    }()

    @Test func `the contract is whole`() {
        #expect(Self.operations.count == 52)
        #expect(Dictionary(grouping: Self.operations, by: \.tag).mapValues(\.count) == ["A": 8, "B": 6, "C": 5, "D": 29, "E": 4])
    }

    @Test(arguments: operations.filter { "ABCE".contains($0.tag) } + operations.filter { $0.id == "loginUser" })
    func `each operation of the contract is declared as it stands there`(operation: Operation) throws {
        let endpoint = try #require(Endpoint.all.first { $0.id == operation.id })
        #expect(endpoint.method.rawValue == operation.method)
        #expect(endpoint.path == operation.path)
        #expect(endpoint.interface.rawValue == operation.tag)
        switch endpoint.access {
        case .everybody: #expect(operation.isForEverybody)
        case .signedIn: #expect(!operation.isForEverybody && operation.roles.isEmpty)
        case .only(let roles):
            #expect(!operation.isForEverybody)
            // A says nothing of roles; who has nothing to do with resellers' files is kept out all the same.
            if operation.tag != "A" { #expect(roles.map(\.rawValue).sorted() == operation.roles) }
        }
    }

    @Test func `nothing is declared that the contract does not know`() {
        let known = Set(Self.operations.map(\.id))
        #expect(Endpoint.all.map(\.id).filter { !known.contains($0) } == [])
        #expect(Set(Endpoint.all.map(\.id)).count == Endpoint.all.count)
    }

    @Test func `states are shown as the contract has them`() throws {
        let table = try #require(ContractRoutes.value["x-states"]?.items)
        #expect(table.count == 8)
        for row in table {
            let state = try #require(row["stored"]?.text.flatMap(BatchState.init(rawValue:)))
            for interface in Interface.allCases { #expect(row[interface.rawValue]?.text == interface.shown(state)) }
        }
    }

    @Test func `row errors are shown as the contract has them`() throws {
        let table = try #require(ContractRoutes.value["x-row-error-types"]?.items)
        #expect(table.count == 8)
        for row in table {
            let type = try #require(row["stored"]?.text.flatMap(RowErrorType.init(rawValue:)))
            let shown = ShownRowError(error: RowError(sheet: "S", row: 2, type: type, message: "M", field: "ean", value: "V"))
            #expect(shown.resellerType == row["A"]?.text)
            #expect(shown.salesType == row["B"]?.text)
        }
    }
}
