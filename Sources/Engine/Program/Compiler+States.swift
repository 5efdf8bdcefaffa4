// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Compiler {
  /// A state is what is done on entering it and a reactor of its own; `goto` is a jump to its start.
  mutating func compileStates(_ states: [Role.State]) {
    for state in states {
      range = state.name.range
      stateEntries[state.name.text] = position
      compile(state.enter)
      compileReactor(state.when, restarts: true)
    }
    for (state, instruction) in gotos {
      if let entry = stateEntries[state] { program.instructions[instruction] = .jump(entry) }
    }
  }

  /// The index of one of the two clients of the session; -1 for any.
  func client(_ name: Name?) -> Int32 {
    guard let name else { return -1 }
    return Int32(program.role.serves.firstIndex { $0.text == name.text } ?? -1)
  }

  /// Keeps the message of an `expect` in the variable of its `as`.
  mutating func keep(_ expect: Step.Expect) {
    guard let name = expect.keptAs, let message = expect.messages.first,
      let index = program.spec.spec.messages.firstIndex(where: { $0.name.text == message.text })
    else { return }
    emit(.set(target(name), expression: expression(resolve(.reference(.message(index))))))
  }
}
