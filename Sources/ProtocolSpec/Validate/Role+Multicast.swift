// SPDX-License-Identifier: Apache-2.0

extension Role {
  /// Whether `join: NAME` and `leave: NAME` mean the group of receivers of the specification.
  package func isMulticast(_ name: Name) -> Bool {
    name.text == "multicast" && !groups.contains { $0.text == name.text }
  }

  /// Whether it receives what is sent to the group of the specification, from the start or later.
  package var receivesMulticast: Bool { joinsMulticast || hasStepThatJoins }

  private var hasStepThatJoins: Bool {
    var found = false
    walk { if case .join(let name) = $0.action, isMulticast(name) { found = true } }
    return found
  }
}
