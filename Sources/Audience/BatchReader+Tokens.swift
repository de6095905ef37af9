/// What each token means at its place.
extension BatchReader {
    mutating func take(_ token: JSONToken) throws(BatchFault) {
        switch spot {
        case .start: try begin(token)
        case .members: try takeMember(token)
        case .value(let member): try takeValue(of: member, token)
        case .fields: try takeToldField(token)
        case .records: try takeItem(token)
        case .record: try takeRecordsPart(token)
        case .field: try takeFieldsValue(token)
        case .within(let depth, let ofRecord): try takeWithin(token, depth, ofRecord: ofRecord)
        case .end: break
        }
    }

    private mutating func begin(_ token: JSONToken) throws(BatchFault) {
        switch token {
        case .beginObject:
            names.begin()
            spot = .members
        case .beginArray where form == .file:
            isBareList = true
            seen = [.records]
            spot = .records
        default:
            throw BatchFault(
                form == .request
                    ? "The body must be an object with upload_name and records"
                    : "The file must hold a list of records, or an object with a list called records")
        }
    }

    private mutating func takeMember(_ token: JSONToken) throws(BatchFault) {
        guard token == .name else { return spot = .end }
        let name = JSONString.decoded(tokens.kept[tokens.content])
        let member: Member =
            switch String(decoding: name, as: UTF8.self) {
            case "upload_name": .name
            case "records": .records
            case "fields": .fields
            default: .other
            }
        guard names.enter(name) else {
            let shown = member == .other ? "A member of the body" : String(decoding: name, as: UTF8.self)
            throw BatchFault("\(shown) stands there twice")
        }
        seen.insert(member)
        spot = .value(member)
    }

    private mutating func takeValue(of member: Member, _ token: JSONToken) throws(BatchFault) {
        switch member {
        case .name:
            guard token == .text else { throw BatchFault("upload_name must be a text") }
            let text = JSONString.text(tokens.kept[tokens.content])
            guard !text.isEmpty else { throw BatchFault("upload_name must not be empty") }
            guard text.unicodeScalars.count <= BatchName.longest else {
                throw BatchFault("upload_name is limited to \(BatchName.longest) characters")
            }
            name = text
            spot = .members
        case .records:
            guard token == .beginArray else { throw BatchFault("records must be a list") }
            spot = .records
        case .fields:
            guard token == .beginArray else { throw BatchFault("fields must be a list of texts") }
            told = []
            spot = .fields
        case .other:
            spot = .members
            enterValue(token, ofRecord: false)
        }
    }

    private mutating func takeToldField(_ token: JSONToken) throws(BatchFault) {
        switch token {
        case .text: told?.append(JSONString.text(tokens.kept[tokens.content]))
        case .endArray: spot = .members
        default: throw BatchFault("fields[\(told?.count ?? 0)]", RecordRule.mustBeText)
        }
    }

    private mutating func takeItem(_ token: JSONToken) throws(BatchFault) {
        switch token {
        case .beginObject:
            guard rows < most else { throw BatchFault("records holds more than \(most) records") }
            tokens.keeps = true
            field = -1
            isIdentified = false
            spot = .record
        case .endArray: spot = isBareList ? .end : .members
        default: throw BatchFault(place, "must be an object")
        }
    }
}

/// Within a record.
extension BatchReader {
    private mutating func takeRecordsPart(_ token: JSONToken) throws(BatchFault) {
        guard token == .name else { return try endRecord() }
        let name = tokens.kept[tokens.content]
        field = tokens.hasEscapes ? table.number(of: JSONString.decoded(name)[...], after: field) : table.number(of: name, after: field)
        guard table.names.count <= RecordRule.mostFields else {
            throw BatchFault(place, "the records have more than \(RecordRule.mostFields) different fields")
        }
        spot = .field
        guard table.note(field, in: rows) else { throw BatchFault(place, "stands there twice") }
        if table.identifies(field) { isIdentified = true }
    }

    private mutating func takeFieldsValue(_ token: JSONToken) throws(BatchFault) {
        if token == .text { return spot = .record }
        guard !table.mustBeText(field) else { throw BatchFault(place, RecordRule.mustBeText) }
        spot = .record
        enterValue(token, ofRecord: true)
    }

    private mutating func endRecord() throws(BatchFault) {
        guard isIdentified else { throw BatchFault(place, RecordRule.mustIdentify) }
        block.lines.append(contentsOf: tokens.kept)
        block.lines.append(UInt8(ascii: "\n"))
        block.rows += 1
        tokens.forget()
        rows += 1
        spot = .records
        guard block.isFull else { return }
        blocks.append(block)
        block = RecordBlock()
    }

    /// A value that nobody here looks into.
    private mutating func enterValue(_ token: JSONToken, ofRecord: Bool) {
        guard token == .beginObject || token == .beginArray else { return }
        if token == .beginObject { names.begin() }
        spot = .within(depth: 1, ofRecord: ofRecord)
    }

    private mutating func takeWithin(_ token: JSONToken, _ depth: Int, ofRecord: Bool) throws(BatchFault) {
        switch token {
        case .beginObject, .beginArray:
            if token == .beginObject { names.begin() }
            spot = .within(depth: depth + 1, ofRecord: ofRecord)
        case .endObject, .endArray:
            if token == .endObject { names.end() }
            if depth > 1 { spot = .within(depth: depth - 1, ofRecord: ofRecord) } else { spot = ofRecord ? .record : .members }
        case .name:
            let raw = tokens.kept[tokens.content]
            let isNew = tokens.hasEscapes ? names.enter(JSONString.decoded(raw)) : names.enter(raw)
            if !isNew { throw BatchFault(ofRecord ? place : "body", "a member stands there twice") }
        case .text, .number, .bool, .null: break
        }
    }
}

/// What a batch may be called.
package enum BatchName {
    /// In characters as Unicode counts them.
    package static let longest = 100

    /// Of a file's name: without its ending, and cut where it is too long.
    package static func of(file name: String) -> String {
        let bare = name.lastIndex(of: ".").map { name[..<$0] }.flatMap { $0.isEmpty ? nil : String($0) } ?? name
        return String(String.UnicodeScalarView(bare.unicodeScalars.prefix(longest)))
    }
}
