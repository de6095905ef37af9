import RetailFit
import Testing

@Suite struct ChoicesAndFoldersTests {
    private func choice(_ category: String, _ subcategory: String) -> CategoryChoice {
        CategoryChoice(category: category, subcategory: subcategory)
    }

    @Test func `choices are read as a person writes them, and written so again`() throws {
        let choices = try #require(CategoryChoice.list(reading: " Hair : Serums,Dyes ,; Skin: Masks;Bath & Body;"))
        #expect(
            choices == [choice("Hair", "Serums"), choice("Hair", "Dyes"), choice("Skin", "Masks"), choice("Bath & Body", "")])
        #expect(CategoryChoice.words(choices) == "Hair: Serums, Dyes; Skin: Masks; Bath & Body")
        #expect(CategoryChoice.words([choice("Hair", "Serums"), choice("HAIR", "Dyes")]) == "Hair: Serums, Dyes")
        #expect(CategoryChoice.list(reading: CategoryChoice.words(choices)) == choices)
    }

    @Test(arguments: ["", "  ", ";", ": Serums", "Hair: Serums; : Masks"])
    func `what names no category is no choice`(text: String) { #expect(CategoryChoice.list(reading: text) == nil) }

    @Test func `choices that nobody offers are told`() {
        let tree = CategoryTree.standard
        #expect(tree.unknown([choice("hair", "HAIR CARE"), choice("Skin", "")]).isEmpty)
        #expect(tree.unknown([choice("Hair", "Serums"), choice("Hiar", "")]) == [choice("Hair", "Serums"), choice("Hiar", "")])
        #expect(tree.adding([choice("HAIR", "SERUMS")]).unknown([choice("Hair", "Serums")]).isEmpty)
    }

    @Test(arguments: [
        ("Costa", "costa-7"), ("  Açaí do Sul ", "acai-do-sul-7"), ("../../etc/passwd", "etc-passwd-7"), ("a/b\u{0}c", "a-b-c-7"),
        ("...", "brand-7"), ("", "brand-7"), ("日本", "brand-7"), ("-x-", "x-7"), ("Ⅳ Ünïted™ 100%", "iv-unitedtm-100-7"),
        (".sellout-draft.x", "sellout-draft-x-7"), (String(repeating: "ab ", count: 90), String(repeating: "ab-", count: 19) + "ab-7"),
    ])
    func `a brand's folder is letters, digits and dashes, whatever its name`(name: String, folder: String) {
        let found = BrandFolder(of: name, id: 7)
        #expect(found.name.hasPrefix(folder.dropLast(2)) && found.name.hasSuffix(found.ending) && found.ending == "-7")
        #expect(found.name.utf8.count < 70 && found.name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) })
        #expect(found.name.utf8.first != UInt8(ascii: "-"))
    }

    @Test func `two brands whose names look alike have folders of their own`() {
        #expect(BrandFolder(of: "A B", id: 1).name != BrandFolder(of: "a-b", id: 2).name)
        #expect(!BrandFolder(of: "x", id: 17).name.hasSuffix(BrandFolder(of: "x", id: 7).ending))
    }
}
