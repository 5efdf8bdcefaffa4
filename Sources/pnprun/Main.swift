// SPDX-License-Identifier: Apache-2.0
import Engine
import Exercises
import PnprunKit

@main enum Main {
  static func main() {
    var hooks = HookRegistry()
    Exercises.register(in: &hooks)
    Kit.main(hooks: hooks)
  }
}
