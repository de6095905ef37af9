import Accounts
import Ledger
import Operations
import RetailFit
import Web

/// What a retailer says of itself. Its own people enter it the first time, administrators keep any.
enum RetailerForm {
    /// Nil where it goes without saying whose.
    static func link(_ retailer: Int64? = nil) -> Link { Link("fit", "retailer", query: [("retailer", retailer.map { String($0) })]) }

    static let routes: [PageRoute] = [
        .get("/fit/retailer", for: .retailerKeepers) { request, desk throws(Refused) in
            let known = try meant(request, desk)
            return page(request, desk, known, FilledForm(form, known?.retailer.said ?? [:]))
        },
        .post("/fit/retailer", for: .retailerKeepers) { request, desk throws(Refused) in try take(request, desk) },
    ]

    private static let form = "retailer"
    private static let taken = (field: "retailer_name", sentence: "This is already taken: your account has a retailer by now.")

    /// A retailer's people mean their own, whatever the address says; nil where they have none.
    private static func meant(_ request: Request, _ desk: PageDesk) throws(Refused) -> KnownRetailer? {
        guard desk.administers else {
            return try desk.caller.retailerID.map { id throws(Refused) in try desk.desk.retailer(id: id) } ?? nil
        }
        let given = request.asked("retailer") ?? ""
        guard let id = given.isEmpty ? desk.caller.retailerID : Int64(given), let known = try desk.desk.retailer(id: id) else {
            throw Refused(.unknown, "There is no retailer \(given).")
        }
        return known
    }

    /// The form says all that it shows: what was cleared goes.
    private static func take(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let (known, form) = (try meant(request, desk), try Form(request))
        var fields = BodyFields(form)
        var said = Retailer(code: known?.retailer.code, name: fields.filled("retailer_name"))
        said.pictures = known?.retailer.pictures ?? []
        RetailerProfiles.take(&fields, into: &said)
        let retailer = said
        do throws(Denial) { try fields.confirm() } catch { return again(error) }
        if let known {
            guard try desk.desk.change(retailer: known.id, { $0 = retailer }) != nil else {
                throw Refused(.unknown, "There is no such retailer any more.")
            }
            return .going(to: Link("fit", "retailers", String(known.id)), .saved)
        }
        guard let entered = try desk.desk.create(retailer, for: desk.caller) else { return again(Denial.taken) }
        return .going(to: Link("fit", "retailers", String(entered.id)), .saved)

        func again(_ denial: Denial) -> Response {
            page(request, desk, known, FilledForm(Self.form, sent: form, denial, taken: taken))
        }
    }

    private static func page(_ request: Request, _ desk: PageDesk, _ known: KnownRetailer?, _ filled: FilledForm) -> Response {
        let headline: HTML = known.map { "What is said of <bdi>\($0.retailer.name)</bdi>" } ?? "You have no retailer yet."
        let words: HTML =
            known.map { "<a href=\"\(Link("fit", "retailers", String($0.id)))\">See its page</a>" }
            ?? "Enter it, and it stands where brands look for retailers. Only its name is needed."
        let body: HTML = """
            \(FitWay.ways(.retailer, desk))<h1>\(headline)</h1><p>\(words)</p>
            <form method="post" action="\(link(desk.administers ? known?.id : nil))" novalidate>\(desk.token)<div class="entry">
            \(shown.html(filled.html))</div>
            <div class="fields"><div><button class="main">\(known == nil ? "Enter the retailer" : "Save it")</button></div></div></form>
            """
        return filled.page(Frame(title: "Retailer profile", section: .fit, done: Done(request)), desk, body)
    }

    private static let shown: [FilledForm.Field] = [
        .init(name: "retailer_name", label: "Name of the retailer", isNeeded: true, completes: "organization"),
        .init(name: "retailer_category", label: "Trade class", offered: ["NMT", "RMT"], hint: "NMT for national trade, RMT for regional."),
        .init(name: "retailer_format", label: "Format", offered: ["Pharmacy", "Grocery", "Beauty"]),
        .init(name: "retailer_sale_model", label: "Sells to", offered: ["B2C", "B2B"]),
        .init(name: "purchase_model", label: "Buys", offered: ["Outright", "SOR( Sales or Return)"]),
        .init(name: "credit_days", label: "Days of credit", kind: .count),
        .init(name: "outlet_count", label: "Outlets", kind: .count),
        .init(name: "city_count", label: "Cities", kind: .count),
        .init(name: "state_count", label: "States", kind: .count),
        .init(name: "logo_url", label: "Picture of the logo", kind: .link, hint: "Where it lies, with https:// before it."),
    ]
}

extension Retailer {
    /// By the fields of the form.
    fileprivate var said: [String: String?] {
        func count(_ number: Int?) -> String? { number.map { String($0) } }
        return [
            "retailer_name": name, "retailer_category": category, "retailer_format": format, "retailer_sale_model": saleModel,
            "outlet_count": count(outlets), "city_count": count(cities), "state_count": count(states), "purchase_model": purchaseModel,
            "credit_days": count(creditDays), "logo_url": logo,
        ]
    }
}
