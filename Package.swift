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
        library("CSystemd", pkgConfig: "libsystemd", debian: "libsystemd-dev"),

        room("Linux", knows: ["CLinux"]),
        room("Cells"),
        room("Batches", knows: ["Cells"]),
        room("Spreadsheets", knows: ["Cells", "CExpat", "CISAL"]),
        room("Texts", knows: ["Cells"]),
        room("Settings", knows: ["Texts"]),
        room("Sellout", knows: ["Batches", "Cells", "Settings", "Texts"]),
        room("Frames", knows: ["Batches", "Sellout", "Cells"]),
        room("Reading", knows: ["Batches", "Spreadsheets", "Sellout", "Frames", "Cells"]),
        room("Failpoints", knows: ["Linux"], plus: [.define("FAILPOINTS", .when(configuration: .debug))]),
        room("Confinement", knows: ["Batches", "Sellout", "Frames", "Linux", "CLinux", "CSeccomp"]),
        room("Ledger", knows: ["Texts", "Batches", "Sellout", "Cells", "CSQLite"]),
        room("Folders", knows: ["Texts", "Batches", "Failpoints", "Linux", "CCrypto", "CLinux"]),
        room("Reports", knows: ["Texts", "Batches", "Sellout", "Cells"]),
        room(
            "Pipeline",
            knows: [
                "Batches", "Cells", "Folders", "Ledger", "Operations", "Reports", "Sellout", "Confinement", "Frames", "Failpoints", "Linux",
            ]),
        room(
            "Operations",
            knows: ["Texts", "Batches", "Ledger", "Sellout", "Reports", "Confinement", "Frames", "Cells", "Settings", "Linux"]),
        room("Web", knows: ["Texts", "Batches", "Cells", "CMicrohttpd"]),
        room("Systemd", knows: ["Texts", "CSystemd"]),
        room("Calling", knows: ["Texts"]),

        command(
            "selloutd",
            knows: [
                "Texts", "Calling", "Batches", "Pipeline", "Operations", "Folders", "Ledger", "Confinement", "Web", "Systemd", "Sellout",
                "Settings", "Linux",
            ]),
        command(
            "selloutctl",
            knows: ["Texts", "Calling", "Batches", "Cells", "Pipeline", "Operations", "Ledger", "Reports", "Confinement", "Sellout"]),
        command("selloutd-reader", knows: ["Reading", "Confinement", "Frames", "Sellout"]),

        // What tests of several rooms stand on.
        .target(
            name: "TestKit",
            dependencies: [
                "Batches", "Confinement", "Folders", "Frames", "Ledger", "Linux", "Operations", "Pipeline", "Reading", "Sellout",
            ],
            path: "Tests/TestKit", swiftSettings: house),

        tests("CellsTests", of: ["Cells"]),
        tests("BatchesTests", of: ["Batches"]),
        tests("TextsTests", of: ["Texts", "Cells"]),
        tests("SpreadsheetsTests", of: ["Spreadsheets", "Cells", "CExpat"], without: ["Corpus"]),
        tests("SelloutTests", of: ["Sellout", "Cells"]),
        tests("FramesTests", of: ["Frames", "Sellout", "Cells"]),
        tests("ReadingTests", of: ["Reading", "Spreadsheets", "Sellout", "Frames", "Cells"]),
        tests("ConfinementTests", of: ["Confinement", "Frames", "Sellout", "Linux", "selloutd-reader"]),
        tests("LedgerTests", of: ["Batches", "Ledger", "Sellout", "Cells"]),
        tests("FoldersTests", of: ["TestKit", "Batches", "Folders", "Linux"]),
        tests("ReportsTests", of: ["Texts", "Batches", "Reports", "Sellout", "Cells"]),
        tests(
            "PipelineTests",
            of: [
                "TestKit", "Batches", "Folders", "Frames", "Ledger", "Linux", "Operations", "Pipeline", "Reports", "Sellout", "selloutctl",
            ]),
        tests("OperationsTests", of: ["Texts", "Batches", "Operations", "Ledger", "Reports", "Sellout", "Cells", "Frames", "selloutctl"]),
        tests("WebTests", of: ["Texts", "Batches", "Web"]),
        tests("CallingTests", of: ["Calling", "selloutd"]),
        tests("SystemdTests", of: ["Systemd"]),
        // The real programs over real folders.
        tests("WholeWayTests", of: ["TestKit", "Failpoints", "Linux", "CLinux", "selloutd", "selloutctl", "selloutd-reader"]),
    ]
)
