import Texts

extension FileName: CustomStringConvertible {
    /// The name for logs, reports and terminals: one line, no control or direction-changing characters, and different for
    /// different names.
    package var printable: String { Printable.name(bytes) }

    package var description: String { printable }

    /// The name as text where showing it changes nothing.
    var plainText: String? {
        let shown = printable
        return shown.utf8.elementsEqual(bytes) ? shown : nil
    }
}
