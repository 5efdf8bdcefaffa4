// SPDX-License-Identifier: Apache-2.0
import Exercises
import PnprunKit

@main enum Main {
  static func main() {}
}
