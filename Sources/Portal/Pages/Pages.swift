import Operations
import Web

/// The dashboard.
package enum Pages {
    package static func routes() -> [PageRoute] {
        [
            NowPage.routes, Events.routes, BatchesPage.routes, BatchPage.routes, BatchDeeds.routes, RowPages.routes, ProductsPage.routes,
            StoresPage.routes, ResellersPage.routes,
            BooksPage.routes, AuditPage.routes, SearchPage.routes, UsersPage.routes, ProfilesPage.routes, DraftPage.routes, DocsPage.routes,
            FitPage.routes, ChoicePage.routes, RetailerPage.routes, CataloguePage.routes, FitImportPage.routes, FitCountsPage.routes,
            StudioPage.routes, StudioSegments.routes, BrandForm.routes, RetailerForm.routes, YouPage.routes,
        ].flatMap { $0 }
    }

    /// Style sheet and script, for everybody: they tell nothing.
    package static func assets() -> Routes {
        var routes = Routes()
        for asset in [Asset.style, Asset.script] { routes.add(.get, asset.name) { _ in asset.response } }
        return routes
    }

    package static let assetPaths = [Asset.style.name, Asset.script.name]

    package static func asset(_ name: String) -> [UInt8]? { [Asset.style, Asset.script].first { $0.name == name }?.bytes }

    /// For a wish that no page could show in its place.
    package static func refusal(_ refused: Refused, _ desk: PageDesk) -> Response {
        let title =
            switch refused.reason {
            case .unknown: "There is nothing here"
            case .forbidden: "This cannot be done now"
            case .wrong: "This cannot be right"
            case .surroundings: "This does not work at the moment"
            case .damage: "The ledger is damaged"
            }
        let body: HTML = """
            <h1>\(title)</h1><p>\(Words.plain(refused.sentence))</p><p><a href="/">To what is going on now</a></p>
            """
        return Frame(title: title).page(desk, body, status: refused.status)
    }

    /// For a page that the caller's role does not have.
    package static func notAllowed(_ desk: PageDesk) -> Response {
        let body: HTML = """
            <h1>This page is not for your account</h1><p>Ask somebody of operations if you need it.</p>\
            <p><a href="/">\(desk.caller.role.handlesFiles ? "To your files" : "To retail fit")</a></p>
            """
        return Frame(title: "Not for your account").page(desk, body, status: 403)
    }
}
