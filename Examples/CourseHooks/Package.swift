// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let package = Package(
  name: "course",
  dependencies: [.package(name: "pnprun", path: "../..")],
  targets: [
    .executableTarget(
      name: "course",
      dependencies: [.product(name: "PnprunKit", package: "pnprun")]
    )
  ]
)
