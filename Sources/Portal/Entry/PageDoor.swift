import Accounts
import Batches
import Folders
import Operations
import Texts
import Web

/// Where people come in: sessions are cookies, and behind them are the pages.
extension Portal {
    func pageRoutes() -> Routes {
        var routes = Pages.assets()
        for page in Pages.routes() { routes.add(page.method, page.path, bodyLimit: page.bodyLimit) { answer($0, with: page) } }
        routes.add(.get, "/login") { request in
            if (try? session(request)) ?? nil != nil { return Self.go("/") }
            return login(request, next: request.asked("next"))
        }
        routes.add(.post, "/login", bodyLimit: 16_384, answer: signIn)
        routes.add(.post, "/logout", bodyLimit: 16_384) { request in
            guard let caller = try? session(request), holdsToken(request, caller) else { return Self.go("/login") }
            return Self.go("/login", [cookie(Self.sessionCookie, "", seconds: 0)])
        }
        routes.add(.post, "/upload", receive: receiveFromPage)
        routes.add(.get, "/batches/{id}/original", answer: original)
        routes.add(.post, "/profiles/draft", receive: receiveWorkbook)
        routes.add(.post, FitImportPage.path, receive: receiveRetailData)
        return routes
    }

    /// Whoever the cookie names; nil for nobody of this installation.
    func session(_ request: Request) throws -> Caller? {
        guard let token = request.cookie(Self.sessionCookie), let caller = try gate.caller(token: token),
            caller.user.tenant == settings.tenant
        else { return nil }
        return caller
    }

    private func answer(_ request: Request, with page: PageRoute) -> Response {
        do {
            guard let caller = try session(request) else { return page.path == "/docs" ? DocsPage.forStrangers() : toLogin(request) }
            if page.method != .get, !holdsToken(request, caller) { return toLogin(request) }
            let desk = try desk(for: caller)
            guard page.readers.admits(caller.user.role) else { return Pages.notAllowed(desk) }
            var response: Response
            do throws(Refused) { response = try page.answer(request, desk) } catch { response = Pages.refusal(error, desk) }
            response.user = caller.user.actor
            return response
        } catch {
            return .text(Refused(any: error).sentence + "\n", status: 503)
        }
    }

    func desk(for caller: Caller) throws -> PageDesk {
        let actor = caller.user.actor
        let desk = try books.changing(as: actor)
        let underway = try Uploads(desk: desk, drops: drops, register: register, caller: caller).underway()
        let handed = underway.filter { $0.uploader == caller.user.uuid || caller.user.reach == .all }.map { batch in
            HandedFile(
                batch: batch.id, filename: batch.filename, reseller: batch.reseller == Sender.operations.description ? nil : batch.reseller,
                at: batch.receivedAt)
        }
        return PageDesk(
            desk: desk, caller: caller.user, csrf: gate.csrf(for: caller),
            live: daemon.live, shelf: shelf, market: market, studio: studio, handed: handed,
            sources: PageSources(
                passwords: passwords, profiles: profiles, rawRows: { [daemon] in daemon.rows(of: $0) },
                invite: { guest in try invite(guest, by: caller.user) }),
            now: .now())
    }

    /// A change comes from a form that we have sent to this session.
    private func holdsToken(_ request: Request, _ caller: Caller) -> Bool {
        guard let given = request.form?.first(where: { $0.name == "csrf" })?.value else { return false }
        return gate.csrf(given, fits: caller)
    }
}

/// Signing in.
extension Portal {
    private static let sessionCookie = "sellout_session"
    /// Before anybody is known: what the sign-in form is bound to.
    private static let visitCookie = "sellout_visit"

    /// A page with a form for somebody who has no session; `page` gets the token for it.
    func visited(_ request: Request, _ page: (String) -> Response) -> Response {
        let visit = request.cookie(Self.visitCookie).flatMap { BatchID($0)?.text } ?? BatchID().text
        var page = page(gate.csrf(for: visit))
        page.headers.append(cookie(Self.visitCookie, visit, seconds: 86_400))
        return page
    }

    /// A form that such a page has sent.
    func holdsVisit(_ request: Request) -> Bool {
        request.cookie(Self.visitCookie).map { gate.csrf(request.field("csrf"), fits: $0) } ?? false
    }

    private func login(_ request: Request, next: String?, email: String = "", problem: LoginPage.Problem? = nil) -> Response {
        let done = problem == nil ? Done(request) : nil
        return visited(request) {
            LoginPage.page(csrf: $0, email: email, next: next.flatMap(Self.own), problem: problem, done: done)
        }
    }

    @Sendable private func signIn(_ request: Request) -> Response {
        let (email, next) = (request.field("email"), request.field("next"))
        guard holdsVisit(request) else {
            return login(request, next: next, email: email, problem: .expired)
        }
        do {
            let opened = try gate.signIn(email: email, password: request.field("password"), from: request.client)
            guard opened.user.tenant == settings.tenant else { return login(request, next: next, email: email, problem: .wrong) }
            return enter(opened, next: next)
        } catch let denial as Denial {
            return login(request, next: next, email: email, problem: denial.status == 429 ? .tooOften : .wrong)
        } catch {
            return .text(Refused(any: error).sentence + "\n", status: 503)
        }
    }

    /// With a session, to where somebody wanted to go.
    func enter(_ opened: OpenedSession, next: String? = nil) -> Response {
        Self.go(next.flatMap(Self.own) ?? "/", [cookie(Self.sessionCookie, opened.token, seconds: 86_400)])
    }

    private func toLogin(_ request: Request) -> Response {
        // A script that asks for parts of a page wants no page.
        if request.header("accept")?.hasPrefix("text/event-stream") == true { return .text("Sign in again.\n", status: 401) }
        let next = request.method == .get && request.path != "/" ? request.path : nil
        return Self.go(Link("login", query: [("next", next)]).text)
    }

    /// A path of ours: nobody is led elsewhere by it.
    private static func own(_ path: String) -> String? {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"), !path.unicodeScalars.contains(where: { $0.value < 0x21 })
        else { return nil }
        return path
    }

    private func cookie(_ name: String, _ value: String, seconds: Int) -> Header {
        let secure = settings.isSecure ? "; Secure" : ""
        return Header("Set-Cookie", "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict\(secure)")
    }

    private static func go(_ path: String, _ headers: [Header] = []) -> Response {
        Response(status: 303, contentType: "", headers: [Header("Location", path)] + headers, body: .bytes([]))
    }
}

/// Files that go through a page.
extension Portal {
    @Sendable private func receiveFromPage(_ request: Request) -> Receiving {
        let wantsJSON = request.header("accept")?.contains("application/json") == true
        @Sendable func answer(to error: any Error) -> Response {
            let (status, sentence) = (error as? Denial).map { ($0.status, $0.text) } ?? (503, Refused(any: error).sentence)
            return wantsJSON ? .json(["error": .text(sentence)], status: status) : .text(sentence + "\n", status: status)
        }
        do {
            guard let caller = try session(request) else {
                return .refuse(wantsJSON ? answer(to: Denial(401, "Sign in again.")) : toLogin(request))
            }
            guard caller.user.reach != .none else { return .refuse(answer(to: Denial(403, "This account sends no files."))) }
            let call = Call(portal: self, interface: .salesUploads, request: request, caller: caller)
            return .delivery(
                try ReceivedForm(call, rules: .page, answer: answer(to:)) { form in
                    guard let token = form.text("csrf"), gate.csrf(token, fits: caller) else {
                        throw Denial(403, "Load the page again, then send the file.")
                    }
                    let sealed = try form.sealed()
                    let slip = try form.slip()
                    register.note(sealed.sha256, of: slip)
                    try form.handOver(slip)
                    return wantsJSON ? .json(["batch_id": .text(slip.batch.text)]) : Self.go("/batches/\(slip.batch)")
                })
        } catch { return .refuse(answer(to: error)) }
    }

    /// An unknown workbook, to draft a profile by.
    @Sendable private func receiveWorkbook(_ request: Request) -> Receiving {
        do {
            guard let caller = try session(request) else { return .refuse(toLogin(request)) }
            let page = try desk(for: caller)
            guard caller.user.role.administers else { return .refuse(Pages.notAllowed(page)) }
            let (profiles, gate) = (profiles, gate)
            return .delivery(
                try WorkbookForm(request, largest: settings.largestSalesUpload) {
                    Pages.refusal($0, page)
                } answer: { file, size, name, fields in
                    guard gate.csrf(fields["csrf"] ?? "", fits: caller) else { return Self.go("/profiles/draft") }
                    do throws(Refused) {
                        return Self.go(Link("profiles", "draft", try profiles.putAside(file, size: size, named: name)).text)
                    } catch { return Pages.refusal(error, page) }
                })
        } catch { return .refuse(.text(Refused(any: error).sentence + "\n", status: 503)) }
    }

    /// A workbook of retail data goes the way of the endpoint's; what is wrong is told on the page.
    @Sendable private func receiveRetailData(_ request: Request) -> Receiving {
        do {
            guard let caller = try session(request) else { return .refuse(toLogin(request)) }
            let page = try desk(for: caller)
            guard FitImportPage.readers.admits(caller.user.role) else { return .refuse(Pages.notAllowed(page)) }
            @Sendable func answer(to error: any Error) -> Response {
                let told = (error as? Denial).map { ($0.status, $0.text) } ?? (503, Refused(any: error).sentence)
                do throws(Refused) { return try FitImportPage.page(page, problem: told.1, status: told.0) } catch {
                    return Pages.refusal(error, page)
                }
            }
            let call = Call(portal: self, interface: .platform, request: request, caller: caller)
            do {
                return .delivery(
                    try ReceivedForm(call, rules: .retailData, answer: answer(to:)) { form in
                        guard let token = form.text("csrf"), gate.csrf(token, fits: caller) else {
                            throw Denial(403, "Load the page again, then send the file.")
                        }
                        _ = try ExcelUploads.take(form, call)
                        return .going(to: Link("fit", "import"), .sent)
                    })
            } catch { return .refuse(answer(to: error)) }
        } catch { return .refuse(.text(Refused(any: error).sentence + "\n", status: 503)) }
    }

    /// The file as it was sent: the daemon has it, this program reaches no archive.
    @Sendable private func original(_ request: Request) -> Response {
        do {
            guard let caller = try session(request) else { return toLogin(request) }
            let page = try desk(for: caller)
            do throws(Refused) {
                let batch = try page.batch(request.parameters["id"] ?? "")
                return try daemon.original(of: batch)
            } catch { return Pages.refusal(error, page) }
        } catch { return .text(Refused(any: error).sentence + "\n", status: 503) }
    }
}

extension PageRoute.Readers {
    func admits(_ role: Role) -> Bool {
        switch self {
        case .everybody: true
        case .whoHandlesFiles: role.handlesFiles
        case .operators: role.operates
        case .administrators: role.administers
        case .retailTrade: role.operates || role.isOfBrand || role.isOfRetailer
        case .brands: role.operates || role.isOfBrand
        case .brandKeepers: Brands.keepers.contains(role)
        case .retailerKeepers: RetailerProfiles.keepers.contains(role)
        case .hosts: People.hosts.contains(role)
        }
    }
}

extension Request {
    /// The value of a cookie.
    func cookie(_ name: String) -> String? {
        for header in headers where header.name == "cookie" {
            for pair in header.value.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1)
                if halves.count == 2, halves[0].drop(while: { $0 == " " }) == name { return String(halves[1]) }
            }
        }
        return nil
    }
}
