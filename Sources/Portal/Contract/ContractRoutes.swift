import Texts
import Web

/// The contract itself, for programs and for `/docs`.
enum ContractRoutes {
    static let bytes = Array(ContractText.json.utf8)
    /// Null only if the text in this program were broken; a test reads it.
    static let value = (try? JSONValue(reading: bytes)) ?? .null

    static var routes: Routes {
        var routes = Routes()
        routes.add(.get, "/openapi.json") { _ in Response(contentType: "application/json", body: .bytes(bytes)) }
        return routes
    }
}
