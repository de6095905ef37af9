import Batches
import Ledger
import Operations
import Reports
import Sellout
import Web

/// Stores: those that sales wait for, those that are probably one, and all the others.
enum StoresPage {
    private static let size = 200

    static let routes: [PageRoute] = [
        .get("/stores") { request, desk throws(Refused) in try page(request, desk) },
        step("merge", .merged) { desk, form, reseller, store, reason throws(Refused) in
            guard let into = form["into"] else { throw Refused(.wrong, "Say which store it is.") }
            _ = try desk.merge(store: store, into: into, of: reseller, reason: reason)
        },
        step("split", .split) { desk, _, reseller, store, reason throws(Refused) in
            _ = try desk.split(store: store, of: reseller, reason: reason)
        },
    ]

    private static func step(
        _ name: String, _ done: Done,
        _ take: @escaping @Sendable (OperatorDesk, Form, _ reseller: String, _ store: String, _ reason: String) throws(Refused) -> Void
    ) -> PageRoute {
        .post("/stores/\(name)") { request, desk throws(Refused) in
            do throws(Refused) {
                let form = try Form(request)
                guard let reseller = form["reseller"], let store = form["store"] else { throw Refused(.wrong, "Say which store is meant.") }
                try take(desk.desk, form, reseller, store, form["reason"] ?? "")
            } catch {
                return try page(request, desk, problem: error.sentence, status: error.status)
            }
            return .going(to: Link("stores", query: [("reseller", request.asked("reseller"))]), done)
        }
    }

    private static func page(
        _ request: Request, _ desk: PageDesk, problem: String? = nil, status: Int = 200
    ) throws(Refused) -> Response {
        let reseller = request.asked("reseller").flatMap { $0.isEmpty ? nil : $0 }
        let like = request.asked("like").flatMap { $0.isEmpty ? nil : $0 }
        let waiting = try desk.desk.unknownStores(reseller: reseller)
        let clusters = try desk.desk.storeClusters(of: reseller)
        let stores = try desk.desk.stores(ReferenceFilter(reseller: reseller, like: like, limit: size))
        let body: HTML = """
            <h1>\(headline(waiting, clusters))</h1>
            <p>A store that files name in two ways is two stores until somebody says that it is one. Merging can be taken back.</p>
            <form class="filters fields" action="/stores" data-at-once><div><label for="reseller">Reseller</label>\
            <select id="reseller" name="reseller"><option value="">all</option>\
            \(desk.desk.resellers.html { option($0.reseller, $0.vendorName, reseller) })</select></div>
            <div><label for="like">Name, code or city</label><input id="like" name="like" type="search" maxlength="200" value="\(like)"></div>
            <div><button>Show</button></div></form>
            \(unknown(waiting, stores, desk))\(near(clusters, desk))\(all(stores, like, desk))
            """
        return Frame(title: "Stores", section: .stores, done: Done(request), problem: problem).page(desk, body, status: status)
    }

    private static func headline(_ waiting: [SuggestedStore], _ clusters: [StoreCluster]) -> String {
        let new = waiting.isEmpty ? "No store waits" : "\(Figures.count(waiting.count, "store")) \(waiting.count == 1 ? "waits" : "wait")"
        return clusters.isEmpty
            ? "\(new)." : "\(new); \(Figures.count(clusters.count)) may be \(clusters.count == 1 ? "one store" : "one store each")."
    }

    private static func unknown(_ waiting: [SuggestedStore], _ stores: [StoreEntry], _ desk: PageDesk) -> HTML? {
        guard !waiting.isEmpty else { return nil }
        let lines = waiting.html { one -> HTML in
            let (store, waits) = (one.store, one.store.waits)
            let money = waits.local.flatMap { local in one.currency.map { ", " + Figures.wholeMoney(local, $0) } }
            return """
                <tr data-row><td class="head" data-label="In the file"><code>\(store.name)</code></td>\
                <td data-label="Reseller">\(desk.vendor(store.reseller))</td>\
                <td class="n" data-label="Waits">\(Figures.count(waits.rows, "sale"))\(money)</td>\
                <td class="whole">\(merging(store.name, of: store.reseller, into: one.near, stores, desk))</td></tr>
                """
        }
        return """
            <h2>Stores that sales wait for</h2><p>Say which store each one is. If it is a new one, enter it by <code>selloutctl import stores</code>.</p>
            <table><thead><tr><th>In the file</th><th>Reseller</th><th class="n">Waits</th><th>Is</th></tr></thead><tbody>\(lines)</tbody></table>
            """
    }

    private static func merging(
        _ name: String, of reseller: String, into near: [String], _ stores: [StoreEntry], _ desk: PageDesk
    ) -> HTML {
        let others = stores.filter { $0.store.reseller == reseller && $0.mergedInto == nil && !near.contains($0.store.name) }.map(
            \.store.name)
        return """
            <form method="post" action="/stores/merge" class="fields">\(desk.token)<input type="hidden" name="reseller" value="\(reseller)">\
            <input type="hidden" name="store" value="\(name)"><div><select name="into" aria-label="\(name) is">\
            \((near + others).html { option($0, $0, near.first) })</select></div><div><button>It is this one</button></div></form>
            """
    }

    /// The one that sold most is most likely the real one.
    private static func near(_ clusters: [StoreCluster], _ desk: PageDesk) -> HTML? {
        guard !clusters.isEmpty else { return nil }
        return "<h2>Probably one</h2><ul class=\"cards\">\(clusters.html { "<li>\(card($0, desk))</li>" })</ul>"
    }

    private static func card(_ cluster: StoreCluster, _ desk: PageDesk) -> HTML {
        guard let first = cluster.members.first else { return .nothing }
        let others = cluster.members.dropFirst().html { member -> HTML in
            let figures = member.figures
            let effect = "Merge into “\(first.figures.store.name)”: \(Figures.count(figures.sales, "sale"))"
            return """
                <p class="plain"><bdi>\(figures.store.name)</bdi> <span class="soft small">\(Figures.count(figures.sales, "sale")), \
                \(Figures.wholeMoney(figures.euros, "EUR")), \(likeness(member.likeness))</span></p>
                <form method="post" action="/stores/merge">\(desk.token)<input type="hidden" name="reseller" value="\(cluster.reseller)">\
                <input type="hidden" name="store" value="\(figures.store.code)"><input type="hidden" name="into" value="\(first.figures.store.code)">\
                <button>\(effect)</button></form>
                """
        }
        return """
            <div class="card"><p>\(desk.vendor(cluster.reseller))</p><h3><bdi>\(first.figures.store.name)</bdi></h3>\
            <p>\(Figures.count(first.figures.sales, "sale")), \(Figures.wholeMoney(first.figures.euros, "EUR"))</p>\(others)</div>
            """
    }

    private static func likeness(_ likeness: StoreCluster.Likeness?) -> String {
        switch likeness {
        case .spelling: "written otherwise"
        case .order: "words in another order"
        case .place: "the same but for the place"
        case .typing: "a slip of the keyboard"
        case nil: "alike"
        }
    }

    private static func all(_ stores: [StoreEntry], _ like: String?, _ desk: PageDesk) -> HTML {
        guard !stores.isEmpty else {
            return like == nil
                ? "<h2>All stores</h2><p class=\"empty\">Stores that files bring, or that you import, stand here.</p>"
                : "<h2>All stores</h2><p class=\"empty\">No store is called like that.</p>"
        }
        let lines = stores.html { entry -> HTML in
            let store = entry.store
            let merged: HTML? = entry.mergedInto.map { into in
                """
                is <bdi>\(into)</bdi> <form method="post" action="/stores/split">\(desk.token)<input type="hidden" name="reseller" value="\(store.reseller)">\
                <input type="hidden" name="store" value="\(store.code)"><button>Make it two again</button></form>
                """
            }
            return """
                <tr data-row><td class="head" data-label="Store"><bdi>\(store.name)</bdi></td><td data-label="Reseller">\(desk.vendor(store.reseller))</td>\
                <td data-label="Code"><code>\(store.code)</code></td><td data-label="Kind">\(store.isOnline ? "online" : "on the street")</td>\
                <td data-label="Place">\([store.city, store.country].filter { !$0.isEmpty }.joined(separator: ", "))</td>\
                <td data-label="Note">\(merged ?? (entry.isFromFile ? "from a file" : ""))</td></tr>

                """
        }
        let more: HTML? = stores.count == size ? "<p class=\"soft\">The first \(size) are shown: look for a name to see others.</p>" : nil
        return """
            <h2>All stores</h2><table><thead><tr><th>Store</th><th>Reseller</th><th>Code</th><th>Kind</th><th>Place</th><th>Note</th></tr></thead>\
            <tbody>\(lines)</tbody></table>\(more)
            """
    }
}
