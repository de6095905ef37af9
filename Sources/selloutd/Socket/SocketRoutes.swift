import Web

extension Routes {
    /// What only the daemon's own socket answers, for the program that serves people: it reaches neither spool nor archive itself.
    static func socket(_ originals: OriginalsDesk, _ workbooks: WorkbookDesk, _ profiles: ProfileSaving) -> Routes {
        var routes = Routes()
        routes.add(.get, "/originals/{batch_id}") { originals.original(of: $0.parameters["batch_id"] ?? "") }
        routes.add(.get, "/rows/{batch_id}") { request in
            originals.rows(of: request.parameters["batch_id"] ?? "", most: request.asked("limit"))
        }
        routes.add(.post, "/glimpse") { workbooks.receive($0) }
        routes.add(.post, "/workbooks/{workbook}/sales", bodyLimit: WorkbookDesk.longestProfile) { request in
            workbooks.sales(of: request.parameters["workbook"] ?? "", by: request.body)
        }
        routes.add(.post, "/profiles", bodyLimit: ProfileSaving.longestProfile, answer: profiles.save)
        return routes
    }
}
