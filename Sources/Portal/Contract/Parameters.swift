import Texts
import Web

extension String {
    /// Of any version, in either case of letters.
    var isUUID: Bool {
        let bytes = Array(utf8)
        return bytes.count == 36
            && bytes.enumerated().allSatisfy { place, byte in
                [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : "0123456789abcdefABCDEF".utf8.contains(byte)
            }
    }
}

/// What a call's query and body say, checked against the contract.
extension Call {
    /// A whole number of the query; outside the range, or no number: 400.
    func number(_ name: String, default standard: Int, in range: ClosedRange<Int>) throws(Denial) -> Int {
        guard let text = request.asked(name) else { return standard }
        // Int itself would also take "+1".
        guard let number = Int(text), text.first != "+" else { throw Denial(400, "\(name) is not a number") }
        guard range.contains(number) else { throw Denial(400, "\(name) is out of range") }
        return number
    }

    /// A page of a listing.
    func page(limit: Int, most: Int) throws(Denial) -> (limit: Int, offset: Int) {
        (try number("limit", default: limit, in: 1...most), try number("offset", default: 0, in: 0...Int.max / 2))
    }

    /// The members of a JSON object; 400 for anything else. No body at all is an empty object where that is allowed.
    func object(mayBeMissing: Bool = false) throws(Denial) -> JSONValue {
        if mayBeMissing, request.body.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { return [:] }
        let value: JSONValue
        do throws(NotJSON) { value = try JSONValue(reading: request.body) } catch { throw Denial(400, error.description) }
        guard case .object = value else { throw Denial(400, "The body is no JSON object") }
        return value
    }

    /// Why, as administrators say it.
    func reason(in body: JSONValue) throws(Denial) -> String? {
        guard let value = body["reason"] else { return nil }
        guard let text = value.text else { throw Denial(400, "reason is not a text") }
        guard text.unicodeScalars.count <= 500 else { throw Denial(400, "reason is limited to 500 characters") }
        return text
    }

    /// What stands in the path for a name in braces.
    func pathPart(_ name: String) -> String { request.parameters[name] ?? "" }
}
