import Testing

@testable import Sellout

@Suite struct ProductMakeTests {
    @Test(arguments: [
        ("Rainbow Rose EDP 100 ml", "RAINBOW ROSE Eau de Parfum 100ML"), ("Rose woda perfumowana 30 ml", "Rose EDP 30ml"),
        ("Birth Country świeca zapachowa 310 g", "Birth Country scented candle 310g"), ("Discovery Set 10X2ML", "Discovery set 10 x 2 ml"),
        ("Tester Santal Beauty EDP 100ml", "Santal Beauty EDP 100 ml TESTER"),
        ("rainbow rose edpno colour100ml", "Rainbow Rose EDP 100 ml"),
        ("Soap Club EDP 7,5 ml", "Soap Club edp 7.5ml"), ("Rose EDP 10 cl", "Rose EDP 100 ml"),
        ("Duftkerze Rose 310 g", "Bougie Rose 310 gr"), ("Rose парфумована вода 100 мл", "Rose EDP 100 ml"),
    ])
    func `the same size and kind agree, however they are written`(one: String, other: String) {
        #expect(ProductMake(one).compared(with: ProductMake(other)) == .agrees)
        #expect(ProductMake(other).compared(with: ProductMake(one)) == .agrees)
    }

    @Test(arguments: [
        ("Rose EDP 10 ml", "Rose EDP 30 ml"), ("Rose EDP 100 ml", "Rose candle 100 ml"), ("Rose set 10X2ML", "Rose 100 ML"),
        ("Rose EDP 100 ml", "Rose EDP 100 ml tester"), ("Rose EDP 100 ml", "Rose 310 g"), ("Rose 10 x 2 ml", "Rose 2 ml"),
        ("Rose EDP", "Rose EDT"), ("Rose świeca", "Rose mydło"), ("Rose refill 100 ml", "Rose 100 ml"), ("Rose", "Rose coffret"),
        ("1131381 - Rose", "1131382 - Rose"), ("Set of 3 soaps 100 g", "Set of 2 soaps 100 g"), ("Rose EDP 3 x 100 ml", "Rose EDP 100 ml"),
    ])
    func `another size, count or kind differs`(one: String, other: String) {
        #expect(ProductMake(one).compared(with: ProductMake(other)) == .differs)
        #expect(ProductMake(other).compared(with: ProductMake(one)) == .differs)
    }

    @Test(arguments: [
        ("Rose", "Rose EDP 100 ml"), ("Rose 100 ml", "Rose EDP 100 ml"), ("Rose EDP", "Rose EDP 100 ml"), ("Rose 3.4 oz", "Rose 100 ml"),
        ("", "Rose"),
    ])
    func `what one of them does not state cannot be compared`(one: String, other: String) {
        #expect(ProductMake(one).compared(with: ProductMake(other)) == .unknown)
    }
}
