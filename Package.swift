// swift-tools-version: 6.2
import PackageDescription

/// The settings of every target of ours: strict concurrency, explicit imports, warnings refused.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "surety",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "surety", targets: ["surety"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "SuretyCore", swiftSettings: strict),
        .target(
            name: "Declarations",
            dependencies: ["SuretyCore", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .target(name: "CheckSQL", dependencies: ["SuretyCore"], swiftSettings: strict),
        .target(
            name: "Presentation",
            dependencies: ["SuretyCore", .product(name: "Mustache", package: "swift-mustache")],
            swiftSettings: strict),
        .target(
            name: "Engine",
            dependencies: ["SuretyCore", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(
            name: "PostgresClient",
            dependencies: ["CLibPQ", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(
            name: "PostgresWarehouse",
            dependencies: ["Engine", "SuretyCore", "CheckSQL", "PostgresClient"],
            swiftSettings: strict),
        .target(
            name: "SQLiteWarehouse",
            dependencies: [
                "Engine", "SuretyCore", "CheckSQL", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "StateStores",
            dependencies: [
                "Engine", "SuretyCore", "PostgresClient", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "LocalSystem",
            dependencies: [
                "Engine", "SuretyCore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "Outbound",
            dependencies: [
                "Engine", "SuretyCore",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .target(
            name: "WebService",
            dependencies: [
                "Engine", "SuretyCore", "Presentation",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .target(name: "Exchange", dependencies: ["SuretyCore", "Declarations"], swiftSettings: strict),
        .executableTarget(
            name: "surety",
            dependencies: [
                "SuretyCore", "Declarations", "Exchange", "Presentation", "Engine", "PostgresClient",
                "PostgresWarehouse", "SQLiteWarehouse", "StateStores", "LocalSystem", "Outbound",
                "WebService",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .target(
            name: "SuretyTestKit",
            dependencies: ["SuretyCore", "Engine", "Declarations", "PostgresClient"],
            path: "Tests/SuretyTestKit", swiftSettings: strict),
        .testTarget(
            name: "SuretyCoreTests", dependencies: ["SuretyCore", "SuretyTestKit"], swiftSettings: strict),
        .testTarget(
            name: "DeclarationsTests", dependencies: ["SuretyCore", "Declarations", "SuretyTestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "ExchangeTests", dependencies: ["SuretyCore", "Declarations", "Exchange", "SuretyTestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "CheckSQLTests", dependencies: ["SuretyCore", "CheckSQL", "SuretyTestKit"],
            exclude: ["Snapshots"], swiftSettings: strict),
        .testTarget(
            name: "PresentationTests", dependencies: ["SuretyCore", "Presentation", "SuretyTestKit"],
            exclude: ["Snapshots"], swiftSettings: strict),
        .testTarget(
            name: "PostgresClientTests", dependencies: ["PostgresClient", "SuretyTestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "PostgresWarehouseTests",
            dependencies: [
                "SuretyCore", "Declarations", "Engine", "PostgresClient", "PostgresWarehouse",
                "SuretyTestKit",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SQLiteWarehouseTests",
            dependencies: [
                "SuretyCore", "Engine", "SQLiteWarehouse", "SuretyTestKit",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "StateStoresTests",
            dependencies: [
                "SuretyCore", "Engine", "StateStores", "SuretyTestKit",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EngineTests",
            dependencies: [
                "SuretyCore", "Engine", "StateStores", "SQLiteWarehouse", "SuretyTestKit",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LocalSystemTests",
            dependencies: ["SuretyCore", "Engine", "LocalSystem", "SuretyTestKit"], swiftSettings: strict),
        .testTarget(
            name: "OutboundTests",
            dependencies: [
                "SuretyCore", "Engine", "Outbound", "Presentation", "SuretyTestKit",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Mail/Snapshots", "Mail/smtp-server.py"], swiftSettings: strict),
        .testTarget(
            name: "WebServiceTests",
            dependencies: [
                "SuretyCore", "Engine", "Presentation", "StateStores", "SQLiteWarehouse", "WebService",
                "SuretyTestKit",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "suretyTests",
            dependencies: [
                "surety", "SuretyCore", "Declarations", "Presentation", "SuretyTestKit",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
    ]
)
