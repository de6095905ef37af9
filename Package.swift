// swift-tools-version: 6.2
import PackageDescription

// Every room is a target, and the arrows between rooms are target dependencies: a wrong import does not compile.
// README.md says what each room knows and must not know.

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, knows: [Target.Dependency] = [], plus: [SwiftSetting] = []) -> Target {
    .target(name: name, dependencies: knows, swiftSettings: house + plus)
}

func command(_ name: String, knows: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: knows, swiftSettings: house)
}

func tests(_ name: String, of knows: [Target.Dependency], without excluded: [String] = []) -> Target {
    .testTarget(name: name, dependencies: knows, exclude: excluded, swiftSettings: house)
}

func library(_ name: String, pkgConfig: String? = nil, debian: String) -> Target {
    .systemLibrary(name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let package = Package(
    name: "sellout",
    targets: [
        library("CCrypto", pkgConfig: "libcrypto", debian: "libssl-dev"),
        library("CExpat", pkgConfig: "expat", debian: "libexpat1-dev"),
        library("CISAL", pkgConfig: "libisal", debian: "libisal-dev"),
        library("CLinux", debian: "libc6-dev"),
        library("CMicrohttpd", pkgConfig: "libmicrohttpd", debian: "libmicrohttpd-dev"),
        library("CSQLite", pkgConfig: "sqlite3", debian: "libsqlite3-dev"),
        library("CSeccomp", pkgConfig: "libseccomp", debian: "libseccomp-dev"),
        library("CSodium", pkgConfig: "libsodium", debian: "libsodium-dev"),
        library("CSystemd", pkgConfig: "libsystemd", debian: "libsystemd-dev"),
        library("CXlsxwriter", pkgConfig: "xlsxwriter", debian: "libxlsxwriter-dev"),

        room("Linux", knows: ["CLinux"]),
        room("Cells"),
        room("Batches", knows: ["Cells"]),
        room("Spreadsheets", knows: ["Cells", "CExpat", "CISAL"]),
        room("Workbooks", knows: ["Cells", "Linux", "CXlsxwriter"]),
        room("Texts", knows: ["Cells"]),
        room("Settings", knows: ["Texts"]),
        room("Sellout", knows: ["Batches", "Cells", "Settings", "Texts"]),
        room("RetailFit", knows: ["Cells", "Sellout", "Texts"]),
        room("Audience", knows: ["Batches", "Cells", "Texts"]),
        room("Frames", knows: ["Cells", "Sellout"]),
        room("Reading", knows: ["Cells", "Frames", "Sellout", "Spreadsheets"]),
        room("Failpoints", knows: ["Linux"], plus: [.define("FAILPOINTS", .when(configuration: .debug))]),
        room("Confinement", knows: ["Frames", "Linux", "Sellout", "CLinux", "CSeccomp"]),
        room("Ledger", knows: ["Accounts", "Audience", "Batches", "Cells", "Linux", "RetailFit", "Sellout", "Texts", "CSQLite"]),
        room("Folders", knows: ["Batches", "Failpoints", "Linux", "Texts", "CCrypto", "CLinux"]),
        room("Reports", knows: ["Audience", "Batches", "RetailFit", "Sellout", "Texts", "Workbooks"]),
        room(
            "Pipeline",
            knows: [
                "Batches", "Confinement", "Failpoints", "Folders", "Frames", "Ledger", "Linux", "Operations", "Reports", "RetailFit",
                "Sellout", "Workbooks",
            ]),
        room(
            "Operations",
            knows: [
                "Accounts", "Audience", "Batches", "Cells", "Confinement", "Folders", "Frames", "Ledger", "Linux", "Reports", "RetailFit",
                "Sellout",
                "Settings", "Texts",
            ]),
        room("Accounts", knows: ["Batches", "Linux", "Texts", "CCrypto", "CSodium"]),
        room("Mail", knows: ["Accounts", "Batches", "Cells", "Folders", "Linux", "Texts"]),
        room("Web", knows: ["Batches", "Cells", "Linux", "Texts", "CMicrohttpd"]),
        room(
            "Portal",
            knows: [
                "Accounts", "Audience", "Batches", "Cells", "Folders", "Ledger", "Linux", "Mail", "Operations", "Reports", "RetailFit",
                "Sellout", "Texts", "Web",
            ]),
        room("Systemd", knows: ["Texts", "CSystemd"]),
        room("Calling", knows: ["Texts"]),

        command(
            "selloutd",
            knows: [
                "Batches", "Calling", "Confinement", "Folders", "Ledger", "Linux", "Operations", "Pipeline", "Sellout", "Settings",
                "Systemd", "Texts", "Web", "CLinux",
            ]),
        command(
            "selloutctl",
            knows: [
                "Accounts", "Audience", "Batches", "Calling", "Cells", "Confinement", "Ledger", "Linux", "Operations", "Pipeline",
                "Reports", "RetailFit", "Sellout", "Texts", "Web",
            ]),
        command(
            "sellout-web",
            knows: [
                "Accounts", "Batches", "Calling", "Folders", "Ledger", "Linux", "Mail", "Operations", "Portal", "Sellout", "Settings",
                "Systemd", "Texts", "Web",
            ]),
        command("selloutd-reader", knows: ["Calling", "Confinement", "Frames", "Reading", "Sellout"]),

        // What tests of several rooms stand on.
        .target(name: "Chances", path: "Tests/Chances", swiftSettings: house),
        .target(
            name: "TestKit",
            dependencies: ["Confinement", "Folders", "Frames", "Linux", "Reading", "Sellout"],
            path: "Tests/TestKit", swiftSettings: house),

        // Runs the deviations that Tests/Deviations/deviate.py has made.
        .executableTarget(
            name: "rehearse-deviations",
            dependencies: ["Batches", "Ledger", "Linux", "Operations", "Pipeline", "Reports", "Sellout", "TestKit", "Texts"],
            path: "Tests/Deviations/Rehearsals", swiftSettings: house),

        tests("CellsTests", of: ["Cells"]),
        tests("BatchesTests", of: ["Batches"]),
        tests("TextsTests", of: ["Cells", "Chances", "Texts"]),
        tests("SpreadsheetsTests", of: ["Cells", "Spreadsheets", "CExpat"], without: ["Corpus"]),
        tests("WorkbooksTests", of: ["Cells", "Linux", "Spreadsheets", "Workbooks"]),
        tests("SelloutTests", of: ["Cells", "Chances", "Sellout", "Settings"]),
        tests("RetailFitTests", of: ["Cells", "RetailFit", "Sellout"]),
        tests("AudienceTests", of: ["Audience", "Batches", "Cells", "Chances", "Texts"]),
        tests("FramesTests", of: ["Cells", "Chances", "Frames", "Sellout"]),
        tests("ReadingTests", of: ["Cells", "Frames", "Reading", "Sellout"]),
        tests("ConfinementTests", of: ["Confinement", "Frames", "Linux", "Sellout", "selloutd-reader"]),
        tests("LedgerTests", of: ["Accounts", "Audience", "Batches", "Cells", "Chances", "Ledger", "RetailFit", "Sellout"]),
        tests("FoldersTests", of: ["Batches", "Chances", "Folders", "Linux", "TestKit"]),
        tests("ReportsTests", of: ["Audience", "Batches", "Cells", "Linux", "Reports", "RetailFit", "Sellout", "Spreadsheets"]),
        tests(
            "PipelineTests",
            of: [
                "Audience", "Batches", "Cells", "Chances", "Confinement", "Folders", "Frames", "Ledger", "Linux", "Operations", "Pipeline",
                "RetailFit",
                "Sellout", "TestKit", "Texts", "Web", "selloutctl", "selloutd",
            ]),
        tests(
            "OperationsTests",
            of: [
                "Accounts", "Audience", "Batches", "Calling", "Cells", "Frames", "Ledger", "Operations", "Reports", "RetailFit", "Sellout",
                "Texts",
                "selloutctl",
            ]),
        tests("WebTests", of: ["Batches", "Chances", "Linux", "Texts", "Web"]),
        tests("AccountsTests", of: ["Accounts", "Batches", "Chances", "Texts"]),
        tests("MailTests", of: ["Accounts", "Batches", "Folders", "Linux", "Mail"]),
        tests(
            "PortalTests",
            of: [
                "Accounts", "Audience", "Batches", "Cells", "Folders", "Ledger", "Mail", "Operations", "Portal", "RetailFit", "Sellout",
                "Texts", "Web",
            ]),
        tests("CallingTests", of: ["Calling", "selloutctl", "selloutd", "selloutd-reader"]),
        tests("SystemdTests", of: ["Systemd"]),
        // The real programs over real folders.
        tests("WholeWayTests", of: ["Failpoints", "Linux", "TestKit", "Web", "CLinux", "selloutctl", "selloutd", "selloutd-reader"]),
    ]
)
