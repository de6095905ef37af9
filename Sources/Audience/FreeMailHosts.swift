/// Hosts at which people have addresses of their own, not their employers'.
enum FreeMailHosts {
    private static let all: Set = [
        "aol.com", "arcor.de", "bigpond.com", "bluewin.ch", "btinternet.com", "comcast.net", "fastmail.com", "free.fr", "freenet.de",
        "gmail.com",
        "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hey.com", "hotmail.com", "hotmail.co.uk", "hotmail.de",
        "hotmail.es", "hotmail.fr", "hotmail.it", "icloud.com", "inbox.ru", "interia.pl", "laposte.net", "libero.it", "live.com",
        "live.co.uk",
        "live.fr", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "o2.pl", "online.de", "onet.pl", "orange.fr",
        "outlook.com", "outlook.de", "outlook.es", "outlook.fr", "posteo.de", "proton.me", "protonmail.com", "qq.com", "rambler.ru",
        "rocketmail.com", "sapo.pt", "seznam.cz", "sfr.fr", "sky.com", "t-online.de", "telenet.be", "telia.com", "tiscali.it",
        "tutanota.com",
        "ukr.net", "verizon.net", "virgilio.it", "virginmedia.com", "wanadoo.fr", "web.de", "wp.pl", "yahoo.com", "yahoo.co.uk", "yahoo.de",
        "yahoo.es", "yahoo.fr", "yahoo.it", "yandex.ru", "ymail.com", "zoho.com", "163.com", "126.com",
    ]

    static func hold(_ domain: String) -> Bool { all.contains(domain) }
}
