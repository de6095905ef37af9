/// Reads the texts of old workbooks, which may run on over several records.
struct LegacyText {
    private var segment: LittleEndian
    private var at: Int
    private var records: LegacyRecords?

    init(_ segment: LittleEndian, at: Int = 0, continuedIn records: LegacyRecords? = nil) {
        self.segment = segment
        self.at = at
        self.records = records
    }

    static let cutOff = SpreadsheetFault.damaged("a text in it ends too early")

    /// Whether there is another byte, perhaps in a record that continues this one.
    mutating func hasMore() throws(SpreadsheetFault) -> Bool {
        while at >= segment.bytes.count {
            guard let next = try records?.nextContinuation() else { return false }
            (segment, at) = (next.body, 0)
        }
        return true
    }

    mutating func u8() throws(SpreadsheetFault) -> Int {
        if at >= segment.bytes.count { try nextSegment() }
        guard let value = segment.u8(at) else { throw LegacyText.cutOff }
        at += 1
        return value
    }

    mutating func u16() throws(SpreadsheetFault) -> Int { try u8() | (try u8()) << 8 }

    mutating func u32() throws(SpreadsheetFault) -> Int { try u16() | (try u16()) << 16 }

    mutating func skip(_ count: Int) throws(SpreadsheetFault) {
        var rest = count
        while rest > segment.bytes.count - at {
            rest -= segment.bytes.count - at
            try nextSegment()
        }
        at += rest
    }

    /// A BIFF8 text: options, the sizes of what follows the characters, the characters.
    mutating func unicode(count: Int, to bytes: inout [UInt8]) throws(SpreadsheetFault) {
        // An empty text at a record's end may leave out its options.
        guard count > 0 || at < segment.bytes.count else { return }
        let options = try u8()
        let runs = options & 8 != 0 ? try u16() : 0
        let phonetic = options & 4 != 0 ? try u32() : 0
        try characters(count, isWide: options & 1 != 0, to: &bytes)
        try skip(runs * 4 + phonetic)
    }

    private mutating func characters(_ count: Int, isWide: Bool, to bytes: inout [UInt8]) throws(SpreadsheetFault) {
        var units: [UInt16] = []
        units.reserveCapacity(count)
        var isWide = isWide
        while units.count < count {
            if at >= segment.bytes.count {
                // Each record says again how wide its characters are.
                try nextSegment()
                isWide = try u8() & 1 != 0
            }
            guard let unit = isWide ? segment.u16(at) : segment.u8(at) else { throw LegacyText.cutOff }
            units.append(UInt16(unit))
            at += isWide ? 2 : 1
        }
        LegacyText.append(units, to: &bytes)
    }

    static func append(_ units: [UInt16], to bytes: inout [UInt8]) {
        let start = bytes.count
        if units.allSatisfy({ $0 < 0x80 }) {
            for unit in units { bytes.append(UInt8(truncatingIfNeeded: unit)) }
        } else {
            bytes.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
            if let changed = Normalization.changed(bytes.span.extracting(start..<bytes.count)) {
                bytes.replaceSubrange(start..., with: changed)
            }
        }
    }

    private mutating func nextSegment() throws(SpreadsheetFault) {
        guard let next = try records?.nextContinuation() else { throw LegacyText.cutOff }
        segment = next.body
        at = 0
    }
}

/// The characters of bytes from 0x80 on in the code pages that BIFF5 workbooks use. They stand here because the C library would
/// have to open files for them.
enum CodePage {
    private static let high: [Int: [UInt16]] = spelled.mapValues { Array($0.utf16) }

    /// Decodes text of a code page; an unknown page is read as Western Windows.
    static func units(_ bytes: some Sequence<UInt8>, page: Int) -> [UInt16] {
        let table = high[page] ?? high[1252] ?? []
        return bytes.map { $0 < 0x80 || Int($0) - 0x80 >= table.count ? UInt16($0) : table[Int($0) - 0x80] }
    }

    // swift-format-ignore
    private static let spelled: [Int: String] = [
        437: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}",
        850: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}",
        852: "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{AD}˝˛ˇ˘§÷¸°¨˙űŘř■\u{A0}",
        866: "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u{A0}",
        874: "€����…�����������‘’“”•–—��������\u{A0}กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะ\u{E31}าำ\u{E34}\u{E35}\u{E36}\u{E37}\u{E38}\u{E39}\u{E3A}����฿เแโใไๅๆ\u{E47}\u{E48}\u{E49}\u{E4A}\u{E4B}\u{E4C}\u{E4D}\u{E4E}๏๐๑๒๓๔๕๖๗๘๙๚๛����",
        1250: "€�‚�„…†‡�‰Š‹ŚŤŽŹ�‘’“”•–—�™š›śťžź\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
        1251: "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—�™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
        1252: "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
        1253: "€�‚ƒ„…†‡�‰�‹�����‘’“”•–—�™�›����\u{A0}΅Ά£¤¥¦§¨©�«¬\u{AD}®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ�ΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ�",
        1254: "€�‚ƒ„…†‡ˆ‰Š‹Œ����‘’“”•–—˜™š›œ��Ÿ\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ",
        1255: "€�‚ƒ„…†‡ˆ‰�‹�����‘’“”•–—˜™�›����\u{A0}¡¢£₪¥¦§¨©×«¬\u{AD}®¯°±²³´µ¶·¸¹÷»¼½¾¿\u{5B0}\u{5B1}\u{5B2}\u{5B3}\u{5B4}\u{5B5}\u{5B6}\u{5B7}\u{5B8}\u{5B9}�\u{5BB}\u{5BC}\u{5BD}\u{5BE}\u{5BF}\u{5C0}\u{5C1}\u{5C2}\u{5C3}\u{5F0}\u{5F1}\u{5F2}\u{5F3}\u{5F4}�������\u{5D0}\u{5D1}\u{5D2}\u{5D3}\u{5D4}\u{5D5}\u{5D6}\u{5D7}\u{5D8}\u{5D9}\u{5DA}\u{5DB}\u{5DC}\u{5DD}\u{5DE}\u{5DF}\u{5E0}\u{5E1}\u{5E2}\u{5E3}\u{5E4}\u{5E5}\u{5E6}\u{5E7}\u{5E8}\u{5E9}\u{5EA}��\u{200E}\u{200F}�",
        1256: "€\u{67E}‚ƒ„…†‡ˆ‰\u{679}‹Œ\u{686}\u{698}\u{688}\u{6AF}‘’“”•–—\u{6A9}™\u{691}›œ\u{200C}\u{200D}\u{6BA}\u{A0}،¢£¤¥¦§¨©\u{6BE}«¬\u{AD}®¯°±²³´µ¶·¸¹\u{61B}»¼½¾\u{61F}\u{6C1}\u{621}\u{622}\u{623}\u{624}\u{625}\u{626}\u{627}\u{628}\u{629}\u{62A}\u{62B}\u{62C}\u{62D}\u{62E}\u{62F}\u{630}\u{631}\u{632}\u{633}\u{634}\u{635}\u{636}×\u{637}\u{638}\u{639}\u{63A}\u{640}\u{641}\u{642}\u{643}à\u{644}â\u{645}\u{646}\u{647}\u{648}çèéêë\u{649}\u{64A}îï\u{64B}\u{64C}\u{64D}\u{64E}ô\u{64F}\u{650}÷\u{651}ù\u{652}ûü\u{200E}\u{200F}\u{6D2}",
        1257: "€�‚�„…†‡�‰�‹�¨ˇ¸�‘’“”•–—�™�›�¯˛�\u{A0}�¢£¤�¦§Ø©Ŗ«¬\u{AD}®Æ°±²³´µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙",
        1258: "€�‚ƒ„…†‡ˆ‰�‹Œ����‘’“”•–—˜™�›œ��Ÿ\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂĂÄÅÆÇÈÉÊË\u{300}ÍÎÏĐÑ\u{309}ÓÔƠÖ×ØÙÚÛÜƯ\u{303}ßàáâăäåæçèéêë\u{301}íîïđñ\u{323}óôơö÷øùúûüư₫ÿ",
        10000: "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
    ]
}
