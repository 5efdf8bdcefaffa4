// SPDX-License-Identifier: Apache-2.0
import Engine
import PnprunKit

@main enum Main {
  static func main() {
    var hooks = HookRegistry()
    hooks.register("is_palindrome") { (word: String) in word == String(word.reversed()) }
    Kit.main(hooks: hooks)
  }
}
