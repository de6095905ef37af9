import Texts

/// The colours of our pages, light and dark: the dashboard's and those of pages that stand alone in a folder.
package enum PageColours {
    package static let sheet: HTML = #"""
        :root{color-scheme:light dark;--paper:#fbfaf7;--card:#ffffff;--ink:#1d2126;--soft:#5a626c;--line:#dedbd3;--accent:#1f5f8b;
        --good:#1e6b3c;--waits:#8a5300;--bad:#a3262a;--code:#f0eeea;--round:.4rem}
        @media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1c2024;--ink:#e8e6e1;--soft:#a4abb3;--line:#343a41;
        --accent:#7db8e0;--good:#7fce9b;--waits:#e8b45c;--bad:#f1908f;--code:#272c31}}

        """#
}
