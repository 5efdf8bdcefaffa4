// SPDX-License-Identifier: Apache-2.0

extension FlatProgram {
  /// Checks, once, what the path of plain messages does not check again with each of them: that there
  /// are the slots, the instructions and the literals that the program names.
  ///
  /// It stops the process when that is not so, because then the compiler is wrong.
  func check(slots: Int) {
    func slot(_ index: Int32) { precondition(0..<slots ~= Int(index), "no such slot") }
    func position(_ index: Int32) { precondition(0..<code.count ~= Int(index), "no such step") }
    for index in 0..<code.count {
      let step = code[index]
      switch step.operation {
      case .other, .wait: continue
      case .waitForNumber:
        position(step.next)
        if step.number >= 0 { slot(step.number) }
        continue
      case .send: break
      case .copy, .add, .subtract, .multiply, .choose: slot(step.target)
      case .equal, .less: position(step.target)
      }
      position(step.next)
      if !step.isLeftConstant { slot(step.left) }
      if !step.isRightConstant { slot(step.right) }
    }
    for index in 0..<alternatives.count {
      position(alternatives[index].target)
      if alternatives[index].slot >= 0 { slot(alternatives[index].slot) }
    }
    for index in 0..<patternSegments.count where !patternSegments[index].isLiteral {
      if patternSegments[index].first >= 0 { slot(patternSegments[index].first) }
    }
    for index in 0..<sends.count {
      let (lower, upper) = (sends[index].lower, sends[index].upper)
      precondition(lower >= 0 && lower <= upper && upper <= sendSegments.count, "no such parts")
    }
    for index in 0..<sendSegments.count {
      let segment = sendSegments[index]
      if segment.slot >= 0 { slot(segment.slot) }
      precondition(
        segment.literal >= 0 && segment.length >= 0
          && Int(segment.literal + segment.length) <= bytes.count - WideCopy.slack,
        "no such literal"
      )
    }
  }
}
