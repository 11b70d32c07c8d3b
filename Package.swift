// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "souk",
    products: [
        .executable(name: "souk", targets: ["App"]),
        // For tests: a library that ends the program it is loaded into.
        .library(name: "CrashMoments", type: .dynamic, targets: ["CrashMoments"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .target(name: "Marketplace"),
        .target(
            name: "MarketplaceClient",
            dependencies: [
                "Marketplace",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "MarketplaceSandbox",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(name: "Screen"),
        .target(
            name: "CNCurses",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
        ),
        .target(name: "CursesScreen", dependencies: ["Screen", "CNCurses"]),
        .target(
            name: "Rows",
            dependencies: [
                "Marketplace", "Screen", .product(name: "HashTreeCollections", package: "swift-collections"),
            ]
        ),
        .target(
            name: "Dashboard",
            dependencies: [
                "Marketplace", "Rows", "Screen", .product(name: "HashTreeCollections", package: "swift-collections"),
            ]
        ),
        .executableTarget(
            name: "App",
            dependencies: [
                "CNCurses", "CursesScreen", "Dashboard", "Marketplace", "MarketplaceClient", "MarketplaceSandbox",
                "Rows", "Screen",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            // Nobody asks a program for the names of its symbols; to look through 42,000 of them took half a
            // millisecond of each start.
            linkerSettings: [
                .unsafeFlags(
                    ["-Xlinker", "--no-export-dynamic", "-Xlinker", "--exclude-libs=ALL"],
                    .when(configuration: .release))
            ]
        ),

        // What several suites share: golden files; an emulated terminal to run programs on; a program to run there.
        .target(name: "TestSupport", path: "Tests/Support/TestSupport"),
        .target(
            name: "ClientSupport",
            dependencies: ["MarketplaceClient", .product(name: "HTTPTypes", package: "swift-http-types")],
            path: "Tests/Support/ClientSupport"
        ),
        .target(name: "CVTerm", path: "Tests/Support/CVTerm", linkerSettings: [.linkedLibrary("vterm")]),
        .target(name: "TerminalSupport", dependencies: ["CVTerm"], path: "Tests/Support/TerminalSupport"),
        .executableTarget(
            name: "TerminalDriver", dependencies: ["CursesScreen", "Screen"], path: "Tests/Drivers/TerminalDriver"),

        // Makes the pictures and the recording of the README.
        .executableTarget(name: "TourRecorder", dependencies: ["TerminalSupport"], path: "Tests/Drivers/TourRecorder"),

        // Sends orders and can be killed at any step.
        .executableTarget(
            name: "CrashDriver",
            dependencies: [
                "Marketplace", "MarketplaceClient", .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Tests/Drivers/CrashDriver"
        ),

        // Kills the real program at any step, from inside.
        .target(name: "CrashMoments", path: "Tests/Support/CrashMoments"),

        .executableTarget(
            name: "ClientBenchmarks",
            dependencies: [
                "CNCurses", "Marketplace", "MarketplaceClient", "MarketplaceSandbox",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Tests/Benchmarks/ClientBenchmarks"
        ),
        .executableTarget(
            name: "DescriptionCheck",
            dependencies: [
                "Marketplace", "MarketplaceClient", .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Tests/Drivers/DescriptionCheck"
        ),

        // A plain list in C, and what measures the program beside it.
        .executableTarget(
            name: "ListFloor", path: "Tests/Benchmarks/ListFloor",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
        ),
        .executableTarget(
            name: "TerminalBenchmarks", dependencies: ["CVTerm", "TerminalSupport"],
            path: "Tests/Benchmarks/TerminalBenchmarks"),
        .executableTarget(
            name: "ListBenchmarks", dependencies: ["Dashboard", "Marketplace", "Rows", "Screen"],
            path: "Tests/Benchmarks/ListBenchmarks"),

        .testTarget(name: "MarketplaceTests", dependencies: ["Marketplace", "TestSupport"]),
        .testTarget(
            name: "MarketplaceClientTests",
            dependencies: [
                "ClientSupport", "Marketplace", "MarketplaceClient", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            exclude: ["Certificates"]
        ),
        .testTarget(
            name: "MarketplaceSandboxTests",
            dependencies: [
                "MarketplaceSandbox",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        // Rows with a value of every kind, for the tests of lists.
        .target(
            name: "RowsSupport", dependencies: ["Marketplace", "Rows", "TestSupport"], path: "Tests/Support/RowsSupport"
        ),
        .testTarget(name: "RowsTests", dependencies: ["Marketplace", "Rows", "RowsSupport", "TestSupport"]),
        .testTarget(name: "ScreenTests", dependencies: ["Screen", "TestSupport"], exclude: ["Golden"]),
        .testTarget(
            name: "CursesScreenTests",
            dependencies: [
                "CNCurses", "CursesScreen", "Dashboard", "Marketplace", "Screen", "TerminalDriver", "TerminalSupport",
                "TestSupport",
            ]
        ),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "CursesScreen", "Dashboard", "Marketplace", "MarketplaceClient", "MarketplaceSandbox", "Rows",
                "RowsSupport", "Screen", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "CrashTests",
            dependencies: [
                "ClientSupport", "CrashDriver", "Marketplace", "MarketplaceClient", "MarketplaceSandbox", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "ClientSupport", "Marketplace", "MarketplaceClient", "MarketplaceSandbox", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "AppTests",
            dependencies: [
                "App", "ClientSupport", "Dashboard", "Marketplace", "MarketplaceClient", "MarketplaceSandbox", "Rows",
                "TerminalSupport", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            exclude: ["Golden", "Toml"]
        ),
    ],
    swiftLanguageModes: [.v6]
)

// What is known of a type when the program is built need not be searched for, among 8,000 entries, whenever it starts.
for target in package.targets where target.path == nil && target.name != "CNCurses" && !target.isTest {
    target.swiftSettings = [
        .unsafeFlags(
            ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"], .when(configuration: .release))
    ]
}
