import Audience
import Web

/// How records are asked for: words, conditions, what is added, which columns.
enum StudioForms {
    static func html(_ view: StudioView) -> HTML {
        "\(asking(view))<div class=\"fields studio\">\(enriching(view))\(exporting(view))</div>\(chooser(view))\(origins(view))"
    }

    private static func asking(_ view: StudioView) -> HTML {
        let question = view.question
        let lines = question.conditions + (question.conditions.count < StudioQuestion.mostConditions ? [nil] : [])
        let reset: HTML? =
            question.isAll
            ? nil : "<div><a class=\"button\" href=\"\(view.asking { ($0.search, $0.conditions) = ("", []) })\">Show all records</a></div>"
        return """
            <form class="filters" action="\(Link("studio", view.batch.uploadID))">\(HTML.fields(of: question, without: ["find", "column", "test", "value"]))
            <div class="fields"><div><label for="find">Any column contains</label>\
            <input id="find" name="find" type="search" maxlength="\(StudioQuestion.longest)" value="\(question.search)"></div></div>
            \(lines.enumerated().html { number, condition in line(number + 1, condition, view) })
            <div class="fields"><div><button class="main">Show</button></div>\(reset)</div></form>
            """
    }

    private static func line(_ number: Int, _ condition: StudioQuestion.Condition?, _ view: StudioView) -> HTML {
        var names = view.nameable.map(\.name)
        if let column = condition?.column, !names.contains(column) { names.append(column) }
        return """
            <fieldset class="condition"><legend class="sr">Condition \(number)</legend><div class="fields"><div><label for="column-\(number)">Column</label>\
            <select id="column-\(number)" name="column"><option value="">–</option>\(names.html { option($0, $0, condition?.column) })</select></div>
            <div><label for="test-\(number)">Test</label><select id="test-\(number)" name="test">\
            \(StudioQuestion.Test.allCases.html { option($0.rawValue, $0.rawValue, condition?.test.rawValue) })</select></div>
            <div><label for="value-\(number)">Text</label><input id="value-\(number)" name="value" maxlength="\(StudioQuestion.longest)" value="\(condition?.value)"></div></div></fieldset>
            """
    }

    private static func enriching(_ view: StudioView) -> HTML {
        guard view.question.isEnriched else {
            return """
                <div><a class="button" id="enrich" href="\(view.asking { $0.isEnriched = true })" role="switch" aria-checked="false">Enrich</a></div>
                """
        }
        // What was asked of the added columns goes with them.
        let own = Set(view.table.columns.filter { $0.origin == nil }.map(\.name))
        let plain = view.asking { question in
            question.isEnriched = false
            question.conditions.removeAll { !own.contains($0.column) }
            question.shown.removeAll { !own.contains($0) }
            if question.sort.map({ !own.contains($0) }) ?? true { (question.sort, question.isDescending) = (nil, false) }
        }
        return
            "<div><a class=\"button\" id=\"enrich\" href=\"\(plain)\" role=\"switch\" aria-checked=\"true\">✓ Enriched: show only what was sent</a></div>"
    }

    private static func exporting(_ view: StudioView) -> HTML {
        """
        <div><a class="button" href="\(view.link(nil, "export.csv"))" download>These \(Figures.count(view.rows.count)) as CSV</a></div>
        <div><a class="button" href="\(view.link(nil, "export.xlsx"))" download>as Excel workbook</a></div>
        """
    }

    private static func chooser(_ view: StudioView) -> HTML? {
        guard view.table.columns.count > 1 else { return nil }
        let shown = Set(view.question.shown)
        let boxes = view.nameable.html { column in
            """
            <div><label class="check"><input type="checkbox" name="show" value="\(column.name)"\(shown.contains(column.name) ? " checked" as HTML : .nothing)> \(column.name)</label></div>
            """
        }
        let all = view.table.columns.count
        let some: HTML? =
            all > view.nameable.count
            ? "<p class=\"soft\">The first \(Figures.count(view.nameable.count)) of \(Figures.count(all)) columns can be chosen here.</p>"
            : nil
        return """
            <details class="step"><summary>Choose columns</summary><form action="\(Link("studio", view.batch.uploadID))">\(HTML.fields(of: view.question, without: ["show"]))
            \(some)<p class="soft">None chosen means all of them.</p><div class="fields">\(boxes)</div><button>Show these columns</button></form></details>
            """
    }

    /// Where what was added comes from: in words beside the table, since a phone has no heads and a finger does not hover.
    private static func origins(_ view: StudioView) -> HTML? {
        let added = view.table.columns.enumerated().filter { $0.element.origin != nil }
        guard view.question.isEnriched, !added.isEmpty else { return nil }
        let lines = added.html { place, column in "<dt><code>\(column.name)</code></dt><dd id=\"from-\(place)\">\(column.origin)</dd>" }
        return """
            <h2>What was added, and where it comes from</h2><dl class="facts">\(lines)</dl><p class="soft">\(view.table.compared)</p>
            """
    }
}
