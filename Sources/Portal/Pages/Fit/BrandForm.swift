import Accounts
import Ledger
import Operations
import RetailFit
import Web

/// What a brand says of itself. Its own people enter it the first time, administrators keep any.
enum BrandForm {
    static func link(_ brand: String? = nil) -> Link { Link("fit", "brand", query: [("brand", brand)]) }

    static let routes: [PageRoute] = [
        .get("/fit/brand", for: .brandKeepers) { request, desk throws(Refused) in
            let view = try FitView(request, desk)
            return try page(request, desk, view, FilledForm(form, view.brand?.brand.said ?? desk.caller.proposed))
        },
        .post("/fit/brand", for: .brandKeepers) { request, desk throws(Refused) in try take(request, desk) },
    ]

    private static let form = "brand"
    private static let taken = (
        field: "brand_name", sentence: "This is already taken: another brand is called so, or your account has a brand by now."
    )

    /// The form says all of it: what was cleared goes.
    private static func take(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let (view, form) = (try FitView(request, desk), try Form(request))
        var fields = BodyFields(form)
        var said = Brand(name: fields.filled("brand_name"))
        Brands.take(&fields, into: &said)
        let brand = said
        do throws(Denial) { try fields.confirm() } catch { return try again(error) }
        if let known = view.brand {
            guard try desk.desk.change(brand: known.id, { $0 = brand }) != nil else { return try again(Denial.taken) }
            return .going(to: link(view.brandInLinks), .saved)
        }
        guard desk.caller.role.isOfBrand else { throw Refused(.unknown, "There is no brand yet.") }
        guard try desk.desk.create(brand, for: desk.caller) != nil else { return try again(Denial.taken) }
        return .going(to: Link("fit"), .saved)

        func again(_ denial: Denial) throws(Refused) -> Response {
            try page(request, desk, view, FilledForm(Self.form, sent: form, denial, taken: taken))
        }
    }

    private static func page(_ request: Request, _ desk: PageDesk, _ view: FitView, _ filled: FilledForm) throws(Refused) -> Response {
        let frame = Frame(title: "Brand profile", section: .fit, done: Done(request))
        let ways = FitWay.ways(.brand, desk, brand: view.brandInLinks)
        guard view.brand != nil || desk.caller.role.isOfBrand else {
            let empty: HTML = "<p class=\"empty\">A brand stands here as soon as its people have entered it, or a workbook brings it.</p>"
            return frame.page(desk, "\(ways)<h1>No brand yet</h1>\(empty)")
        }
        let headline: HTML = view.brand.map { "What is said of <bdi>\($0.brand.name)</bdi>" } ?? "You have no brand yet."
        let words: HTML =
            view.brand == nil
            ? "Enter it, and it gets its scores with every retailer. Only its name is needed; the margin counts in each score."
            : "Every score goes by the trade margin. <a href=\"\(Link("fit", query: [("brand", view.brandInLinks)]))\">See the ranking</a>"
        let body: HTML = """
            \(ways)<h1>\(headline)</h1><p>\(words)</p>\(view.chooser(link()))
            <form method="post" action="\(link(view.brandInLinks))" novalidate>\(desk.token)<div class="entry">
            \(shown.html(filled.html))</div>
            <div class="fields"><div><button class="main">\(view.brand == nil ? "Enter the brand" : "Save it")</button></div></div></form>
            """
        return filled.page(frame, desk, body)
    }

    private static let shown: [FilledForm.Field] = [
        .init(name: "brand_name", label: "Name of the brand", isNeeded: true, completes: "organization"),
        .init(
            name: "avg_trade_margin", label: "Trade margin, percent", offered: ["20-25", "25-30", "30 & ABOVE"],
            hint: "A band; its lower end counts."),
        .init(
            name: "annual_turnover", label: "Turnover of a year",
            offered: ["EQUAL TO LESS THAN 1Cr", "1Cr-10Cr", "10Cr-50Cr", "50Cr-250Cr", "MORE THAN 250Cr"]),
        .init(name: "website_url", label: "Website", kind: .link, hint: "With https:// before it."),
        .init(name: "official_email", label: "E-mail of the brand", kind: .email),
        .init(name: "contact_number", label: "Telephone", kind: .phone),
        .init(name: "first_name", label: "Contact: first name"),
        .init(name: "last_name", label: "Contact: last name"),
        .init(name: "designation", label: "Contact: position"),
    ]
}

extension Brand {
    /// By the fields of the form.
    fileprivate var said: [String: String?] {
        [
            "brand_name": name, "website_url": website, "contact_number": contactNumber, "official_email": officialEmail,
            "designation": designation, "first_name": firstName, "last_name": lastName, "avg_trade_margin": margin?.text,
            "annual_turnover": turnover,
        ]
    }
}

extension User {
    /// Whoever enters a brand is likely the one to ask for.
    fileprivate var proposed: [String: String?] { ["first_name": firstName, "last_name": lastName, "contact_number": phone] }
}
