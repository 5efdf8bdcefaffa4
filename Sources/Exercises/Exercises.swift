// SPDX-License-Identifier: Apache-2.0
public import Engine

/// The hooks of the protocols that ship with pnprun.
public enum Exercises {
  /// Registers every hook under the name that its specification declares.
  public static func register(in hooks: inout HookRegistry) {
    hooks.register("is_ticket", Bingo.isTicket)
    hooks.register("hits", Bingo.hits)
    hooks.register("beats", PaperStoneScissors.beats)
  }
}
