import Operations
import Texts
import Web

/// The contract for people, made of the same text that programs get at `/openapi.json`.
enum DocsPage {
    static let routes: [PageRoute] = [
        .get("/docs", for: .everybody) { request, desk throws(Refused) in
            guard let contract else { throw Refused(.surroundings, "The contract cannot be read.") }
            return Frame(title: "API", section: .docs).page(desk, DocsPage.html(contract))
        }
    ]

    /// For whoever has not signed in: the contract is no secret.
    static func forStrangers() -> Response {
        contract.map { Frame(title: "API").bare(html($0)) } ?? .text("The contract cannot be read.\n", status: 503)
    }

    private static let contract = try? JSONValue(reading: ContractText.json.utf8)
    private static let methods = ["get", "post", "put", "patch", "delete"]

    private struct Operation {
        let method: String
        let path: String
        let json: JSONValue
    }

    private static func html(_ contract: JSONValue) -> HTML {
        let info = contract["info"]
        let operations = members(contract["paths"]).flatMap { path in
            methods.compactMap { method in path.value[method].map { Operation(method: method.uppercased(), path: path.name, json: $0) } }
        }
        let tags = (contract["tags"]?.items ?? []).map { tag in (name: tag["name"]?.text ?? "", text: tag["description"]?.text) }
        let sections = tags.html { tag in
            let own = operations.filter { $0.json["tags"]?.items?.first?.text == tag.name }
            return own.isEmpty
                ? .nothing
                : """
                <h2 id="\(tag.name)">\(tag.name): \(tag.text)</h2>\(own.html { operation($0, contract) })
                """
        }
        return """
            <h1>\(info?["title"]?.text)</h1>\(paragraphs(info?["description"]?.text))
            <p><a href="/openapi.json">The contract as JSON</a> · version \(info?["version"]?.text) · \(Figures.count(operations.count, "operation"))</p>
            <ul>\(tags.html { "<li><a href=\"#\($0.name)\">\($0.name)</a>: \($0.text)</li>" })</ul>\(sections)
            """
    }

    private static func paragraphs(_ text: String?) -> HTML {
        (text ?? "").split(separator: "\n\n").html { "<p>\(code(String($0)))</p>" }
    }

    /// What stands between backticks is code.
    private static func code(_ text: String) -> HTML {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated().html { place, part in
            place.isMultiple(of: 2) ? "\(String(part))" : "<code>\(String(part))</code>"
        }
    }

    private static func operation(_ operation: Operation, _ contract: JSONValue) -> HTML {
        let json = operation.json
        let parameters = (json["parameters"]?.items ?? []).map { resolved($0, contract) }
        let rows = parameters.html { parameter in
            """
            <tr><td class="head" data-label="Name"><code>\(parameter["name"]?.text)</code></td><td data-label="In">\(parameter["in"]?.text)</td>\
            <td data-label="Is">\(type(parameter["schema"], contract))</td><td data-label="Says">\(parameter["description"]?.text.map(code))</td></tr>
            """
        }
        let asked: HTML? =
            parameters.isEmpty
            ? nil
            : """
            <table><thead><tr><th>Name</th><th>In</th><th>Is</th><th>Says</th></tr></thead><tbody>\(rows)</tbody></table>
            """
        let bodies = members(resolved(json["requestBody"] ?? .null, contract)["content"]).html { content in
            "<p>Body <code>\(content.name)</code>: \(type(content.value["schema"], contract))</p>"
        }
        return """
            <details class="step"><summary><code>\(operation.method)</code> <code>\(operation.path)</code> \
            <span class="soft">\(json["summary"]?.text)</span></summary>\(paragraphs(json["description"]?.text))\(asked)\(bodies)\
            \(answers(json, contract))</details>
            """
    }

    private static func answers(_ operation: JSONValue, _ contract: JSONValue) -> HTML {
        let rows = members(operation["responses"]).html { answer in
            let json = resolved(answer.value, contract)
            let kinds = members(json["content"]).html { "\(type($0.value["schema"], contract)) " }
            return """
                <tr><td class="head" data-label="Status"><code>\(answer.name)</code></td><td data-label="When">\(json["description"]?.text.map(code))</td>\
                <td data-label="Text">\(messages(json["x-message"]).html { "<code>\($0)</code><br>" })</td><td data-label="Body">\(kinds)</td></tr>
                """
        }
        return "<table><thead><tr><th>Status</th><th>When</th><th>Text</th><th>Body</th></tr></thead><tbody>\(rows)</tbody></table>"
    }

    /// One text, or one for each cause.
    private static func messages(_ json: JSONValue?) -> [String] {
        guard let json else { return [] }
        return json.text.map { [$0] } ?? (json.items ?? []).compactMap { $0.text ?? $0["text"]?.text }
    }

    /// The name of a schema, or what it is made of.
    private static func type(_ schema: JSONValue?, _ contract: JSONValue) -> HTML {
        guard let schema else { return .nothing }
        if let name = schema["$ref"]?.text?.split(separator: "/").last { return named(String(name), contract) }
        if let choices = schema["enum"]?.items {
            return "one of \(choices.compactMap(\.text).map { "<code>\($0)</code>" as HTML }.joined(", "))"
        }
        if let items = schema["items"] { return "list of \(type(items, contract))" }
        let own = members(schema["properties"])
        guard own.isEmpty else { return fields(own, contract) }
        let format: HTML? = schema["format"]?.text.map { " (\($0))" }
        return "\(schema["type"]?.text)\(format)"
    }

    /// Shown once, one level deep: what is in it by name.
    private static func named(_ name: String, _ contract: JSONValue) -> HTML {
        let schema = contract["components"]?["schemas"]?[name] ?? .null
        let own = members(schema["properties"])
        guard !own.isEmpty else { return "<code>\(name)</code>" }
        return "<details><summary><code>\(name)</code></summary>\(plainFields(own))</details>"
    }

    private static func fields(_ members: [JSONValue.Member], _ contract: JSONValue) -> HTML {
        "<ul>\(members.html { "<li><code>\($0.name)</code> \(type($0.value, contract))</li>" })</ul>"
    }

    private static func plainFields(_ members: [JSONValue.Member]) -> HTML {
        let lines = members.html { member in
            let reference = member.value["$ref"]?.text?.split(separator: "/").last.map(String.init)
            return
                "<li><code>\(member.name)</code> \(reference ?? member.value["type"]?.text) <span class=\"soft\">\(member.value["description"]?.text)</span></li>"
        }
        return "<ul>\(lines)</ul>"
    }

    private static func members(_ json: JSONValue?) -> [JSONValue.Member] {
        if case .object(let members)? = json { members } else { [] }
    }

    /// What a reference within the contract leads to.
    private static func resolved(_ json: JSONValue, _ contract: JSONValue) -> JSONValue {
        guard let path = json["$ref"]?.text, path.hasPrefix("#/") else { return json }
        return path.dropFirst(2).split(separator: "/").reduce(contract) { $0[String($1)] ?? .null }
    }
}
