import CExpat

/// Lists an XML part's elements with Expat. This is for the small parts that say where everything is.
enum MarkupElements {
    struct Element {
        /// Without its prefix.
        let name: String
        /// The name of the element around it; empty at the root.
        let parent: String
        /// By local name. A name with a namespace of its own has a colon in front: `:id` for `r:id`.
        let attributes: [String: String]
    }

    /// - Parameter take: called for each start tag.
    static func list(_ part: ByteWindow, named name: String, limits: Limits, _ take: @escaping (Element) -> Void) throws(SpreadsheetFault) {
        // Expat puts the namespace in front of each name. The part is UTF-8 by now, whatever it declares.
        guard let parser = unsafe XML_ParserCreateNS("UTF-8", separator) else { throw .damaged("its XML cannot be read") }
        defer { unsafe XML_ParserFree(parser) }
        let walk = unsafe MarkupWalk(parser, named: name, limits: limits, take)
        // The walk is lent to Expat: it outlives the only call that uses it.
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(walk).toOpaque())
        walk.listen()
        let status = withExtendedLifetime(walk) {
            unsafe part.base.withMemoryRebound(to: CChar.self, capacity: part.count) {
                unsafe XML_Parse(parser, $0, Int32(clamping: part.count), 1)
            }
        }
        if let fault = walk.fault { throw fault }
        guard status == XML_STATUS_OK else {
            throw .damaged("its part \(name) is not XML from line \(unsafe XML_GetCurrentLineNumber(parser)) on")
        }
    }

    /// Stands between a namespace and a name, since XML's names hold no line feed.
    private static let separator: CChar = 0x0A
}

/// What Expat's callbacks write to while they run. The parser lives longer: it is freed once the walk is over.
@safe private final class MarkupWalk {
    private(set) var fault: SpreadsheetFault?
    private var names: [String] = []
    private var count = 0
    private let parser: XML_Parser
    private let part: String
    private let limits: Limits
    private let take: (MarkupElements.Element) -> Void

    @unsafe init(_ parser: XML_Parser, named part: String, limits: Limits, _ take: @escaping (MarkupElements.Element) -> Void) {
        unsafe self.parser = unsafe parser
        self.part = part
        self.limits = limits
        self.take = take
    }

    func listen() {
        unsafe XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let data = unsafe data, let name = unsafe name else { return }
                unsafe Unmanaged<MarkupWalk>.fromOpaque(data).takeUnretainedValue().open(name, attributes)
            },
            { data, _ in
                guard let data = unsafe data else { return }
                unsafe Unmanaged<MarkupWalk>.fromOpaque(data).takeUnretainedValue().close()
            })
        unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            guard let data = unsafe data else { return }
            unsafe Unmanaged<MarkupWalk>.fromOpaque(data).takeUnretainedValue().refuse(.declaresEntities)
        }
    }

    @unsafe private func open(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard fault == nil else { return }
        let local = MarkupWalk.split(unsafe String(cString: name)).local
        var values: [String: String] = [:]
        var index = 0
        while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
            let (space, name) = MarkupWalk.split(unsafe String(cString: key))
            values[space ? ":" + name : name] = Normalization.streamSafe(unsafe String(cString: value))
            index += 2
        }
        guard names.count < limits.xmlDepth else { return refuse(.limit("its XML has elements more than \(limits.xmlDepth) deep")) }
        count += 1
        guard count <= limits.descriptionElements else {
            return refuse(.limit("its part \(part) has more than \(limits.descriptionElements) elements"))
        }
        take(MarkupElements.Element(name: local, parent: names.last ?? "", attributes: values))
        names.append(local)
    }

    private func close() { _ = names.popLast() }

    private func refuse(_ reason: SpreadsheetFault) {
        if fault == nil { fault = reason }
        unsafe XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    private static func split(_ name: String) -> (hasSpace: Bool, local: String) {
        let name = Normalization.streamSafe(name)
        guard let cut = name.lastIndex(of: "\n") else { return (false, name) }
        return (true, String(name[name.index(after: cut)...]))
    }
}
