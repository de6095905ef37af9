import Texts
import Web

extension Denial {
    static let nothingHere = Denial(404, "Nothing here")

    static func wrongInput(_ name: String, _ fault: String) -> Denial {
        Denial(400, wrongInput.text, details: [JSONValue.Member(name, .text(fault))])
    }
}

extension Call {
    /// A number in the path; what is none is nobody's id.
    func platformID(_ name: String) throws(Denial) -> Int64 {
        let text = pathPart(name)
        guard let id = Int64(text), id > 0, text.utf8.allSatisfy({ (48...57).contains($0) }) else { throw .nothingHere }
        return id
    }

    /// `page` and `limit`, from 1.
    func platformPage() throws(Denial) -> (page: Int, limit: Int, offset: Int) {
        var details: [JSONValue.Member] = []
        func number(_ name: String, _ standard: Int, _ most: Int) -> Int {
            do throws(Denial) { return try self.number(name, default: standard, in: 1...most) } catch {
                details.append(JSONValue.Member(name, .text(error.text.replacing("\(name) ", with: ""))))
                return standard
            }
        }
        let (page, limit) = (number("page", 1, 1_000_000_000), number("limit", 20, 1000))
        guard details.isEmpty else { throw Denial(400, Denial.wrongInput.text, details: details) }
        return (page, limit, (page - 1) * limit)
    }

    func pagination(_ page: (page: Int, limit: Int, offset: Int), of total: Int) -> JSONValue {
        [
            "current_page": .number(page.page), "total_pages": .number((total + page.limit - 1) / page.limit),
            "total_items": .number(total),
            "items_per_page": .number(page.limit),
        ]
    }
}
