import Batches
import Operations
import Sellout

/// Where a file is dropped. Without the script it is a form; with it, files fall anywhere on the page and show how far they are.
struct DropPlace {
    private let desk: PageDesk

    init(_ desk: PageDesk) throws(Refused) { self.desk = desk }

    /// The token comes before the file, so that it is known before the file is taken.
    var html: HTML {
        """
        <section aria-labelledby="drop-title"><h2 class="sr" id="drop-title">Send a file</h2><ul class="runs" id="sent" aria-live="polite"></ul>
        <form class="drop" id="drop" method="post" action="/upload" enctype="multipart/form-data">\(desk.token)
        <p data-scripted hidden>Drop a file here: it is recognised and goes the same way as one that came by SFTP</p>
        <p data-plain>Choose a file: it is recognised and goes the same way as one that came by SFTP</p>
        <div class="fields"><div><label for="drop-mode">It</label><select id="drop-mode" name="mode"><option value="append">adds to the books</option>\
        <option value="replace">replaces its months</option></select></div>
        \(reseller)<div><label for="drop-file">File</label><input id="drop-file" type="file" name="file" required \
        accept=".xlsx,.xlsm,.xls,.csv"></div>
        <div><button>Send the file</button></div></div></form></section>
        """
    }

    private var reseller: HTML? {
        guard desk.operates else { return nil }
        let all = desk.desk.resellers.html { "<option value=\"\($0.reseller)\">\($0.vendorName)</option>" }
        return """
            <div><label for="drop-reseller">From</label><select id="drop-reseller" name="reseller">\
            <option value="">recognise it</option>\(all)</select></div>
            """
    }
}
