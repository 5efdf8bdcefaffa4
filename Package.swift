// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
  .treatWarning("DeprecatedDeclaration", as: .warning),
]

let package = Package(
  name: "pnprun",
  products: [
    .executable(name: "pnprun", targets: ["pnprun"]),
    .library(name: "PnprunKit", targets: ["PnprunKit", "Engine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "CYaml",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"])]
    ),
    .target(name: "CLinux"),
    .target(name: "CProcess"),
    .target(
      name: "ProtocolSpec",
      dependencies: ["CYaml"],
      swiftSettings: settings + [.strictMemorySafety()]
    ),
    .target(
      name: "Engine",
      dependencies: ["ProtocolSpec", "CLinux"],
      swiftSettings: settings + [.strictMemorySafety()]
    ),
    .target(name: "Exercises", dependencies: ["Engine"], swiftSettings: settings),
    .target(
      name: "Conformance",
      dependencies: ["Engine", "ProtocolSpec", "CProcess"],
      swiftSettings: settings + [.strictMemorySafety()]
    ),
    .target(
      name: "PnprunKit",
      dependencies: [
        "ProtocolSpec", "Engine", "Conformance",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "pnprun",
      dependencies: ["PnprunKit", "Exercises", "Engine"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ProtocolSpecTests",
      dependencies: ["ProtocolSpec"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "EngineTests",
      dependencies: ["Engine", "ProtocolSpec"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ExercisesTests",
      dependencies: ["Exercises", "Engine", "ProtocolSpec"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["Conformance", "Engine", "ProtocolSpec", "Exercises"],
      exclude: ["Report/Golden"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: ["PnprunKit", "pnprun", "CProcess"],
      exclude: ["Cases"],
      swiftSettings: settings
    ),
  ],
  swiftLanguageModes: [.v6]
)

// `scripts/fuzz.sh` links these with libFuzzer; nothing else builds them.
if Context.environment["PNPRUN_FUZZ"] != nil {
  for name in ["FuzzYAML", "FuzzExpression", "FuzzFraming", "FuzzBinary", "FuzzComposed"] {
    package.products.append(.library(name: name, type: .static, targets: [name]))
    package.targets.append(
      .target(
        name: name,
        dependencies: ["Engine", "ProtocolSpec"],
        path: "Fuzz/\(name)",
        swiftSettings: settings
      )
    )
  }
}
