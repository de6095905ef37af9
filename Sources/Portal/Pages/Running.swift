/// Files that are being read.
struct Running {
    private let desk: PageDesk

    init(_ desk: PageDesk) { self.desk = desk }

    var html: HTML {
        """
        <h2 id="running-title">Running <span class="soft">\(summary)</span></h2>
        \(files)
        """
    }

    private var summary: String {
        guard desk.live.answers else { return "not known" }
        let running = desk.running.count
        guard desk.operates else { return running == 0 ? "nothing" : Figures.count(running, "file") }
        let waiting = desk.live.waiting
        let most = desk.live.mostRunning.map { "\(running) of \($0)" } ?? "\(running)"
        return waiting == 0 ? most : "\(most), \(waiting) \(waiting == 1 ? "waits" : "wait")"
    }

    private var files: HTML {
        guard desk.live.answers else {
            return """
                <p class="empty">The daemon does not answer. Files stay where they are and nothing is lost; \
                <code>systemctl start selloutd</code> starts it.</p>
                """
        }
        guard !desk.running.isEmpty else {
            return "<p class=\"soft\">Files that are being read stand here, with how far they are. Drop one below or by SFTP.</p>"
        }
        return "<ul class=\"runs\">\(desk.running.html(line))</ul>"
    }

    private func line(_ file: LiveFile) -> HTML {
        """
        <li><span>\(desk.vendor(file.reseller))</span><a href="\(Link("batches", file.batch))">\(file.filename)</a>\
        \(file.bar)<span class="figures">\(file.words)</span></li>
        """
    }
}

extension LiveFile {
    var bar: HTML {
        percent.map { "<progress max=\"100\" value=\"\($0)\" aria-label=\"\(filename)\">\($0) %</progress>" }
            ?? "<progress aria-label=\"\(filename)\"></progress>"
    }

    /// `61 % · 122,000 rows`
    var words: String { (percent.map { "\($0) % · " } ?? "") + Figures.count(rowsSoFar, "row") }
}
