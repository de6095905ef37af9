import Calling
import Testing

@Suite struct ArgumentsTests {
    private let shop = ProgramShape(
        "shop", options: [OptionShape("root", "DIR", "where the shop is"), OptionShape("json", "print JSON")],
        commands: [
            CommandShape("show", operands: ["ITEM", "[SIZE]"], options: [OptionShape("note", "T", "why")], summary: "Shows an item."),
            CommandShape("list", summary: "Lists all.", details: "The newest first."),
        ], closing: "Exit status: 0 done.")
    private let clock = ProgramShape("clock", options: [OptionShape("zone", "NAME", "where")])

    @Test func `options may stand anywhere, tied to their values or before them`() throws {
        let arguments = try Arguments(["--root=/a=b", "show", "--note", "-h", "cup", "--json", "big"], of: shop)
        #expect(arguments.command?.name == "show" && arguments.operands == ["cup", "big"])
        #expect(arguments.value("root") == "/a=b" && arguments.value("note") == "-h" && arguments.has("json"))
        #expect(!arguments.has("help") && arguments.value("zone") == nil)
    }

    @Test func `the last operand may come any number of times where its shape says so`() throws {
        let packer = ProgramShape(
            "packer", options: [], commands: [CommandShape("pack", operands: ["BOX", "[ITEM …]"], summary: "Puts items into a box.")])
        #expect(try Arguments(["pack", "a"], of: packer).operands == ["a"])
        #expect(try Arguments(["pack", "a", "b", "c", "d"], of: packer).operands == ["a", "b", "c", "d"])
        #expect(throws: UsageError.self) { try Arguments(["pack"], of: packer) }
    }

    @Test func `an option may come again where its shape says so, and its values keep their order`() throws {
        let sieve = ProgramShape("sieve", options: [OptionShape("where", "C", "which", repeats: true), OptionShape("sort", "C", "how")])
        let arguments = try Arguments(["--where", "b", "--sort=x", "--where=a"], of: sieve)
        #expect(arguments.values("where") == ["b", "a"] && arguments.value("where") == "b" && arguments.values("sort") == ["x"])
        #expect(throws: UsageError.self) { try Arguments(["--sort", "x", "--sort", "x"], of: sieve) }
    }

    @Test func `behind two hyphens everything is an operand, and one hyphen is a word`() throws {
        #expect(try Arguments(["show", "--", "--json", "-x"], of: shop).operands == ["--json", "-x"])
        #expect(try Arguments(["show", "-"], of: shop).operands == ["-"])
    }

    @Test(arguments: [
        (["show"], "ITEM is missing."), (["show", "a", "b", "c"], "c is one word too many."), ([], "A command is missing."),
        (["shwo"], "There is no command shwo; is show meant?"), (["sell"], "There is no command sell."),
        (["list", "--note", "x"], "There is no option --note for list."),
        (["--jsn", "list"], "There is no option --jsn; is --json meant?"),
        (["-json", "list"], "There is no option -json; is --json meant?"),
        (["---root", "/", "list"], "There is no option ---root; is --root meant?"),
        (["list", "--root"], "--root DIR lacks its value."), (["list", "--root="], "--root DIR lacks its value."),
        (["list", "--root", "--json"], "--root DIR lacks its value."), (["list", "--json=1"], "--json takes no value."),
        (["--root", "a", "list", "--root", "b"], "--root is given twice."),
    ])
    func `what cannot be meant is refused with a sentence`(words: [String], sentence: String) {
        let error = #expect(throws: UsageError.self) { try Arguments(words, of: shop) }
        #expect(error?.sentence == sentence)
    }

    @Test func `a refusal bears the command whose help is to be read`() throws {
        #expect(#expect(throws: UsageError.self) { try Arguments(["show"], of: shop) }?.command == "show")
        #expect(#expect(throws: UsageError.self) { try Arguments(["shwo"], of: shop) }?.command == nil)
        #expect(try Arguments(["list"], of: shop).misuse("No.") == UsageError("No.", command: "list"))
    }

    @Test func `a program without commands takes options, and no words`() throws {
        #expect(try Arguments(["--zone", "UTC"], of: clock).value("zone") == "UTC")
        #expect(try Arguments([], of: clock).command == nil)
        let error = #expect(throws: UsageError.self) { try Arguments(["now"], of: clock) }
        #expect(error == UsageError("now is one word too many."))
    }

    @Test(arguments: [["--help"], ["-h"], ["show", "-h"], ["show", "--help", "a", "b", "c"]])
    func `asked for help, nothing is missing and nothing too much`(words: [String]) throws {
        #expect(try Arguments(words, of: shop).has("help"))
    }

    @Test func `help shows the program, or the command that is named`() {
        #expect(
            shop.help() == """
                usage: shop [--root DIR] [--json] COMMAND …

                commands:
                  show ITEM [SIZE]  Shows an item.
                  list              Lists all.

                options of every command:
                  --root DIR  where the shop is
                  --json      print JSON
                  --help      explain the command

                Exit status: 0 done.
                """)
        #expect(
            shop.help(on: "show") == """
                usage: shop show ITEM [SIZE] [--note T]

                Shows an item.

                  --note T    why
                  --root DIR  where the shop is
                  --json      print JSON
                  --help      explain the command
                """)
        #expect(shop.help(on: "list").hasPrefix("usage: shop list\n\nLists all.\nThe newest first.\n\n"))
        #expect(shop.help(on: "shwo") == shop.help())
        #expect(
            clock.help() == """
                usage: clock [--zone NAME]

                options:
                  --zone NAME  where
                  --help       explain the program
                """)
    }
}
