import Cells
import Reports
import RetailFit

extension FitAdvice {
    var mark: StateMark {
        switch self {
        case .high: StateMark("✓", "High", .good)
        case .medium: StateMark("◐", "Medium", .waits)
        case .low: StateMark("○", "Low", .soft)
        }
    }

    /// In an address.
    var inLinks: String { rawValue.lowercased() }
}

extension FitScore {
    /// As people call the four parts, with what each counts in hundredths.
    var named: [(name: String, weight: Int, part: FitPart)] {
        [("Category", 30, category), ("Range", 30, subcategory), ("Margin", 10, margin), ("Price", 30, price)]
    }
}

extension Charts {
    /// A hundred at most, as a bar with its figure beside it.
    static func part(_ score: Int) -> HTML {
        """
        <span class="part"><svg width="56" height="8" aria-hidden="true" focusable="false"><rect width="100%" height="8" rx="2"/>\
        <rect class="now" width="\(min(100, max(0, score)))%" height="8" rx="2"/></svg><span>\(score)</span></span>
        """
    }
}

extension Figures {
    /// `1,234.50`; a dash where nothing is known.
    static func decimal(_ number: DecimalNumber?, places: Int = 2) -> String {
        guard let number, let units = number.units(places: places) else { return number?.description ?? "–" }
        guard places > 0 else { return count(units) }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let whole = Int64(padded.dropLast(places)) ?? 0
        return (units < 0 ? "−" : "") + count(whole) + "." + padded.suffix(places)
    }
}

/// How many retailers are of each priority.
struct FitTally {
    private let counts: [FitAdvice: Int]
    private let total: Int

    init(_ scores: [FitScore]) {
        counts = Dictionary(scores.lazy.map { ($0.advice, 1) }, uniquingKeysWith: +)
        total = scores.count
    }

    func count(_ advice: FitAdvice) -> Int { counts[advice] ?? 0 }

    /// As figures, each of them a way to those retailers.
    func figures(_ link: (FitAdvice?) -> Link) -> HTML {
        """
        <dl class="five"><div><dt><a href="\(link(nil))">\(total == 1 ? "retailer" : "retailers")</a></dt><dd>\(Figures.count(total))</dd></div>\
        \(FitAdvice.allCases.html { advice in
            "<div><dt><a href=\"\(link(advice))\">\(advice.mark.html) priority</a></dt><dd>\(Figures.count(count(advice)))</dd></div>"
        })</dl>
        """
    }

    /// In one line.
    var line: HTML {
        FitAdvice.allCases.map { advice in
            "<span class=\"state \(advice.mark.tone.rawValue)\"><span aria-hidden=\"true\">\(advice.mark.sign)</span> \(Figures.count(count(advice))) \(advice.mark.word)</span>"
                as HTML
        }.joined(" ")
    }
}
