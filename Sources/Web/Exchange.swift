import CMicrohttpd

/// One request and its answer, from the first line to the last byte of the answer. What may take long runs on a worker while the
/// connection is held.
@safe final class Exchange: @unchecked Sendable {
    // `stage` belongs to the connection's thread, and while the connection is held to the worker for whom it is.
    private enum Stage {
        case line
        /// A worker decides by the head.
        case deciding
        case decided(Receiving)
        case small(SmallBody, Routes.Pace)
        case streamed(Conveyor)
        /// The body is passed over, then comes this.
        case unwanted(Response)
        /// It has been answered before its end. A part of the rest is passed over, then the connection ends.
        case told
        /// A worker makes the answer.
        case answering
        case answered(Response)
        case over
    }

    /// What is to happen with the connection.
    enum Move {
        case goOn
        case answer(Response)
        case cut
    }

    /// What of a body that nobody wants is read all the same: a client that sends first and listens later would miss the answer.
    private static let passedOver = 128 << 20
    /// The same of a body that was answered before its end: a client that is still sending would lose the answer with the connection.
    private static let passedOverWhenTold = 16 << 20

    private let reception: Reception
    private let connection: ClientConnection
    private let guest: Guest
    private let target: [UInt8]
    private let began = ContinuousClock.now
    private var stage = Stage.line
    private var head: RequestHead?
    private var route: Routes.Name?
    private var passed = 0
    private var said: (status: Int, bytes: Int, user: String?)?

    init(_ reception: Reception, _ connection: ClientConnection, _ guest: Guest, target: [UInt8]) {
        self.reception = reception
        self.guest = guest
        self.connection = connection
        self.target = target
        guest.lineCame()
        reception.tally.began()
    }

    /// The head is whole, or the connection goes on after a worker has had it, or the body has ended.
    func goOn(method: @autoclosure () -> String) -> Move {
        switch stage {
        case .line: open(method: method())
        case .decided(let receiving): settle(receiving)
        case .small(let body, let pace): answer(body, pace)
        case .streamed(let conveyor):
            hold { exchange in
                conveyor.finish { response in exchange.release(.answered(response)) }
            }
        case .unwanted(let response): say(response, closing: true)
        case .answered(let response): say(response, closing: passed > 0)
        case .deciding, .answering, .told, .over: .cut
        }
    }

    func take(_ piece: RawSpan) -> Move {
        guest.bodyCame(bytes: piece.byteCount)
        var isWanted = false
        switch stage {
        case .small(var body, let pace):
            // Let go of the old one first: two holders would make each piece copy all bytes.
            stage = .over
            isWanted = body.take(piece)
            stage = .small(body, pace)
        case .streamed(let conveyor):
            switch conveyor.take(piece) {
            case .yes: isWanted = true
            case .notWanted:
                if let response = conveyor.earlyRefusal, tell(response) { conveyor.breakOff() }
            case .cannotWait: return .cut
            }
        case .unwanted, .told: break
        default: return .cut
        }
        if !isWanted { passed += piece.byteCount }
        if case .told = stage { return passed <= Self.passedOverWhenTold ? .goOn : .cut }
        return passed <= Self.passedOver ? .goOn : .cut
    }

    /// Nothing more happens to it.
    func end() {
        switch stage {
        case .decided(.delivery(let delivery)): reception.workers.run { delivery.breakOff() }
        case .streamed(let conveyor): conveyor.breakOff()
        case .line: reception.tally.rejected(.header)
        default: break
        }
        stage = .over
        guest.finishedRequest()
        record()
    }

    private func open(method: String) -> Move {
        let cut = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        let head = RequestHead(
            method: method, rawPath: Array(target[..<cut]), rawQuery: Array(target[cut...].dropFirst()), headers: connection.headers,
            client: connection.client)
        self.head = head
        guard head.headers.count <= reception.limits.headers else {
            return refuse(431, "A request has at most \(reception.limits.headers) headers here.", for: .header)
        }
        guard head.framing != .doubtful else { return refuse(400, "It is not clear where this request ends.", for: .header) }
        let segments = EscapedText.segments(head.rawPath)
        switch reception.routes.match(method: method, segments: segments) {
        case .refuse(let response): return settle(.refuse(response))
        case .work(let work, let name, let parameters):
            route = name
            let query = EscapedText.query(head.rawQuery)
            let request = Request(
                method: name.method, path: "/" + segments.joined(separator: "/"), parameters: parameters, query: query,
                headers: head.headers, client: reception.client(of: head))
            return begin(work, request, head.framing)
        }
    }

    private func begin(_ work: Routes.Work, _ request: Request, _ framing: RequestHead.Framing) -> Move {
        switch work {
        case .answer(let limit, let pace, let tooLarge, let answer):
            let body = SmallBody(limit: limit, tooLarge: tooLarge) { bytes in
                var whole = request
                whole.body = bytes
                return answer(whole)
            }
            guard !framing.exceeds(limit) else {
                reception.tally.rejected(.body)
                return settle(.refuse(body.tooLarge))
            }
            return receive(as: .small(body, pace))
        case .receive(let decide):
            return hold { exchange in
                exchange.reception.workers.run { exchange.release(.decided(decide(request))) }
            }
        }
    }

    private func settle(_ receiving: Receiving) -> Move {
        switch receiving {
        case .delivery(let delivery):
            let conveyor = Conveyor(delivery, reception.workers) { [connection] in
                connection.isHeld
            } wait: { [reception, connection, guest] in
                guest.works()
                return reception.pauses.begin(connection)
            } goOn: { [reception, connection] in
                reception.pauses.end(connection)
            }
            return receive(as: .streamed(conveyor))
        case .refuse(let response):
            guard let head, head.sendsAnyway(atMost: Self.passedOver) else { return say(response, closing: true) }
            return receive(as: .unwanted(response))
        case .refuseAtOnce(let response):
            reception.tally.rejected(.body)
            guard let head, head.sendsAnyway(atMost: Int.max), tell(response) else { return settle(.refuse(response)) }
            return receive(as: .told)
        }
    }

    /// Answers while the body still comes, which libmicrohttpd has no way for. False where that cannot be: the answer then comes behind it.
    private func tell(_ response: Response) -> Bool {
        guard connection.sendEarly(response) else { return false }
        said = (response.status, response.size, response.user)
        stage = .told
        return true
    }

    private func receive(as next: Stage) -> Move {
        stage = next
        if head?.framing != .length(0) { guest.bodyCame() }
        return .goOn
    }

    private func answer(_ body: SmallBody, _ pace: Routes.Pace) -> Move {
        if body.isTooLarge {
            reception.tally.rejected(.body)
            return say(body.tooLarge, closing: true)
        }
        switch pace {
        case .quick: return say(body.answered(), closing: false)
        case .slow:
            return hold { exchange in
                exchange.reception.workers.run { exchange.release(.answered(body.answered())) }
            }
        }
    }

    /// Hands the exchange to a worker.
    private func hold(_ hand: (Exchange) -> Void) -> Move {
        if case .line = stage { stage = .deciding } else { stage = .answering }
        guest.works()
        guard reception.pauses.begin(connection) else { return .cut }
        hand(self)
        return .goOn
    }

    /// A worker has done its part.
    private func release(_ next: Stage) {
        stage = next
        reception.pauses.end(connection)
    }

    private func refuse(_ status: Int, _ sentence: String, for reason: RouteTally.Rejection) -> Move {
        reception.tally.rejected(reason)
        return settle(.refuse(.refusal(status, sentence)))
    }

    private func say(_ response: Response, closing: Bool) -> Move {
        stage = .over
        said = (response.status, response.size, response.user)
        guest.answers(bytes: response.size)
        var response = response
        if closing || reception.pauses.isClosing { response.headers.append(Header("Connection", "close")) }
        return .answer(response)
    }

    private func record() {
        let method = head?.method ?? ""
        let duration = began.duration(to: .now)
        reception.tally.ended()
        reception.counts[route]?.ended(status: said?.status, took: duration)
        reception.log?.finished(
            RequestRecord(
                method: method, target: target, route: route?.path, status: said?.status, bytes: said?.bytes ?? 0, duration: duration,
                client: head.map(reception.client(of:)) ?? connection.client, user: said?.user))
    }
}
