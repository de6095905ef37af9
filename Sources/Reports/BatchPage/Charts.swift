import Sellout
import Texts

/// Small charts as inline SVG. Places are given in percent where the chart grows with the page, so that texts keep their size.
package enum Charts {
    package struct Bar {
        let label: String
        let value: Int64
        /// As it stands beside the bar.
        let text: String
        let isPresent: Bool

        package init(label: String, value: Int64, text: String, isPresent: Bool = false) {
            self.label = label
            self.value = value
            self.text = text
            self.isPresent = isPresent
        }
    }

    /// One line for each bar: label, bar, figure. Sorted as given.
    package static func across(_ bars: [Bar]) -> HTML {
        let most = max(1, bars.map(\.value.magnitude).max() ?? 1)
        return """
            <dl class="across">
            \(bars.html { bar in
                let width = share(bar.value.magnitude, of: most, room: 58)
                return """
                    <div><dt>\(bar.label)</dt><dd><span class="sr">\(bar.text)</span>\
                    <svg height="22" width="100%" aria-hidden="true" focusable="false"><rect class="now" y="2" rx="2" height="17" \
                    width="\(max(width, 1))%"/><text x="\(max(width, 1))%" dx="8" y="15">\(bar.text)</text></svg></dd></div>
                    """
            })
            </dl>
            """
    }

    /// The largest first; what is behind the eighth is put together under what `more` says.
    package static func largest(_ values: [String: Int64], text: (Int64) -> String, more: (Int) -> String) -> [Bar] {
        let most = 8
        let sorted = values.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        func bar(_ label: String, _ value: Int64) -> Bar { Bar(label: label, value: max(0, value), text: text(value)) }
        let rest = sorted.dropFirst(most)
        let last = rest.isEmpty ? [] : [bar(more(rest.count), rest.reduce(0) { $0 &+ $1.value })]
        return sorted.prefix(most).map { bar($0.key, $0.value) } + last
    }

    /// Columns by time, the present one in accent; first and last are named, and the present one's figure stands above it.
    package static func columns(_ bars: [Bar], name: String) -> HTML {
        let most = max(1, bars.map(\.value).max() ?? 1)
        let present = bars.lastIndex(where: \.isPresent) ?? bars.count - 1
        let step = 10_000 / max(1, bars.count)
        return """
            <svg class="columns" width="100%" height="132" role="img" aria-label="\(summary(bars, name))">
            \(bars.indices.html { place in
                let bar = bars[place]
                let height = bar.value <= 0 ? 1 : max(2, share(bar.value.magnitude, of: most.magnitude, room: 84))
                let shape: HTML = """
                    <rect\(place == present ? " class=\"now\"" as HTML : .nothing) x="\(hundredths(step * place))%" y="\(108 - height)" \
                    width="\(hundredths(step * 7 / 10))%" height="\(height)"><title>\(bar.label) \(bar.text)</title></rect>
                    """
                guard place == present else { return shape }
                let anchor: HTML = place > bars.count / 2 ? "end" : "start"
                let edge = place > bars.count / 2 ? step * place + step * 7 / 10 : step * place
                return shape + """
                    <text class="figure" text-anchor="\(anchor)" x="\(hundredths(edge))%" y="\(100 - height)">\(bar.text)</text>
                    """
            })
            <text y="126" x="0">\(bars.first?.label ?? "")</text>
            <text y="126" x="\(hundredths(step * max(0, bars.count - 1) + step * 7 / 10))%" text-anchor="end">\(bars.last?.label ?? "")</text>
            </svg>
            """
    }

    /// Twelve columns in a cell of a table.
    package static func spark(_ values: [Int64], name: String) -> HTML {
        guard values.contains(where: { $0 != 0 }) else { return "<span class=\"soft\">–</span>" }
        let most = max(1, values.max() ?? 1)
        return """
            <svg class="spark" width="96" height="24" viewBox="0 0 96 24" role="img" aria-label="\(name)">\
            \(values.indices.html { place in
                let height = values[place] <= 0 ? 1 : max(1, share(values[place].magnitude, of: most.magnitude, room: 22))
                return """
                    <rect\(place == values.count - 1 ? " class=\"now\"" as HTML : .nothing) x="\(place * 8)" y="\(23 - height)" width="6" \
                    height="\(height)"/>
                    """
            })</svg>
            """
    }

    /// What a screen reader says of it.
    private static func summary(_ bars: [Bar], _ name: String) -> String {
        "\(name): " + bars.map { "\($0.label) \($0.text)" }.joined(separator: ", ")
    }

    /// Of the room, and without an overflow: a sum of hostile figures comes near the largest number.
    private static func share(_ value: UInt64, of most: UInt64, room: Int) -> Int { Int(Double(value) / Double(most) * Double(room)) }

    /// `833` is 8.33.
    private static func hundredths(_ number: Int) -> String { "\(number / 100).\(number % 100 < 10 ? "0" : "")\(number % 100)" }
}
