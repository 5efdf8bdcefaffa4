// SPDX-License-Identifier: Apache-2.0

// Which ways through the role a possible world has gone.
extension Oracle {
  func note(
    _ event: String,
    _ action: PossibleWorld.Action,
    from before: PossibleWorld,
    to after: inout PossibleWorld
  ) {
    let session: Int
    switch action {
    case .connect(let index), .take(let index), .join(let index), .lose(let index): session = index
    case .answer: session = askingSession(before) ?? 1
    case .deadline(let index), .beat(let index): session = index
    }
    after.path.append(
      Transition(
        from: wait(of: session, before) ?? -1,
        to: wait(of: session, after) ?? -2,
        event: event
      )
    )
  }
}
